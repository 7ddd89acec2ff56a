import type { ManagementClient } from 'auth0';
import type { Policy } from '../../policy/policy.ts';
import { beginExport, fetchExport } from './export-users.ts';
import { type ExportedUser, exportedFields } from './exported-user.ts';
import { openPeopleFolder, type PeopleFolder } from './people-folder.ts';
import { readExportedUsers } from './read-exported-users.ts';
import { readRoleHolders } from './read-role-holders.ts';
import { relevantRoles } from './relevant-roles.ts';
import type { RoleHolders } from './role-holders.ts';

/** All users of a tenant, and the roles that they have. */
export interface People {
  readonly holders: RoleHolders;
  /** Reads all users, some hundreds at a time. May be called repeatedly. */
  users(): AsyncIterable<readonly ExportedUser[]>;
  /** Call when the users are no longer needed: removes their data from the disk. */
  forget(): void;
}

/** The progress of the reading. */
export type GatheringProgress =
  | { readonly phase: 'taken_up'; readonly since: number }
  | { readonly phase: 'export'; readonly percent: number }
  | { readonly phase: 'role'; readonly role: string; readonly users: number };

export interface GatherOptions {
  /** The tenant's domain. */
  readonly domain: string;
  /** The policies to decide by: they say which fields of users, and which roles, are read. */
  readonly policies: readonly Policy[];
  /** Portcullis's own folder; the data read so far stays there until `forget`. */
  readonly folder: string;
  /** Whether to discard what an interrupted run has read. */
  readonly fresh: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: GatheringProgress) => void) | undefined;
  /** Milliseconds without progress after which the export is given up. */
  readonly timeout?: number | undefined;
  readonly poll?: number | undefined;
}

/**
 * Reads all users of a tenant with an export job, and the members of roles. It keeps no list of users in memory. Continues
 * from what an interrupted run has read.
 *
 * @throws {Problem} `export_failed`, `export_timeout`, `folder_unusable`
 * @throws {ManagementError} of the `auth0` package, if the tenant refuses a call
 * @example
 * const people = await gatherPeople(management, { domain, policies: [policy], folder: '.portcullis', fresh: false });
 */
export async function gatherPeople(management: ManagementClient, options: GatherOptions): Promise<People> {
  const { domain, policies, signal, onProgress, timeout, poll } = options;
  const roles = await relevantRoles(management, policies);
  const fields = exportedFields(policies);
  const subject = JSON.stringify([domain, fields, roles.map(({ id }) => id).sort()]);
  const folder: PeopleFolder = openPeopleFolder(options.folder, subject, { fresh: options.fresh });
  if (folder.takenUp) onProgress?.({ phase: 'taken_up', since: folder.begun });
  await beginExport(management, folder, fields);
  const holders = await readRoleHolders(management, roles, {
    folder,
    signal,
    onProgress: (role, users) => onProgress?.({ phase: 'role', role, users }),
  });
  await fetchExport(management, {
    folder,
    signal,
    timeout,
    poll,
    onProgress: (percent) => onProgress?.({ phase: 'export', percent }),
  });
  return { holders, users: () => readExportedUsers(folder.exportFile), forget: () => folder.remove() };
}
