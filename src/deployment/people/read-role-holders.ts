import type { ManagementClient } from 'auth0';
import type { HolderPage, PeopleFolder } from './people-folder.ts';
import { RoleHolders } from './role-holders.ts';

const PER_PAGE = 100;

/** A role of the tenant. */
export interface TenantRole {
  readonly id: string;
  readonly name: string;
}

/**
 * Reads the users of some roles, page by page. Pages that an earlier run has read are not requested again.
 *
 * @param onProgress called with the number of users of a role so far
 * @throws {ManagementError} of the `auth0` package, if the tenant refuses a call
 * @example
 * const holders = await readRoleHolders(management, [{ id: 'rol_…', name: 'ORG:WATER' }], { folder });
 */
export async function readRoleHolders(
  management: ManagementClient,
  roles: readonly TenantRole[],
  options: {
    readonly folder: PeopleFolder;
    readonly signal?: AbortSignal | undefined;
    readonly onProgress?: ((role: string, users: number) => void) | undefined;
  },
): Promise<RoleHolders> {
  const { folder, signal, onProgress } = options;
  const holders = new RoleHolders();
  for (const { id, name } of roles) {
    let read = 0;
    const take = (page: HolderPage): void => {
      for (const user of page.users) holders.add(user, name);
      read += page.users.length;
      onProgress?.(name, read);
    };
    const known = folder.holderPages.filter(({ role }) => role === id);
    known.forEach(take);
    let last = known.at(-1);
    while (last === undefined || last.next !== undefined) {
      signal?.throwIfAborted();
      const page = await readPage(management, id, last?.next);
      take(page);
      folder.keepHolderPage(page);
      last = page;
    }
  }
  return holders;
}

async function readPage(management: ManagementClient, role: string, from: string | undefined): Promise<HolderPage> {
  const request = { take: PER_PAGE, ...(from === undefined ? {} : { from }) };
  const { response } = await management.roles.users.list(role, request);
  const { next } = response;
  return {
    role,
    users: (response.users ?? []).flatMap(({ user_id }) => user_id ?? []),
    next: typeof next === 'string' && next !== '' ? next : undefined,
  };
}
