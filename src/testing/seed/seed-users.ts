import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '../../problem/problem.ts';
import type { Members, SeedUser } from './seed.ts';
import { CONNECTIONS, ROLES, reference } from './seed-access.ts';
import type { SeedApi } from './seed-api.ts';
import { ORGANIZATIONS } from './seed-organizations.ts';

/** Users of one import; Auth0 limits an import to 500 KB. */
const USERS_OF_IMPORT = 1000;
/** IDs that one request may assign. */
const MOST_IDS = 100;
const MILLISECONDS_BETWEEN = 5;

interface IdentifiedUser extends SeedUser {
  readonly id: string;
}

/**
 * Creates users by imports, which take hashes of passwords, so that a large seed is fast. Then gives them their roles,
 * organizations and authenticator apps.
 *
 * @throws {Problem} `seed_refused`, `seed_reference_missing`
 * @see Auth0 docs: "Bulk User Imports".
 * @example await seedUsers(api, [{ email: 'una@example.com', password: 'Open-1-gate', roles: ['APEX User'] }]);
 */
export async function seedUsers(api: SeedApi, users: readonly SeedUser[]): Promise<void> {
  if (users.length === 0) return;
  const connections = await api.list(CONNECTIONS);
  const database = connections.find(({ strategy }) => strategy === 'auth0');
  const names = new Map(connections.map(({ name, id }) => [String(name), String(id)]));
  const isEmpty = ((await api.get('users?per_page=1')) as readonly unknown[]).length === 0;
  const identified: IdentifiedUser[] = [];
  const imports = new Map<string, IdentifiedUser[]>();
  for (const user of users) {
    const name = user.connection ?? String(database?.name);
    reference(names, 'users', name, 'connection', 'connection');
    const strategy = connections.find((one) => one.name === name)?.strategy;
    // Users of other connections come to be by their first sign-in.
    if (strategy !== 'auth0') {
      if (user.password !== undefined) throw passwordOutsideDatabase(name);
      continue;
    }
    const present = isEmpty ? undefined : await findPresent(api, user, name);
    if (present !== undefined) {
      await changeUser(api, present, user);
      // The app that an earlier seed has enrolled stays.
      const { otp: _, ...known } = user;
      identified.push({ ...known, id: present });
      continue;
    }
    const own = user.user_id ?? randomBytes(12).toString('hex');
    const one = { ...user, user_id: own, id: `auth0|${own}` };
    identified.push(one);
    imports.set(name, [...(imports.get(name) ?? []), one]);
  }
  for (const [name, ofConnection] of imports) await importUsers(api, names.get(name) ?? '', ofConnection);
  await assignRoles(api, identified);
  await addMembers(api, identified);
  for (const { id, otp, email } of identified) {
    if (otp === undefined) continue;
    const body = { type: 'totp', name: 'Authenticator app', totp_secret: otp };
    const place = { kind: 'users', name: email ?? id };
    await api.send('POST', `users/${encodeURIComponent(id)}/authentication-methods`, body, place);
  }
}

/** The ID of a user that an earlier seed has created. */
async function findPresent(api: SeedApi, user: SeedUser, connection: string): Promise<string | undefined> {
  const [member, value] = Object.entries({
    email: user.email?.toLowerCase(),
    username: user.username,
    phone_number: user.phone_number,
  }).find(([, text]) => text !== undefined) ?? ['user_id', ''];
  const query = `${member}:"${value}" AND identities.connection:"${connection}"`;
  const found = await api.get(`users?per_page=1&search_engine=v3&q=${encodeURIComponent(query)}`);
  return (found as readonly { user_id: string }[])[0]?.user_id;
}

async function changeUser(api: SeedApi, id: string, user: SeedUser): Promise<void> {
  const {
    roles: _,
    organizations: _organizations,
    otp: _otp,
    connection,
    user_id: _id,
    email,
    username,
    ...rest
  } = user;
  const place = { kind: 'users', name: email ?? username ?? id };
  const { password, ...profile } = rest;
  const path = `users/${encodeURIComponent(id)}`;
  if (Object.keys(profile).length > 0) await api.send('PATCH', path, profile, place);
  if (password !== undefined) await api.send('PATCH', path, { password, connection }, place);
}

async function importUsers(api: SeedApi, connection: string, users: readonly IdentifiedUser[]): Promise<void> {
  for (let start = 0; start < users.length; start += USERS_OF_IMPORT) {
    const part = users.slice(start, start + USERS_OF_IMPORT).map(importedUser);
    const job = await api.importUsers(connection, JSON.stringify(part));
    for (;;) {
      const { status } = (await api.get(`jobs/${job}`)) as { status: string };
      if (status === 'completed') break;
      if (status === 'failed') throw new Problem('seed_refused', 'The tenant refused the import of users.');
      await wait(MILLISECONDS_BETWEEN);
    }
    const errors = (await api.get(`jobs/${job}/errors`)) as readonly {
      user?: Members;
      errors?: { message?: string }[];
    }[];
    const [first] = Array.isArray(errors) ? errors : [];
    if (first === undefined) continue;
    const index = users.findIndex(
      ({ email, username }) => email === first.user?.email && username === first.user?.username,
    );
    const where = `users[${index < 0 ? '?' : index}]`;
    throw new Problem(
      'seed_refused',
      `The tenant refused ${where}: ${first.errors?.[0]?.message ?? 'no reason given'}`,
    );
  }
}

/** A salted digest suffices: the tenant replaces it by its own hash at the first sign-in. */
function importedUser(user: IdentifiedUser): Members {
  const {
    password,
    connection: _,
    roles: _roles,
    organizations: _organizations,
    otp: _otp,
    id: _id,
    ...profile
  } = user;
  const salt = randomBytes(8).toString('hex');
  return {
    email_verified: profile.email === undefined ? undefined : true,
    ...profile,
    ...(password !== undefined && {
      custom_password_hash: {
        algorithm: 'sha256',
        hash: {
          value: createHash('sha256')
            .update(salt + password)
            .digest('hex'),
          encoding: 'hex',
        },
        salt: { value: salt, encoding: 'utf8', position: 'prefix' },
      },
    }),
  };
}

async function assignRoles(api: SeedApi, users: readonly IdentifiedUser[]): Promise<void> {
  const holders = groupBy(users, ({ roles }) => roles);
  if (holders.size === 0) return;
  const roles = new Map((await api.list(ROLES)).map(({ name, id }) => [String(name), String(id)]));
  for (const [name, ids] of holders) {
    const place = { kind: 'users', name: `role ${name}` };
    const id = roles.get(name) ?? (await api.send('POST', 'roles', { name, description: name }, place))?.id;
    for (const part of inParts(ids)) await api.send('POST', `roles/${id}/users`, { users: part }, place);
  }
}

async function addMembers(api: SeedApi, users: readonly IdentifiedUser[]): Promise<void> {
  const members = groupBy(users, ({ organizations }) => organizations);
  if (members.size === 0) return;
  const organizations = new Map((await api.list(ORGANIZATIONS)).map(({ name, id }) => [String(name), String(id)]));
  for (const [name, ids] of members) {
    const id = reference(organizations, 'users', name, 'organizations', 'organization');
    const place = { kind: 'users', name: `organization ${name}` };
    for (const part of inParts(ids)) await api.send('POST', `organizations/${id}/members`, { members: part }, place);
  }
}

function groupBy(
  users: readonly IdentifiedUser[],
  namesOf: (user: IdentifiedUser) => readonly string[] | undefined,
): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const user of users) {
    for (const name of namesOf(user) ?? []) {
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [user.id]);
      else group.push(user.id);
    }
  }
  return groups;
}

function inParts(ids: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let start = 0; start < ids.length; start += MOST_IDS) parts.push(ids.slice(start, start + MOST_IDS));
  return parts;
}

function passwordOutsideDatabase(connection: string): Problem {
  return new Problem(
    'seed_invalid',
    `users: a user of the connection "${connection}" has a password, and only users of a database have one.`,
    'Leave out the password, or the connection.',
  );
}
