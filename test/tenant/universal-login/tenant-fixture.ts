import { randomUUID } from 'node:crypto';
import { createTenantLog, type TenantLog } from '../../../src/tenant/logs/tenant-log.ts';
import type { JsonObject } from '../../../src/tenant/store/json-value.ts';
import { openStore } from '../../../src/tenant/store/open-store.ts';
import type { ClientRecord } from '../../../src/tenant/store/records/applications/client-repository.ts';
import type { ConnectionRecord } from '../../../src/tenant/store/records/connection-repository.ts';
import type { UserRecord } from '../../../src/tenant/store/records/users/user-row.ts';
import type { Store } from '../../../src/tenant/store/store.ts';
import { clientNamed } from '../store/records-to-store.ts';

const longAgo = '2026-01-01T00:00:00.000Z';

/** A tenant's store in memory, with its log and one application. */
export interface Fixture {
  readonly store: Store;
  readonly log: TenantLog;
  readonly client: ClientRecord;
  /** The members that every attempt has. */
  readonly request: { client: ClientRecord; ip: string; hostname: string; userAgent: string };
  logTypes(): string[];
}

export function openFixture(): Fixture {
  const store = openStore({ memory: true });
  const client = newClient('Orders');
  store.clients.insert(client);
  return {
    store,
    log: createTenantLog(store),
    client,
    request: { client, ip: '127.0.0.1', hostname: 'localhost', userAgent: 'test' },
    logTypes: () => store.logs.list({}, { page: 0, perPage: 100 }).rows.map((record) => record.type),
  };
}

export function newClient(name: string): ClientRecord {
  return clientNamed(randomUUID(), { name });
}

export function addConnection(
  store: Store,
  given: { name: string; strategy?: string; clients?: string[]; options?: JsonObject; realms?: string[] },
): ConnectionRecord {
  const connection: ConnectionRecord = {
    id: `con_${randomUUID()}`,
    name: given.name,
    strategy: given.strategy ?? 'auth0',
    options: given.options ?? {},
    enabled_clients: given.clients ?? [],
    realms: given.realms ?? [given.name],
    is_domain_connection: false,
    metadata: {},
    other: {},
  };
  store.connections.insert(connection);
  return connection;
}

export function addUser(
  store: Store,
  given: Partial<UserRecord> & { user_id: string; connection: string },
  passwordHash?: string,
): UserRecord {
  const { connection, ...members } = given;
  const [provider = '', identity = ''] = given.user_id.split('|');
  const user: UserRecord = {
    email_verified: false,
    user_metadata: {},
    app_metadata: {},
    identities: [{ connection, provider, user_id: identity, isSocial: provider !== 'auth0' }],
    created_at: longAgo,
    updated_at: longAgo,
    logins_count: 0,
    ...members,
  };
  store.users.insert(user, passwordHash);
  return user;
}
