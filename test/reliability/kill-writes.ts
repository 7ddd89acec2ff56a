import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { untilBuilt } from '../until.ts';

/** How much of a write was stored. */
export type Extent = 'all' | 'none' | 'half';

/** A write that was sent, and a check of how much of it was stored. */
export interface SentWrite {
  readonly name: string;
  answered: boolean;
  readonly extent: (data: DatabaseSync) => Extent;
}

/** Sends a request and returns its answer, which the next request may need. Fails if the tenant has stopped. */
export type Send = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;

const DATABASE = 'Username-Password-Authentication';
const CODE = 'exports.onExecutePostLogin = async () => {};';

/**
 * Sends writes of several statements each, one after another, until the tenant stops. Each is recorded before it is sent.
 *
 * @param run makes all names unique
 * @returns the writes that were sent, in order; the last one may not have been answered
 */
export async function writeUntilKilled(send: Send, run: string): Promise<{ sent: SentWrite[]; survived: boolean }> {
  const sent: SentWrite[] = [];
  const write = async (
    name: string,
    request: readonly [method: string, path: string, body?: unknown],
    extent: SentWrite['extent'],
  ): Promise<Record<string, unknown>> => {
    const record: SentWrite = { name, answered: false, extent };
    sent.push(record);
    const answer = await send(...request);
    record.answered = true;
    return answer;
  };
  try {
    await everyWrite(write, send, run);
    return { sent, survived: true };
  } catch (error) {
    if (error instanceof TypeError) return { sent, survived: false };
    throw error;
  }
}

type Write = (
  name: string,
  request: readonly [method: string, path: string, body?: unknown],
  extent: SentWrite['extent'],
) => Promise<Record<string, unknown>>;

async function everyWrite(write: Write, send: Send, run: string): Promise<void> {
  const emails = ['a', 'b', 'c'].map((letter) => `${letter}-${run}@kill.example`);
  const users: string[] = [];
  for (const email of emails) {
    const created = await write(
      'a user with a password',
      ['POST', '/api/v2/users', { connection: DATABASE, email, email_verified: true, password: 'Correct-horse-9' }],
      counts([
        ['SELECT count(*) AS count FROM users WHERE email_key = ?', 1, email],
        ['SELECT count(*) AS count FROM user_identities WHERE email_key = ?', 1, email],
        [
          'SELECT count(*) AS count FROM user_passwords JOIN users ON sequence = user_sequence WHERE email_key = ?',
          1,
          email,
        ],
      ]),
    );
    users.push(String(created.user_id));
  }
  const [first = '', second = '', third = ''] = users;
  const signedUp = `signup-${run}@kill.example`;

  const client = await write(
    'an application, enabled in every connection',
    ['POST', '/api/v2/clients', { name: `App ${run}`, app_type: 'regular_web', grant_types: [REALM, 'refresh_token'] }],
    counts([
      ['SELECT count(*) AS count FROM clients WHERE name = ?', 1, `App ${run}`],
      [
        `SELECT count(*) = (SELECT count(*) FROM connections) AS count FROM connection_clients
         WHERE client_id IN (SELECT client_id FROM clients WHERE name = ?)`,
        1,
        `App ${run}`,
      ],
    ]),
  );
  await write(
    'a sign-up',
    [
      'POST',
      '/dbconnections/signup',
      { client_id: client.client_id, connection: DATABASE, email: signedUp, password: 'Correct-horse-9' },
    ],
    counts([
      ['SELECT count(*) AS count FROM users WHERE email_key = ?', 1, signedUp],
      [
        'SELECT count(*) AS count FROM user_passwords JOIN users ON sequence = user_sequence WHERE email_key = ?',
        1,
        signedUp,
      ],
    ]),
  );
  const identifier = `https://${run}.kill.example/`;
  await write(
    'an API',
    [
      'POST',
      '/api/v2/resource-servers',
      { identifier, name: run, scopes: [{ value: 'a' }, { value: 'b' }, { value: 'c' }] },
    ],
    counts([['SELECT count(*) AS count FROM resource_servers WHERE identifier = ?', 1, identifier]]),
  );
  await write(
    'a grant of an application',
    ['POST', '/api/v2/client-grants', { client_id: client.client_id, audience: identifier, scope: ['a', 'b'] }],
    counts([['SELECT count(*) AS count FROM client_grants WHERE audience = ?', 1, identifier]]),
  );
  const roles: string[] = [];
  for (const name of [`One ${run}`, `Two ${run}`]) {
    const role = await write('a role', ['POST', '/api/v2/roles', { name }], counts([[ROLES_NAMED, 1, name]]));
    roles.push(String(role.id));
  }
  const [role = ''] = roles;
  const permissions = ['a', 'b', 'c'].map((permission_name) => ({
    resource_server_identifier: identifier,
    permission_name,
  }));
  await write(
    'permissions of a role',
    ['POST', `/api/v2/roles/${role}/permissions`, { permissions }],
    counts([['SELECT count(*) AS count FROM role_permissions WHERE resource_server_identifier = ?', 3, identifier]]),
  );
  await write(
    'users of a role',
    ['POST', `/api/v2/roles/${role}/users`, { users }],
    counts([[`SELECT count(*) AS count FROM user_roles WHERE role_sequence = (${ROLE})`, 3, role]]),
  );
  await write(
    'roles of a user',
    ['POST', `/api/v2/users/${encodeURIComponent(third)}/roles`, { roles }],
    // The user has one of the two roles already.
    counts([[`SELECT count(*) AS count FROM user_roles WHERE role_sequence = (${ROLE})`, 1, roles[1] ?? '']]),
  );
  await write(
    "a user's name and password",
    ['PATCH', `/api/v2/users/${encodeURIComponent(third)}`, { name: 'Renamed', password: 'Another-horse-10' }],
    (data) => {
      const [before, after] = [emails[1], emails[2]].map((email) => passwordHash(data, email ?? ''));
      const renamed = count(data, `${USERS} AND json_extract(record, '$.name') = 'Renamed'`, emails[2] ?? '') === 1;
      // The old and the new hash differ only in their salt: what matters is that there is one.
      return before !== '' && after !== '' ? (renamed ? 'all' : 'none') : 'half';
    },
  );
  const organization = await write(
    'an organization',
    ['POST', '/api/v2/organizations', { name: `org-${run}` }],
    counts([['SELECT count(*) AS count FROM organizations WHERE name = ?', 1, `org-${run}`]]),
  );
  await write(
    'members of an organization',
    ['POST', `/api/v2/organizations/${organization.id}/members`, { members: users }],
    counts([[`SELECT count(*) AS count FROM organization_members WHERE ${ORGANIZATION}`, 3, `org-${run}`]]),
  );
  await write(
    'roles of a member',
    ['POST', `/api/v2/organizations/${organization.id}/members/${encodeURIComponent(first)}/roles`, { roles }],
    counts([[`SELECT count(*) AS count FROM organization_member_roles WHERE ${ORGANIZATION}`, 2, `org-${run}`]]),
  );
  const action = await write(
    'an Action',
    [
      'POST',
      '/api/v2/actions/actions',
      { name: `Action ${run}`, code: CODE, supported_triggers: [{ id: 'post-login', version: 'v3' }] },
    ],
    counts([['SELECT count(*) AS count FROM actions WHERE name = ?', 1, `Action ${run}`]]),
  );
  await untilBuilt(() => send('GET', `/api/v2/actions/actions/${action.id}`));
  await write(
    'a deployment',
    ['POST', `/api/v2/actions/actions/${action.id}/deploy`],
    counts([
      ['SELECT count(*) AS count FROM action_versions WHERE action_id = ?', 1, String(action.id)],
      [
        `SELECT count(*) AS count FROM actions WHERE id = ? AND json_extract(record, '$.deployed_version_id') IS NOT NULL`,
        1,
        String(action.id),
      ],
    ]),
  );
  const path = '/api/v2/actions/triggers/post-login/bindings';
  const { bindings: former } = (await send('GET', path)) as { bindings: unknown[] };
  await write(
    'bindings of a trigger, replacing the former ones',
    ['PATCH', path, { bindings: [{ ref: { type: 'action_id', value: action.id }, display_name: run }] }],
    (data) => {
      const bound = count(data, 'SELECT count(*) AS count FROM bindings WHERE action_id = ?', String(action.id));
      const all = count(data, 'SELECT count(*) AS count FROM bindings');
      if (bound === 1 && all === 1) return 'all';
      return bound === 0 && all === former.length ? 'none' : 'half';
    },
  );
  await write(
    'a login with an Action, and its refresh token',
    [
      'POST',
      '/oauth/token',
      {
        grant_type: REALM,
        realm: DATABASE,
        client_id: client.client_id,
        client_secret: client.client_secret,
        username: emails[0],
        password: 'Correct-horse-9',
        scope: 'openid offline_access',
      },
    ],
    // A login writes step by step (session, tokens, count, log): only one that was answered must be stored completely.
    (data) => {
      const token = count(
        data,
        `SELECT count(*) AS count FROM artifacts WHERE kind = 'RefreshToken' AND account_id = ?`,
        first,
      );
      const logins = count(data, 'SELECT logins_count AS count FROM users WHERE user_id = ?', first);
      return token > 0 && logins > 0 ? 'all' : 'none';
    },
  );
  await write(
    'accounts linked',
    [
      'POST',
      `/api/v2/users/${encodeURIComponent(first)}/identities`,
      { provider: 'auth0', user_id: second.slice('auth0|'.length) },
    ],
    linked(first, second),
  );
  await write(
    'accounts unlinked',
    ['DELETE', `/api/v2/users/${encodeURIComponent(first)}/identities/auth0/${second.slice('auth0|'.length)}`],
    (data) => ({ all: 'none', none: 'all', half: 'half' })[linked(first, second)(data)] as Extent,
  );
  await write(
    'the deletion of an API, its grants and permissions',
    ['DELETE', `/api/v2/resource-servers/${encodeURIComponent(identifier)}`],
    gone([
      ['SELECT count(*) AS count FROM resource_servers WHERE identifier = ?', 1, identifier],
      ['SELECT count(*) AS count FROM role_permissions WHERE resource_server_identifier = ?', 3, identifier],
    ]),
  );
  await write(
    'the deletion of a user',
    ['DELETE', `/api/v2/users/${encodeURIComponent(third)}`],
    gone([
      [USERS, 1, emails[2] ?? ''],
      ['SELECT count(*) AS count FROM user_identities WHERE email_key = ?', 1, emails[2] ?? ''],
    ]),
  );
  await write(
    'the deletion of a role',
    ['DELETE', `/api/v2/roles/${role}`],
    gone([[`SELECT count(*) AS count FROM roles WHERE id = ?`, 1, role]]),
  );
}

const REALM = 'http://auth0.com/oauth/grant-type/password-realm';
const USERS = 'SELECT count(*) AS count FROM users WHERE email_key = ?';
const ROLE = 'SELECT sequence FROM roles WHERE id = ?';
const ROLES_NAMED = 'SELECT count(*) AS count FROM roles WHERE name = ?';
const ORGANIZATION = 'organization_sequence = (SELECT sequence FROM organizations WHERE name = ?)';

type Expected = readonly [sql: string, whole: number, ...values: string[]];

function counts(expected: readonly Expected[]): SentWrite['extent'] {
  return (data) => {
    const found = expected.map(([sql, , ...values]) => count(data, sql, ...values));
    if (found.every((number, index) => number === expected[index]?.[1])) return 'all';
    return found.every((number) => number === 0) ? 'none' : 'half';
  };
}

function gone(expected: readonly Expected[]): SentWrite['extent'] {
  return (data) => ({ all: 'none', none: 'all', half: 'half' })[counts(expected)(data)] as Extent;
}

function linked(first: string, second: string): SentWrite['extent'] {
  return (data) => {
    const alone = count(data, 'SELECT count(*) AS count FROM users WHERE user_id = ?', second);
    const of = '(SELECT sequence FROM users WHERE user_id = ?)';
    const identities = count(data, `SELECT count(*) AS count FROM user_identities WHERE user_sequence = ${of}`, first);
    const passwords = count(data, `SELECT count(*) AS count FROM linked_passwords WHERE user_sequence = ${of}`, first);
    if (alone === 0 && identities === 2 && passwords === 1) return 'all';
    return alone === 1 && identities === 1 && passwords === 0 ? 'none' : 'half';
  };
}

function count(data: DatabaseSync, sql: string, ...values: SQLInputValue[]): number {
  return Number(data.prepare(sql).get(...values)?.count ?? 0);
}

function passwordHash(data: DatabaseSync, email: string): string {
  const sql = 'SELECT hash FROM user_passwords JOIN users ON sequence = user_sequence WHERE email_key = ?';
  return String(data.prepare(sql).get(email)?.hash ?? '');
}
