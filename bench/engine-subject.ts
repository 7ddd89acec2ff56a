import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RECORDS } from '../scripts/actions/sample-records.ts';
import { bundleAction } from '../src/action/bundle.ts';
import type { ResolvedPolicy } from '../src/action/resolved-policy.ts';
import type { Policy } from '../src/policy/policy.ts';
import { startActionsEngine } from '../src/tenant/actions/actions-engine.ts';
import type { LoginTransaction } from '../src/tenant/actions/run/login-transaction.ts';
import { createTenantLog } from '../src/tenant/logs/tenant-log.ts';
import { openDataFolder } from '../src/tenant/store/data-folder.ts';
import { openStore } from '../src/tenant/store/open-store.ts';

/** An Action under measurement. */
export interface MeasuredAction {
  readonly name: string;
  readonly code: string;
  readonly dependencies: readonly { readonly name: string; readonly version: string }[];
}

const EMPTY = 'exports.onExecutePostLogin = async (event, api) => {};\n';
const REQUIRING = `const { ManagementClient } = require('auth0');
exports.onExecutePostLogin = async (event, api) => { if (typeof ManagementClient !== 'function') throw new Error(); };
`;

/** The empty Action comes first: the others are compared with it. */
export async function measuredActions(): Promise<MeasuredAction[]> {
  const policy = {
    applications: [RECORDS.client.client_id],
    claim: 'https://apex.example.com/roles',
    landingPage: 'http://localhost:4040/refused',
    defaultRole: 'APEX User',
    organizationPrefix: 'ORG:',
    organizations: [],
    unverifiedEmail: 'refuse',
    onFailure: 'refuse',
  } satisfies Policy as unknown as ResolvedPolicy;
  const settings = { domain: 'tenant.test', clientId: 'machine', roleIds: { 'APEX User': 'rol_a' }, logoutOrigins: {} };
  const { code } = await bundleAction(policy, settings);
  const requiring = (version: string) => ({
    name: `one that requires auth0 ${version}`,
    code: REQUIRING,
    dependencies: [{ name: 'auth0', version }],
  });
  return [
    { name: 'an empty one', code: EMPTY, dependencies: [] },
    { name: "the policy's", code, dependencies: [] },
    requiring('3.7.2'),
    requiring('7.1.0'),
  ];
}

/** Logins of a returning user who has the default role, directly in the engine: no HTTP, no password, no tokens. */
export interface EngineSubject {
  login(): Promise<void>;
  close(): Promise<void>;
}

/** Starts an engine on a store in memory, with these Actions bound. */
export async function startEngineSubject(actions: readonly MeasuredAction[]): Promise<EngineSubject> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-actions-'));
  const caches = openDataFolder(undefined);
  const store = openStore({ memory: true });
  const { client, connection, user } = RECORDS;
  store.clients.insert(client);
  store.connections.insert(connection);
  store.users.insert(user);
  store.roles.insert({ id: 'rol_a', name: 'APEX User', description: '' });
  store.roles.assign('rol_a', [user.user_id]);
  const engine = startActionsEngine({
    store,
    log: createTenantLog(store),
    tenantName: 'bench',
    dependencyCache: caches.dependencyCache,
    workFolder: folder,
  });
  const bindings: { ref: { type: 'action_id'; value: string } }[] = [];
  for (const { name, code, dependencies } of actions) {
    const supported_triggers = [{ id: 'post-login', version: 'v3' }];
    const { id } = await engine.lifecycle.create({ name, code, dependencies, supported_triggers });
    await engine.ready();
    engine.lifecycle.deploy(id);
    bindings.push({ ref: { type: 'action_id', value: id } });
  }
  engine.lifecycle.bind('post-login', bindings);
  const at = new Date().toISOString();
  const transaction: LoginTransaction = {
    id: 'txn',
    user,
    client,
    connection,
    request: { ip: '127.0.0.1', method: 'GET', hostname: 'tenant.test', query: {}, body: {} },
    protocol: 'oidc-basic-profile',
    requestedScopes: ['openid'],
    responseType: ['code'],
    prompt: [],
    acrValues: [],
    uiLocales: [],
    locale: 'en',
    authenticationMethods: [{ name: 'pwd', timestamp: at }],
  };
  return {
    async login() {
      const outcome = await engine.postLogin.run(transaction);
      if (outcome.kind !== 'continue') throw new Error(`The login ended as ${JSON.stringify(outcome)}`);
    },
    async close() {
      await engine.close();
      store.close();
      caches.release();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
