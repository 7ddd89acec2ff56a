import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startTenant, type Tenant } from '../../src/tenant/tenant.ts';
import { until } from '../until.ts';

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly milliseconds: number;
}

/** A tenant over real HTTP, with separate read access to its data. */
export interface FuzzedTenant {
  readonly tenant: Tenant;
  readonly keeper: { readonly clientId: string; readonly clientSecret: string; readonly email: string };
  /** Ids of existing resources, by names of formats, of members and of the first part of a path. */
  known(): Record<string, string[]>;
  /** Changes with every commit of any connection. */
  dataVersion(): number;
  /** Waits until no build, run or export is in progress. */
  settle(): Promise<void>;
  send(method: string, path: string, init?: RequestInit): Promise<Answered>;
  manage(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Tries to sign in a user. Returns the status. */
  signIn(): Promise<number>;
  close(): Promise<void>;
}

const PASSWORD = 'Correct-horse-9';
const DATABASE = 'Username-Password-Authentication';

/** Starts a tenant with a few of each resource. */
export async function startFuzzedTenant(): Promise<FuzzedTenant> {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-fuzz-'));
  const tenant = await startTenant({
    port: 0,
    loopbackPort: 0,
    dataFolder: join(folder, 'data'),
    // No registry answers, whichever packages an Action names.
    environment: { ...process.env, npm_config_registry: 'http://127.0.0.1:9/', npm_config_offline: 'true' },
  });
  const data = new DatabaseSync(join(folder, 'data', 'tenant.sqlite'), { readOnly: true });
  const base = tenant.loopbackUrl.replace(/\/$/, '');
  let token = '';

  const send: FuzzedTenant['send'] = async (method, path, init = {}) => {
    const start = performance.now();
    const answer = await fetch(`${base}${path}`, {
      redirect: 'manual',
      ...init,
      method,
      headers: { ...(token !== '' && { authorization: `Bearer ${token}` }), ...init.headers },
    });
    const text = await answer.text();
    return { status: answer.status, text, milliseconds: performance.now() - start };
  };
  const manage: FuzzedTenant['manage'] = async (method, path, body) => {
    const { status, text } = await send(method, `/api/v2${path}`, {
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };

  const { clientId: client_id, clientSecret: client_secret, audience } = tenant.management;
  const granted = await send('POST', '/oauth/token', {
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret, audience }),
  });
  token = JSON.parse(granted.text).access_token;
  const keeper = await seedResources(manage);

  const column = (sql: string, ...values: string[]) =>
    data
      .prepare(sql)
      .all(...values)
      .map((row) => String(Object.values(row)[0]));
  const readIds = (table: string) => column(`SELECT id FROM ${table} ORDER BY sequence DESC LIMIT 20`);

  const dataVersion = () => Number(data.prepare('PRAGMA data_version').get()?.data_version);
  return {
    tenant,
    keeper,
    known() {
      const users = column(
        'SELECT user_id FROM users WHERE email_key <> ? ORDER BY sequence DESC LIMIT 20',
        keeper.email,
      );
      const clients = column(
        'SELECT client_id FROM clients WHERE client_id NOT IN (?, ?) ORDER BY sequence DESC LIMIT 20',
        client_id,
        keeper.clientId,
      );
      const connections = column(
        'SELECT id FROM connections WHERE name <> ? ORDER BY sequence DESC LIMIT 20',
        DATABASE,
      );
      const grants = column('SELECT id FROM client_grants WHERE client_id <> ?  LIMIT 20', client_id);
      const apis = column('SELECT id FROM resource_servers WHERE identifier <> ? LIMIT 20', audience);
      const identifiers = column('SELECT identifier FROM resource_servers WHERE identifier <> ? LIMIT 20', audience);
      const roles = readIds('roles');
      const organizations = readIds('organizations');
      const actions = readIds('actions');
      const versions = readIds('action_versions');
      return {
        users,
        'user-id': users,
        'user-id-with-max-length': users,
        user_id: users.flatMap((id) => [id, id.slice(id.indexOf('|') + 1)]),
        user: users,
        member: users,
        clients,
        'client-id': clients,
        client_id: clients,
        connections,
        'connection-id': connections,
        connection_id: connections,
        connectionId: connections,
        connection: column('SELECT name FROM connections'),
        'client-grants': grants,
        'resource-servers': apis,
        audience: identifiers,
        resource_server_identifier: identifiers,
        roles,
        'role-id': roles,
        role: roles,
        organizations,
        'organization-id': organizations,
        organization_id: organizations,
        actions: [...actions, ...readIds('executions')],
        actionId: actions,
        'actions versions': versions,
        action_version_id: versions,
        triggerId: ['post-login'],
        provider: ['auth0'],
        logs: column('SELECT log_id FROM logs ORDER BY sequence DESC LIMIT 5'),
        jobs: column('SELECT id FROM jobs LIMIT 10'),
        credential_id: column('SELECT id FROM client_credentials LIMIT 10'),
        strategy: ['auth0', 'google-oauth2'],
      };
    },
    dataVersion,
    async settle() {
      let quiet = 0;
      let before = dataVersion();
      await until(() => {
        const version = dataVersion();
        const busy =
          column(`SELECT id FROM jobs WHERE json_extract(record, '$.status') IN ('pending', 'processing')`).length +
          column(`SELECT id FROM actions WHERE json_extract(record, '$.status') IN ('pending', 'building')`).length;
        quiet = busy === 0 && version === before ? quiet + 1 : 0;
        before = version;
        return quiet > 3;
      }, 15);
    },
    send,
    manage,
    async signIn() {
      const { status } = await send('POST', '/oauth/token', {
        headers: { authorization: '' },
        body: new URLSearchParams({
          grant_type: 'http://auth0.com/oauth/grant-type/password-realm',
          realm: DATABASE,
          client_id: keeper.clientId,
          client_secret: keeper.clientSecret,
          username: keeper.email,
          password: PASSWORD,
          scope: 'openid',
        }),
      });
      return status;
    },
    async close() {
      await tenant.close();
      data.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Creates a few of each resource. The fuzzer replaces those that it deletes: it creates more than it deletes. */
async function seedResources(manage: FuzzedTenant['manage']): Promise<FuzzedTenant['keeper']> {
  const keeper = (await manage('POST', '/clients', {
    name: 'Keeper',
    app_type: 'regular_web',
    callbacks: ['http://localhost:9999/callback'],
    grant_types: ['authorization_code', 'refresh_token', 'http://auth0.com/oauth/grant-type/password-realm'],
  })) as { client_id: string; client_secret: string };
  const email = 'keeper@fuzz.example';
  await manage('POST', '/users', { connection: DATABASE, email, email_verified: true, password: PASSWORD });
  for (let number = 0; number < 3; number += 1) {
    const user = (await manage('POST', '/users', {
      connection: DATABASE,
      email: `user-${number}@fuzz.example`,
      password: PASSWORD,
    })) as { user_id: string };
    const role = (await manage('POST', '/roles', { name: `Role ${number}` })) as { id: string };
    await manage('POST', `/roles/${role.id}/users`, { users: [user.user_id] });
    const identifier = `https://api-${number}.example/`;
    await manage('POST', '/resource-servers', { identifier, name: `API ${number}`, scopes: [{ value: 'read:it' }] });
    await manage('POST', `/roles/${role.id}/permissions`, {
      permissions: [{ resource_server_identifier: identifier, permission_name: 'read:it' }],
    });
    const client = (await manage('POST', '/clients', { name: `App ${number}`, app_type: 'spa' })) as {
      client_id: string;
    };
    await manage('POST', '/client-grants', { client_id: client.client_id, audience: identifier, scope: ['read:it'] });
    await manage('POST', '/connections', { name: `database-${number}`, strategy: 'auth0' });
    const organization = (await manage('POST', '/organizations', { name: `org-${number}` })) as { id: string };
    await manage('POST', `/organizations/${organization.id}/members`, { members: [user.user_id] });
    await manage('POST', '/actions/actions', {
      name: `Action ${number}`,
      code: 'exports.onExecutePostLogin = async () => {};',
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
    });
  }
  return { clientId: keeper.client_id, clientSecret: keeper.client_secret, email };
}
