import type { Management, ManagementClient } from 'auth0';
import { assignableRoles } from '../action/assignable-roles.ts';
import { readFingerprint } from '../action/fingerprint.ts';
import { readPolicy } from '../action/read-policy.ts';
import { ADDED_KEY } from './added-urls.ts';
import {
  type BoundTrigger,
  type DesiredState,
  GATE_NAME,
  GATE_TRIGGER,
  MARKER,
  managementAudience,
} from './desired-state.ts';
import { listRoles } from './list-roles.ts';
import { LOCK_KEY } from './lock-value.ts';
import { readLosses } from './read-losses.ts';
import { resolveApplications } from './resolve-applications.ts';
import type {
  ActionState,
  BindingState,
  GrantState,
  GuardedApplication,
  MachineApplication,
  TenantSnapshot,
} from './tenant-snapshot.ts';

/**
 * Reads the state of a tenant that a deployment needs. It takes five lists, regardless of what else the tenant has.
 *
 * @throws {Problem} `application_not_found`, `application_ambiguous`
 * @throws {ManagementError} of the `auth0` package, if the tenant refuses a call
 * @example
 * const snapshot = await readTenant(management, desired);
 */
export async function readTenant(management: ManagementClient, desired: DesiredState): Promise<TenantSnapshot> {
  const clients = await listClients(management);
  const action = await readAction(management);
  const deployedCode = action?.owned ? action.deployedCode : undefined;
  const policy = resolveApplications(clients, desired.policy, guardedBy(deployedCode));
  const machines = machinesOf(clients, action);
  const own = machines.find(({ owned }) => owned);
  const roles = await readRoles(management, assignableRoles(policy));
  return {
    policy,
    guarded: policy.applications.map((id) => guardedOf(clients, id)),
    machines,
    grant: own === undefined ? undefined : await readGrant(management, own.clientId, desired.domain),
    roles,
    action,
    losses: await readLosses(management, { clients, deployedCode, policy, roles }),
    bindings: await readBindings(management),
  };
}

/** Client IDs of the applications that an Action guards. */
function guardedBy(code: string | undefined): readonly string[] {
  return code === undefined ? [] : (readPolicy(code)?.applications ?? []);
}

/** Reads the Action, and the applications that have the name of its own application. */
export async function readGate(management: ManagementClient): Promise<Pick<TenantSnapshot, 'action' | 'machines'>> {
  const action = await readAction(management);
  return { action, machines: machinesOf(await listClients(management), action) };
}

export async function listClients(management: ManagementClient): Promise<Management.Client[]> {
  const clients: Management.Client[] = [];
  const page = await management.clients.list({
    fields: 'client_id,name,callbacks,allowed_logout_urls,client_secret,client_metadata',
    include_fields: true,
    is_global: false,
    per_page: 100,
  });
  for await (const client of page) clients.push(client);
  return clients;
}

function guardedOf(clients: readonly Management.Client[], id: string): GuardedApplication {
  const client = clients.find(({ client_id }) => client_id === id);
  return {
    clientId: id,
    name: client?.name ?? id,
    callbacks: client?.callbacks ?? [],
    allowedLogoutUrls: client?.allowed_logout_urls ?? [],
  };
}

/** Finds the applications: ours first. Of several, the one whose ID is in the Action's code comes first. */
function machinesOf(clients: readonly Management.Client[], action: ActionState | undefined): MachineApplication[] {
  const machines = clients.flatMap(({ client_id: clientId, name, client_secret, client_metadata }) => {
    if (clientId === undefined || name !== GATE_NAME) return [];
    const text = (key: string): string | undefined => {
      const value = client_metadata?.[key];
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    return [
      {
        clientId,
        owned: client_metadata?.portcullis === MARKER.portcullis,
        clientSecret: client_secret,
        lock: text(LOCK_KEY),
        added: text(ADDED_KEY),
      },
    ];
  });
  const rank = ({ clientId, owned }: MachineApplication): number =>
    (owned ? 0 : 2) + (action?.deployedCode?.includes(`'${clientId}'`) ? 0 : 1);
  return machines.sort((a, b) => rank(a) - rank(b) || (a.clientId < b.clientId ? -1 : 1));
}

async function readGrant(
  management: ManagementClient,
  clientId: string,
  domain: string,
): Promise<GrantState | undefined> {
  const [grant] = (await management.clientGrants.list({ client_id: clientId, audience: managementAudience(domain) }))
    .data;
  return grant?.id === undefined ? undefined : { id: grant.id, scopes: [...(grant.scope ?? [])].sort() };
}

/** Reads roles by name. A name filter also matches parts of names, so for several names the whole list is the fastest. */
async function readRoles(management: ManagementClient, names: readonly string[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const [only] = names;
  if (only === undefined) return found;
  const roles = names.length === 1 ? await management.roles.list({ name_filter: only }) : listRoles(management, names);
  for await (const { id, name } of roles) {
    if (id !== undefined && name !== undefined && names.includes(name)) found[name] = id;
    if (Object.keys(found).length === names.length) break;
  }
  return found;
}

async function readAction(management: ManagementClient): Promise<ActionState | undefined> {
  for await (const action of await management.actions.list({ actionName: GATE_NAME })) {
    if (action.name === GATE_NAME && action.id !== undefined) return actionState(action.id, action);
  }
  return undefined;
}

/** Picks the relevant state of an Action from the Management API's answer. */
function actionState(id: string, action: Management.Action): ActionState {
  const code = action.code ?? '';
  const deployedCode = action.deployed_version?.code;
  return {
    id,
    // The dashboard creates an empty draft. It is not ours, although it has no code yet.
    owned:
      readFingerprint(code) !== undefined ||
      (deployedCode !== undefined && readFingerprint(deployedCode) !== undefined),
    code,
    deployedCode,
    runtime: action.runtime,
    trigger: action.supported_triggers?.[0]?.id ?? 'unknown',
    triggerVersion: action.supported_triggers?.[0]?.version,
    allChangesDeployed: action.all_changes_deployed !== false,
    secretNames: (action.secrets ?? []).flatMap(({ name }) => name ?? []).sort(),
    dependencies: (action.dependencies ?? []).flatMap(({ name }) => name ?? []).sort(),
  };
}

/** Reads the bindings of the login, in order. */
export async function readBindings(
  management: ManagementClient,
  trigger: BoundTrigger = GATE_TRIGGER.id,
): Promise<BindingState[]> {
  const bindings: BindingState[] = [];
  // The package asks for a further page after a full one only if it knows how long a page is.
  const page = await management.actions.triggers.bindings.list(trigger, { per_page: 50 });
  for await (const { id, action, display_name } of page) {
    if (id === undefined) continue;
    bindings.push({ id, actionId: action?.id ?? '', actionName: action?.name ?? '', displayName: display_name });
  }
  return bindings;
}
