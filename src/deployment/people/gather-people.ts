import type { ManagementClient } from 'auth0';
import { beginExport, fetchExport } from './export-users.ts';
import type { ExportedUser } from './exported-user.ts';
import { openPeopleFolder, type PeopleFolder } from './people-folder.ts';
import { readExportedUsers } from './read-exported-users.ts';
import { readRoleHolders, type TenantRole } from './read-role-holders.ts';
import type { RoleHolders } from './role-holders.ts';

/** Everybody on a tenant, and the roles that they hold. */
export interface People {
  readonly holders: RoleHolders;
  /** Reads all users, as often as it is asked, some hundreds at a time. */
  users(): AsyncIterable<readonly ExportedUser[]>;
  /** To be called when they are no longer needed: nothing of them stays on the disk. */
  forget(): void;
}

/** How far it is. */
export type GatheringProgress =
  | { readonly phase: 'taken_up'; readonly since: number }
  | { readonly phase: 'export'; readonly percent: number }
  | { readonly phase: 'role'; readonly role: string; readonly users: number };

export interface GatherOptions {
  /** The tenant's domain. */
  readonly domain: string;
  /** Of all roles, those that matter. */
  readonly roles: readonly TenantRole[];
  /** A folder of ours; what has been read is kept there until `forget`. */
  readonly folder: string;
  /** Whether what an interrupted run has read is thrown away. */
  readonly fresh: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: GatheringProgress) => void) | undefined;
  /** Milliseconds without progress after which the export is given up. */
  readonly patience?: number | undefined;
  readonly poll?: number | undefined;
}

/**
 * Reads all people of a tenant: users by an export job, roles by their members. Holds no list of users in memory. What an
 * interrupted run has read is taken up.
 *
 * @throws {Problem} `export_failed`, `export_timeout`, `folder_unusable`
 * @throws {ManagementError} of the `auth0` package, where the tenant refuses a call
 * @example
 * const people = await gatherPeople(management, { domain, roles, folder: '.portcullis', fresh: false });
 */
export async function gatherPeople(management: ManagementClient, options: GatherOptions): Promise<People> {
  const { domain, roles, signal, onProgress, patience, poll } = options;
  const subject = JSON.stringify([domain, roles.map(({ id }) => id).sort()]);
  const folder: PeopleFolder = openPeopleFolder(options.folder, subject, { fresh: options.fresh });
  if (folder.takenUp) onProgress?.({ phase: 'taken_up', since: folder.begun });
  await beginExport(management, folder);
  const holders = await readRoleHolders(management, roles, {
    folder,
    signal,
    onProgress: (role, users) => onProgress?.({ phase: 'role', role, users }),
  });
  await fetchExport(management, {
    folder,
    signal,
    patience,
    poll,
    onProgress: (percent) => onProgress?.({ phase: 'export', percent }),
  });
  return { holders, users: () => readExportedUsers(folder.exportFile), forget: () => folder.remove() };
}
