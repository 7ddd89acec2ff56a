import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, inject } from 'vitest';
import type {
  LoginEffects,
  LoginTransaction,
  PostLoginOutcome,
  PostLoginTrigger,
  SuspendedPipeline,
} from '../../../src/tenant/actions/run/login-transaction.ts';
import type { SideTriggers } from '../../../src/tenant/actions/triggers/side-triggers.ts';
import { hashPassword } from '../../../src/tenant/authentication/accounts/password-hash.ts';
import { type Authentication, createAuthentication } from '../../../src/tenant/authentication/authentication.ts';
import { createTenantLog, type TenantLog } from '../../../src/tenant/logs/tenant-log.ts';
import { openStore, type StoreLocation } from '../../../src/tenant/store/open-store.ts';
import type { ClientRecord } from '../../../src/tenant/store/records/applications/client-repository.ts';
import type { ResourceServerRecord } from '../../../src/tenant/store/records/applications/resource-server-repository.ts';
import type { ConnectionRecord } from '../../../src/tenant/store/records/connection-repository.ts';
import type { LogRecord } from '../../../src/tenant/store/records/logs/log-record.ts';
import type { UserRecord } from '../../../src/tenant/store/records/users/user-row.ts';
import type { Store } from '../../../src/tenant/store/store.ts';
import { findMistakes } from '../logs/log-shapes.ts';

export const PASSWORD = 'Correct-Horse-9';
export const API = 'https://orders.example.com/';
export const SECRET = 'web-secret-web-secret-web-secret-web-secret';

/** Fake Actions: each test sets the outcomes of the next runs. */
export class HandMadeActions {
  runs: LoginTransaction[] = [];
  resumed: { transaction: LoginTransaction; suspended: SuspendedPipeline }[] = [];
  onRun: (transaction: LoginTransaction) => PostLoginOutcome | Promise<PostLoginOutcome> = () => continueOutcome();
  onResume: (transaction: LoginTransaction) => PostLoginOutcome | Promise<PostLoginOutcome> = () => continueOutcome();

  async run(transaction: LoginTransaction): Promise<PostLoginOutcome> {
    this.runs.push(transaction);
    return this.onRun(transaction);
  }

  async resume(transaction: LoginTransaction, suspended: SuspendedPipeline): Promise<PostLoginOutcome> {
    this.resumed.push({ transaction, suspended });
    return this.onResume(transaction);
  }
}

export function effects(changes: Partial<LoginEffects> = {}): LoginEffects {
  return {
    idTokenClaims: {},
    accessTokenClaims: {},
    addedScopes: [],
    removedScopes: [],
    transactionMetadata: {},
    ...changes,
  };
}

export function continueOutcome(changes: Partial<LoginEffects> = {}): PostLoginOutcome {
  return { kind: 'continue', effects: effects(changes), executions: ['exec-run'] };
}

export function redirectOutcome(url: string): PostLoginOutcome {
  return {
    kind: 'redirect',
    url,
    suspended: {
      executionId: 'exec-suspended',
      remaining: [{ bindingId: 'b', actionId: 'a', versionId: 'v' }],
      effects: effects(),
      userMetadata: {},
      appMetadata: {},
    },
    executions: ['exec-suspended'],
  };
}

export interface RunningTenant {
  readonly issuer: string;
  readonly store: Store;
  readonly log: TenantLog;
  readonly logs: LogRecord[];
  readonly actions: HandMadeActions;
  readonly authentication: Authentication;
  readonly managementAudience: string;
  /** The tenant in a new process, with the same data and address. */
  restart(): Promise<RunningTenant>;
  close(): Promise<void>;
}

/** A tenant's authentication side on a loopback port, with an application, a database, a user, and an API. */
export async function startTenant(
  options: {
    location?: StoreLocation;
    /** Replaces the fake Actions. */
    trigger?: (store: Store, log: TenantLog) => PostLoginTrigger;
    /** The triggers other than post-login. */
    sideTriggers?: () => SideTriggers;
    customDomain?: string;
  } = {},
): Promise<RunningTenant> {
  let current: Authentication | undefined;
  const server = createServer((request, response) => current?.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return open();

  async function open(): Promise<RunningTenant> {
    const store = openStore(options.location ?? { memory: true });
    const log = createTenantLog(store);
    const logs: LogRecord[] = [];
    log.subscribe((record) => logs.push(record));
    const misshapen: string[] = [];
    log.subscribe((record) => misshapen.push(...findMistakes(record)));
    const actions = new HandMadeActions();
    const issuer = `http://localhost:${(server.address() as AddressInfo).port}/`;
    const managementAudience = `${issuer}api/v2/`;
    if (store.clients.find('web') === undefined) await seed(store, managementAudience);
    const authentication = createAuthentication({
      store,
      log,
      postLogin: options.trigger?.(store, log) ?? actions,
      ...(options.sideTriggers && { sideTriggers: options.sideTriggers() }),
      ...(options.customDomain !== undefined && { customDomain: options.customDomain }),
      issuer,
      managementAudience,
      tenantName: 'test',
      cookieKeys: ['a-key-for-tests-that-is-long-enough'],
    });
    current = authentication;
    const stop = () => {
      authentication.close();
      store.close();
    };
    return {
      issuer,
      store,
      log,
      logs,
      actions,
      authentication,
      managementAudience,
      restart: () => {
        stop();
        return open();
      },
      close: async () => {
        await closeServer(server);
        // After every test, each log entry must match the schema of its type.
        expect(misshapen).toEqual([]);
        stop();
      },
    };
  }
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

export const CALLBACK = 'http://localhost:9999/callback';

export function clientRecord(members: Partial<ClientRecord> & { client_id: string }): ClientRecord {
  const at = new Date().toISOString();
  return {
    client_secret: SECRET,
    name: `Application ${members.client_id}`,
    app_type: 'regular_web',
    is_first_party: true,
    global: false,
    oidc_conformant: true,
    callbacks: [CALLBACK],
    allowed_logout_urls: ['http://localhost:9999/bye'],
    allowed_origins: [],
    web_origins: [],
    grant_types: ['authorization_code', 'implicit', 'refresh_token', 'client_credentials', 'password'],
    token_endpoint_auth_method: 'client_secret_post',
    client_metadata: {},
    jwt_configuration: { alg: 'RS256', lifetime_in_seconds: 36000, secret_encoded: false },
    refresh_token: {
      rotation_type: 'non-rotating',
      expiration_type: 'non-expiring',
      leeway: 0,
      token_lifetime: 2592000,
      idle_token_lifetime: 1296000,
      infinite_token_lifetime: true,
      infinite_idle_token_lifetime: true,
    },
    other: {},
    created_at: at,
    updated_at: at,
    ...members,
  };
}

export function userRecord(members: Partial<UserRecord> & { user_id: string }): UserRecord {
  const at = new Date().toISOString();
  const [provider = 'auth0', id = ''] = members.user_id.split('|');
  const connection = provider === 'auth0' ? 'Username-Password-Authentication' : provider;
  return {
    email: 'ada@example.com',
    email_verified: true,
    name: 'Ada Lovelace',
    nickname: 'ada',
    picture: 'https://example.com/ada.png',
    user_metadata: {},
    app_metadata: {},
    identities: [{ connection, provider, user_id: id, isSocial: provider !== 'auth0' }],
    created_at: at,
    updated_at: at,
    logins_count: 0,
    ...members,
  };
}

function connectionRecord(id: string, name: string, strategy: string): ConnectionRecord {
  return {
    id,
    name,
    strategy,
    options: {},
    enabled_clients: ['web', 'spa', 'rotating', 'other'],
    realms: [name],
    is_domain_connection: false,
    metadata: {},
    other: {},
  };
}

export function apiRecord(
  members: Partial<ResourceServerRecord> & { id: string; identifier: string },
): ResourceServerRecord {
  return {
    name: members.identifier,
    is_system: false,
    scopes: [{ value: 'read:orders' }, { value: 'write:orders' }],
    signing_alg: 'RS256',
    token_lifetime: 86400,
    token_lifetime_for_web: 7200,
    allow_offline_access: true,
    skip_consent_for_verifiable_first_party_clients: true,
    enforce_policies: false,
    token_dialect: 'access_token',
    other: {},
    ...members,
  };
}

async function seed(store: Store, managementAudience: string): Promise<void> {
  for (const key of inject('tenantKeys').signingKeys) store.signingKeys.insert(key);
  store.clients.insert(clientRecord({ client_id: 'web' }));
  store.clients.insert(clientRecord({ client_id: 'spa', token_endpoint_auth_method: 'none', app_type: 'spa' }));
  const rotating = clientRecord({ client_id: 'rotating' });
  store.clients.insert({
    ...rotating,
    refresh_token: { ...rotating.refresh_token, rotation_type: 'rotating', expiration_type: 'expiring' },
  });
  store.clients.insert(clientRecord({ client_id: 'other', name: 'Other' }));
  store.connections.insert(connectionRecord('con_db', 'Username-Password-Authentication', 'auth0'));
  store.connections.insert(connectionRecord('con_google', 'google-oauth2', 'google-oauth2'));
  store.users.insert(userRecord({ user_id: 'auth0|ada' }), await hashPassword(PASSWORD));
  store.users.insert(
    userRecord({ user_id: 'auth0|bob', email: 'bob@example.com', name: 'Bob' }),
    await hashPassword(PASSWORD),
  );
  store.resourceServers.insert(apiRecord({ id: 'rs_orders', identifier: API }));
  store.resourceServers.insert(
    apiRecord({
      id: 'rs_management',
      identifier: managementAudience,
      is_system: true,
      scopes: [{ value: 'read:users' }, { value: 'update:roles' }, { value: 'read:current_user' }],
    }),
  );
  store.clientGrants.insert({
    id: 'cgr_1',
    client_id: 'web',
    audience: managementAudience,
    scope: ['read:users', 'update:roles'],
    subject_type: 'client',
    other: {},
  });
}
