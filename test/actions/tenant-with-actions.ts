import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RECORDS } from '../../scripts/actions/sample-records.ts';
import { type ActionsEngine, startActionsEngine } from '../../src/tenant/actions/actions-engine.ts';
import type { ActionInput } from '../../src/tenant/actions/library/action-lifecycle.ts';
import type { LoopbackGeoip } from '../../src/tenant/actions/loopback-geoip-schema.ts';
import type { LoginTransaction, PostLoginOutcome } from '../../src/tenant/actions/run/login-transaction.ts';
import { createTenantLog, type TenantLog } from '../../src/tenant/logs/tenant-log.ts';
import { openStore } from '../../src/tenant/store/open-store.ts';
import type { ActionRecord } from '../../src/tenant/store/records/actions/action-repository.ts';
import type { ExecutionResult } from '../../src/tenant/store/records/actions/execution-repository.ts';
import type { UserRecord } from '../../src/tenant/store/records/users/user-row.ts';
import type { Store } from '../../src/tenant/store/store.ts';

/** The installed packages of earlier test runs, which are as good as new ones. */
const PACKAGES = join(tmpdir(), 'portcullis-test-packages');

export interface TenantWithActions {
  readonly store: Store;
  readonly log: TenantLog;
  readonly engine: ActionsEngine;
  readonly user: UserRecord;
  /** Creates, builds and deploys an Action without binding it. */
  deployed(code: string, more?: Partial<ActionInput>): Promise<ActionRecord>;
  /** Binds these Actions, in this order, to the login. Creates and deploys those that are not records of deployed ones. */
  bound(...codes: (string | ActionRecord | (Partial<ActionInput> & { code: string }))[]): Promise<ActionRecord[]>;
  /** A login of the tenant's user, through the Actions. */
  login(changes?: Partial<LoginTransaction>): Promise<PostLoginOutcome>;
  /**
   * A login with an Action that evaluates the expression, and puts its value into the ID token for `claimValue`. Such logins share a
   * warm process until other Actions are bound.
   */
  evaluate(expression: string): Promise<PostLoginOutcome>;
  transaction(changes?: Partial<LoginTransaction>): LoginTransaction;
  /** Returns the record of an execution. */
  results(outcome: PostLoginOutcome): ExecutionResult[];
  close(): Promise<void>;
}

export const { client, connection } = RECORDS;

function newUser(): UserRecord {
  return { ...RECORDS.user, user_metadata: { colour: 'blue' }, app_metadata: { plan: 'gold' } };
}

/** A tenant in memory with one user, one application, one connection, two roles and real sandboxes. */
export async function tenantWithActions(
  options: {
    timeoutMs?: number;
    poolSize?: number;
    queueSize?: number;
    idleMs?: number;
    dependencyCache?: string;
    caFile?: string;
    loopbackGeoip?: LoopbackGeoip;
    runtimeCache?: string;
    ownNode?: boolean;
    node18?: boolean;
  } = {},
): Promise<TenantWithActions> {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-actions-'));
  const store = openStore({ memory: true });
  const log = createTenantLog(store);
  const user = newUser();
  store.clients.insert(client);
  store.connections.insert(connection);
  store.users.insert(user);
  store.roles.insert({ id: 'rol_a', name: 'ORG:acme', description: '' });
  store.roles.insert({ id: 'rol_b', name: 'Reader', description: '' });
  store.roles.assign('rol_a', [user.user_id]);
  const engine = startActionsEngine({
    store,
    log,
    tenantName: 'test-tenant',
    dependencyCache: PACKAGES,
    workFolder: folder,
    // Ends a hanging login; even the slowest machine has time for the rest.
    timeoutMs: 120_000,
    ...options,
  });
  let count = 0;

  async function deployed(code: string, more: Partial<ActionInput> = {}): Promise<ActionRecord> {
    count += 1;
    const input = { name: `action-${count}`, supported_triggers: [{ id: 'post-login', version: 'v3' }], code, ...more };
    const { id } = await engine.lifecycle.create(input);
    await engine.ready();
    engine.lifecycle.deploy(id);
    return found(id);
  }

  function found(id: string): ActionRecord {
    const action = store.actions.find(id);
    if (action === undefined) throw new Error(`no action ${id}`);
    return action;
  }

  function bind(actions: readonly ActionRecord[]): void {
    const bindings = actions.map(({ id }) => ({ ref: { type: 'action_id' as const, value: id } }));
    engine.lifecycle.bind('post-login', bindings);
  }

  let evaluating: Promise<ActionRecord> | undefined;
  async function bindEvaluating(): Promise<void> {
    evaluating ??= deployed(claimAction(`await eval('(async () => (' + event.request.query.expression + '))()')`));
    const action = await evaluating;
    const bound = store.bindings.list('post-login').map(({ action_id }) => action_id);
    if (bound.length !== 1 || bound[0] !== action.id) bind([action]);
  }

  function transaction(changes: Partial<LoginTransaction> = {}): LoginTransaction {
    return {
      id: 'txn-1',
      user,
      client,
      connection,
      request: {
        ip: '127.0.0.1',
        method: 'GET',
        hostname: 'tenant.test',
        query: { client_id: client.client_id, scope: 'openid' },
        body: {},
        userAgent: 'test',
      },
      protocol: 'oidc-basic-profile',
      requestedScopes: ['openid'],
      redirectUri: 'https://apex.test/callback',
      responseType: ['code'],
      prompt: [],
      state: 'rp-state',
      acrValues: [],
      uiLocales: [],
      locale: 'en',
      authenticationMethods: [{ name: 'pwd', timestamp: '2026-01-02T00:00:00.000Z' }],
      session: { id: 'ses_1', createdAt: '2026-01-02T00:00:00.000Z', authenticatedAt: '2026-01-02T00:00:00.000Z' },
      ...changes,
    };
  }

  return {
    store,
    log,
    engine,
    user,
    deployed,
    async bound(...codes) {
      const actions: ActionRecord[] = [];
      for (const one of codes) {
        if (typeof one === 'string') actions.push(await deployed(one));
        else actions.push('id' in one ? one : await deployed(one.code, one));
      }
      bind(actions);
      return actions;
    },
    login: (changes) => engine.postLogin.run(transaction(changes)),
    async evaluate(expression) {
      await bindEvaluating();
      const { request } = transaction();
      return engine.postLogin.run(transaction({ request: { ...request, query: { ...request.query, expression } } }));
    },
    transaction,
    results(outcome) {
      return outcome.executions.flatMap((id) => store.executions.find(id)?.results ?? []);
    },
    async close() {
      await engine.close();
      store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Returns the code of an Action whose handler has this body. */
export function handler(body: string): string {
  return `exports.onExecutePostLogin = async function (event, api) {\n${body}\n};`;
}

/** Returns an Action that puts the expression's value into the ID token, for `claimValue`. */
export function claimAction(expression: string): string {
  return handler(`api.idToken.setCustomClaim('https://test/value', ${expression});`);
}

/** Returns the value that `claimAction` set. Fails if the login did not succeed. */
export function claimValue(outcome: PostLoginOutcome): unknown {
  if (outcome.kind !== 'continue') throw new Error(`The login ended as ${JSON.stringify(outcome)}`);
  return outcome.effects.idTokenClaims['https://test/value'];
}
