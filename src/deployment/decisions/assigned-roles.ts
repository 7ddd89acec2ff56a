import type { Management, ManagementClient } from 'auth0';
import { listRoles } from '../list-roles.ts';
import { objectOf } from './object-of.ts';

/** Returns the names of the roles that were assigned just before a login ended. */
export type RoleGift = () => Promise<readonly string[]>;

/** Maximum time from the assignment to the end of the login. */
const LONGEST_MS = 120_000;

/**
 * Finds what our Action wrote to the tenant in the tenant's own log of writes. This is for tenants that do not return what an
 * Action wrote to its console.
 *
 * Source: Auth0 docs, "Log Event Type Codes" (`sapi`, its `details.request`).
 *
 * @param machine the client ID that the Action uses
 */
export function assignedRoles(
  management: ManagementClient,
  machine: string | undefined,
): { before(entry: Management.Log): RoleGift | undefined } {
  const waiting = new Map<string, { readonly ids: readonly string[]; readonly at: number }>();
  const names = new Map<string, string>();

  async function nameOf(id: string): Promise<string> {
    if (names.size === 0) {
      for await (const role of listRoles(management)) {
        if (role.id !== undefined) names.set(role.id, role.name ?? role.id);
      }
    }
    return names.get(id) ?? id;
  }

  return {
    before(entry) {
      const at = Date.parse(String(entry.date));
      const written = writtenBy(entry, machine);
      if (written !== undefined) {
        for (const [user, gift] of waiting) if (at - gift.at > LONGEST_MS) waiting.delete(user);
        waiting.set(written.user, { ids: [written.role], at });
        return undefined;
      }
      const gift = waiting.get(entry.user_id ?? '');
      if (gift === undefined) return undefined;
      waiting.delete(entry.user_id ?? '');
      return at - gift.at > LONGEST_MS ? undefined : () => Promise.all(gift.ids.map(nameOf));
    },
  };
}

function writtenBy(
  { type, client_id, details }: Management.Log,
  machine: string | undefined,
): { readonly user: string; readonly role: string } | undefined {
  if (type !== 'sapi' || machine === undefined || client_id !== machine) return undefined;
  const { method, path, body } = objectOf(details?.request);
  if (String(method).toLowerCase() !== 'post' || typeof path !== 'string') return undefined;
  const [, role] = /^\/api\/v2\/roles\/([^/]+)\/users$/.exec(path) ?? [];
  const { users } = objectOf(body);
  const [user] = Array.isArray(users) ? users : [];
  return role === undefined || typeof user !== 'string' ? undefined : { user, role: decodeURIComponent(role) };
}
