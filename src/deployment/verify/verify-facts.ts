import type { Management, ManagementClient } from 'auth0';
import type { BundledAction } from '../../action/bundle.ts';
import { readPolicy } from '../../action/read-policy.ts';
import { Problem } from '../../problem/problem.ts';
import type { DesiredState } from '../desired-state.ts';
import type { Loss } from '../loss.ts';
import { wantedBundle } from '../plan/plan-action.ts';
import { applicationsLost } from '../read-losses.ts';
import { listClients, readTenant } from '../read-tenant.ts';
import { deployedVersions } from '../rollback/deployed-versions.ts';
import type { ActionState, BindingState, TenantSnapshot } from '../tenant-snapshot.ts';
import { ADOPT, APPLY } from './remedies.ts';

/** The tenant's public description of itself. */
export interface Discovery {
  readonly issuer: string | undefined;
  /** Milliseconds that the tenant's clock is ahead of this machine's. */
  readonly clockAhead: number | undefined;
}

/** An Action in the login flow that is not ours. */
export interface OtherAction {
  readonly name: string;
  readonly place: 'before' | 'after';
  readonly code: string;
  /** Names of its npm packages. */
  readonly packages: readonly string[];
}

/** The data for the checks. Each part is requested from the tenant once, when it is first needed. */
export interface VerifyFacts {
  readonly desired: DesiredState;
  /** Scopes of the credentials in use. */
  scopes(): Promise<readonly string[]>;
  snapshot(): Promise<TenantSnapshot>;
  discovery(): Promise<Discovery>;
  wanted(): Promise<BundledAction | undefined>;
  /** @throws if there is no Action of ours */
  action(): Promise<ActionState>;
  others(): Promise<readonly OtherAction[]>;
  /** Applications that an earlier version of the Action guarded, and that are open now. */
  openedEarlier(): Promise<readonly Loss[]>;
  /** The Action's own application, in full. */
  machine(): Promise<Management.Client>;
  /** The guarded applications, in full. */
  guarded(): Promise<readonly Management.Client[]>;
  /** The connections that users can sign in with at an application. */
  connections(clientId: string): Promise<readonly Management.ConnectionForList[]>;
  /** Names of the enabled factors of multi-factor authentication. */
  factors(): Promise<readonly string[]>;
  permissions(roleId: string): Promise<readonly Management.PermissionsResponsePayload[]>;
}

const TIMEOUT_MS = 10_000;

/** @param scopes returns the scopes of the credentials in use */
export function verifyFacts(
  management: ManagementClient,
  desired: DesiredState,
  scopes: () => Promise<readonly string[]>,
): VerifyFacts {
  const snapshot = once(() => readTenant(management, desired));
  const action = once(async () => {
    const { action: found } = await snapshot();
    if (found?.owned) return found;
    throw new Problem('check_impossible', 'there is no Action of ours', found === undefined ? APPLY : ADOPT);
  });
  const connections = keyed((clientId) => connectionsOf(management, clientId));
  return {
    desired,
    scopes: once(scopes),
    snapshot,
    action,
    discovery: once(() => discover(desired.domain)),
    wanted: once(async () => wantedBundle(await snapshot(), desired)),
    others: once(async () => othersOf(management, (await snapshot()).bindings, (await action()).id)),
    openedEarlier: once(() => openedEarlier(management, snapshot, action)),
    machine: once(async () => {
      const own = (await snapshot()).machines.find(({ owned }) => owned);
      if (own === undefined)
        throw new Problem('check_impossible', 'the Action’s own application does not exist', APPLY);
      return await management.clients.get(own.clientId);
    }),
    guarded: once(async () => {
      const ids = (await snapshot()).guarded.map(({ clientId }) => clientId);
      return await inTurn(ids, (id) => management.clients.get(id));
    }),
    connections,
    factors: once(async () => {
      const all = await management.guardian.factors.list();
      return all.filter(({ enabled }) => enabled === true).flatMap(({ name }) => name ?? []);
    }),
    permissions: keyed(async (roleId) => {
      const found: Management.PermissionsResponsePayload[] = [];
      const page = await management.roles.permissions.list(roleId, { per_page: 100 });
      for await (const permission of page) found.push(permission);
      return found;
    }),
  };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let promise: Promise<T> | undefined;
  return () => {
    promise ??= work();
    return promise;
  };
}

function keyed<T>(work: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key) => {
    const promise = known.get(key) ?? work(key);
    known.set(key, promise);
    return promise;
  };
}

/** Runs the work for one item after another, for tenants with a low rate limit. */
async function inTurn<In, Out>(items: readonly In[], work: (item: In) => Promise<Out>): Promise<Out[]> {
  const results: Out[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

async function discover(domain: string): Promise<Discovery> {
  const url = `https://${domain}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok)
    throw new Problem(
      'check_impossible',
      `${url} answers ${response.status}`,
      'Check that AUTH0_DOMAIN names a tenant.',
    );
  const document: unknown = await response.json();
  const date = Date.parse(response.headers.get('date') ?? '');
  const issuer =
    typeof document === 'object' && document !== null && 'issuer' in document ? document.issuer : undefined;
  return {
    issuer: typeof issuer === 'string' ? issuer : undefined,
    clockAhead: Number.isNaN(date) ? undefined : date - Date.now(),
  };
}

async function othersOf(
  management: ManagementClient,
  bindings: readonly BindingState[],
  actionId: string,
): Promise<OtherAction[]> {
  const ours = bindings.findIndex((binding) => binding.actionId === actionId);
  return await inTurn(
    bindings.filter((binding) => binding.actionId !== actionId),
    async (binding) => {
      const { deployed_version, code, dependencies } = await management.actions.get(binding.actionId);
      const installed = deployed_version?.dependencies ?? dependencies ?? [];
      const before = ours !== -1 && bindings.indexOf(binding) < ours;
      return {
        name: binding.actionName,
        place: before ? 'before' : 'after',
        code: deployed_version?.code ?? code ?? '',
        packages: installed.flatMap(({ name }) => name ?? []),
      };
    },
  );
}

async function openedEarlier(
  management: ManagementClient,
  snapshot: () => Promise<TenantSnapshot>,
  action: () => Promise<ActionState>,
): Promise<Loss[]> {
  const versions = await deployedVersions(management, await action());
  const runs = readPolicy((await action()).deployedCode ?? '')?.applications ?? [];
  const earlier = new Set(
    versions.flatMap(({ policy }) => policy?.applications ?? []).filter((id) => !runs.includes(id)),
  );
  const { policy } = await snapshot();
  const facts = { clients: earlier.size === 0 ? [] : await listClients(management), policy };
  return applicationsLost(facts, [...earlier]).filter(({ kind }) => kind === 'application');
}

async function connectionsOf(
  management: ManagementClient,
  clientId: string,
): Promise<readonly Management.ConnectionForList[]> {
  const found: Management.ConnectionForList[] = [];
  for await (const connection of await management.clients.connections.get(clientId, { take: 100 })) {
    found.push(connection);
  }
  return found;
}
