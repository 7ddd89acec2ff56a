import type { Management, ManagementClient } from 'auth0';
import { assignableRoles } from '../../action/assignable-roles.ts';
import { readPolicy } from '../../action/read-policy.ts';
import type { AllowedUrl } from '../added-urls.ts';
import { wasAdded } from '../added-urls.ts';
import { GATE_NAME } from '../desired-state.ts';
import { listRoles } from '../list-roles.ts';
import { ROLE_MARK } from '../plan/plan-roles.ts';
import { readBindings, readGate } from '../read-tenant.ts';

/** An item on the tenant that Portcullis created. */
export type OwnThing =
  | { readonly resource: 'binding'; readonly id: string; readonly name: string }
  | { readonly resource: 'action'; readonly id: string; readonly name: string }
  | { readonly resource: 'application_urls'; readonly id: string; readonly name: string; readonly urls: AllowedUrl[] }
  | { readonly resource: 'application'; readonly id: string; readonly name: string }
  | { readonly resource: 'role'; readonly id: string; readonly name: string; readonly holders: boolean };

/** The items that `destroy` removes, in its order. */
export interface DestroyPlan {
  readonly things: readonly OwnThing[];
  /** The Action's own application, which stores the lock. */
  readonly machine: { readonly clientId: string; readonly lock: string | undefined } | undefined;
}

/**
 * Finds what Portcullis created on a tenant, by its name and marker. The order is safe: the Action leaves the login flow
 * first, so that it never runs without its secret or its roles. The application, which stores the lock, comes last.
 *
 * @param keepRoles whether roles and their assignments stay
 * @example
 * const { things } = await planDestroy(management, { keepRoles: false });
 */
export async function planDestroy(
  management: ManagementClient,
  { keepRoles }: { readonly keepRoles: boolean },
): Promise<DestroyPlan> {
  const { action, machines } = await readGate(management);
  const own = machines.filter(({ owned }) => owned);
  const things: OwnThing[] = [];
  if (action?.owned) {
    for (const { id, actionId } of await readBindings(management)) {
      if (actionId === action.id) things.push({ resource: 'binding', id, name: GATE_NAME });
    }
    things.push({ resource: 'action', id: action.id, name: GATE_NAME });
  }
  // On a tenant with very many roles, the roles of the deployed policy are searched by name.
  const deployed = action?.deployedCode === undefined ? undefined : readPolicy(action.deployedCode);
  if (!keepRoles) things.push(...(await ownRoles(management, deployed ? assignableRoles(deployed) : [])));
  for (const { added } of own) things.push(...(await addedUrls(management, added)));
  things.push(...own.map(({ clientId }) => ({ resource: 'application', id: clientId, name: GATE_NAME }) as const));
  return { things, machine: own[0] };
}

async function ownRoles(management: ManagementClient, sought: readonly string[]): Promise<OwnThing[]> {
  const roles: OwnThing[] = [];
  for await (const { id, name, description } of listRoles(management, sought)) {
    if (id === undefined || name === undefined || !description?.endsWith(ROLE_MARK)) continue;
    const { data } = await management.roles.users.list(id, { take: 1 });
    roles.push({ resource: 'role', id, name, holders: data.length > 0 });
  }
  return roles;
}

async function addedUrls(management: ManagementClient, added: string | undefined): Promise<OwnThing[]> {
  if (added === undefined) return [];
  const things: OwnThing[] = [];
  const page = await management.clients.list({
    fields: 'client_id,name,callbacks,allowed_logout_urls',
    include_fields: true,
    is_global: false,
    per_page: 100,
  });
  for await (const client of page) {
    const urls = urlsOf(client).filter((url) => wasAdded(added, url));
    const { client_id: id, name = '' } = client;
    if (id !== undefined && urls.length > 0) things.push({ resource: 'application_urls', id, name, urls });
  }
  return things;
}

function urlsOf({ client_id: clientId = '', callbacks, allowed_logout_urls }: Management.Client): AllowedUrl[] {
  return [
    ...(callbacks ?? []).map((url) => ({ clientId, field: 'callbacks', url }) as const),
    ...(allowed_logout_urls ?? []).map((url) => ({ clientId, field: 'allowed_logout_urls', url }) as const),
  ];
}
