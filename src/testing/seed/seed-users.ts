import { randomBytes } from 'node:crypto';
import { Problem } from '../../problem/problem.ts';
import { type IdentifiedUser, importSeedUsers } from './import-seed-users.ts';
import type { Members, SeedUser } from './seed.ts';
import { CONNECTIONS, ROLES, reference } from './seed-access.ts';
import type { SeedApi } from './seed-api.ts';
import { ORGANIZATIONS } from './seed-organizations.ts';

/** IDs that one request may assign. */
const MOST_IDS = 100;
/** So many users are looked up one by one; to find more of them, all users of the tenant are read. */
const MOST_SEARCHES = 20;
/** The members that each stand for a user. */
const NAMES = ['email', 'username', 'phone_number'] as const;

/**
 * Creates users by imports, which take hashes of passwords, so that a large seed is fast. Then gives them their roles,
 * organizations and authenticator apps. Users who exist are changed.
 *
 * @throws {Problem} `seed_invalid`, `seed_refused`, `seed_reference_missing`
 * @see Auth0 docs: "Bulk User Imports".
 * @example await seedUsers(api, [{ email: 'una@example.com', password: 'Open-1-gate', roles: ['APEX User'] }]);
 */
export async function seedUsers(api: SeedApi, users: readonly SeedUser[]): Promise<void> {
  if (users.length === 0) return;
  const connections = await api.list(CONNECTIONS);
  const database = connections.find(({ strategy }) => strategy === 'auth0');
  const strategies = new Map(connections.map(({ name, strategy }) => [String(name), strategy]));
  const names = new Map(connections.map(({ name, id }) => [String(name), String(id)]));
  const findPresent = await presentUsers(api, users);
  const places = new Map<string, number>();
  const identified: IdentifiedUser[] = [];
  const imports = new Map<string, IdentifiedUser[]>();
  for (const [index, user] of users.entries()) {
    const name = user.connection ?? String(database?.name);
    reference(names, 'users', name, 'connection', 'connection');
    // Users of other connections come to be by their first sign-in.
    if (strategies.get(name) !== 'auth0') {
      if (user.password !== undefined) throw passwordOutsideDatabase(name);
      continue;
    }
    for (const key of keysOf(user, name)) {
      const first = places.get(key);
      if (first !== undefined) throw sameUser(first, index);
      places.set(key, index);
    }
    const present = await findPresent(user, name);
    const id = present ?? `auth0|${user.user_id ?? randomBytes(12).toString('hex')}`;
    const one = { ...user, id, index, isPresent: present !== undefined };
    identified.push(one);
    // A linked account is changed at the user who has it.
    if (!id.startsWith('auth0|')) {
      await changeUser(api, one);
      continue;
    }
    const others = imports.get(name);
    if (others === undefined) imports.set(name, [one]);
    else others.push(one);
  }
  for (const [name, ofConnection] of imports) {
    for (const user of await importSeedUsers(api, names.get(name) ?? '', ofConnection)) await changeUser(api, user);
  }
  await assignRoles(api, identified);
  await addMembers(api, identified);
  for (const { id, index, otp, isPresent } of identified) {
    // The app that an earlier seed has enrolled stays.
    if (otp === undefined || isPresent) continue;
    const body = { type: 'totp', name: 'Authenticator app', totp_secret: otp };
    const place = { kind: 'users', name: `users[${index}].otp` };
    await api.send('POST', `users/${encodeURIComponent(id)}/authentication-methods`, body, place);
  }
}

/** The keys under which a user of a connection is the same as another. */
function keysOf(user: Members | SeedUser, connection: string): readonly string[] {
  return NAMES.flatMap((member) =>
    user[member] === undefined ? [] : [JSON.stringify([connection, member, String(user[member]).toLowerCase()])],
  );
}

/** Finds the IDs of the users of the tenant, such as those of an earlier seed. */
async function presentUsers(
  api: SeedApi,
  users: readonly SeedUser[],
): Promise<(user: SeedUser, connection: string) => string | undefined | Promise<string | undefined>> {
  if (((await api.get('users?per_page=1')) as readonly unknown[]).length === 0) return () => undefined;
  if (users.length <= MOST_SEARCHES) return (user, connection) => searchUser(api, user, connection);
  const ids = new Map<string, string>();
  for (const user of await api.exportUsers([...NAMES, 'user_id', 'identities'])) {
    const [first] = (user.identities ?? []) as readonly { readonly connection?: string }[];
    for (const key of keysOf(user, String(first?.connection))) ids.set(key, String(user.user_id));
  }
  return (user, connection) => ids.get(keysOf(user, connection)[0] ?? '');
}

async function searchUser(api: SeedApi, user: SeedUser, connection: string): Promise<string | undefined> {
  const member = NAMES.find((name) => user[name] !== undefined) ?? 'email';
  const value = member === 'email' ? user.email?.toLowerCase() : user[member];
  const query = `${member}:"${value}" AND identities.connection:"${connection}"`;
  const found = await api.get(`users?per_page=1&search_engine=v3&q=${encodeURIComponent(query)}`);
  return (found as readonly { user_id: string }[])[0]?.user_id;
}

/** Changes a user whose password a login has hashed. */
async function changeUser(api: SeedApi, user: IdentifiedUser): Promise<void> {
  const {
    id,
    index,
    roles: _,
    organizations: _organizations,
    otp: _otp,
    isPresent: _isPresent,
    user_id: _id,
    email: _email,
    username: _username,
    connection,
    password,
    ...profile
  } = user;
  const place = { kind: 'users', name: `users[${index}]` };
  const path = `users/${encodeURIComponent(id)}`;
  if (Object.keys(profile).length > 0) await api.send('PATCH', path, profile, place);
  if (password !== undefined) await api.send('PATCH', path, { password, connection }, place);
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

function sameUser(first: number, index: number): Problem {
  return new Problem(
    'seed_invalid',
    `users[${index}] is the same user as users[${first}].`,
    'Name each user of a connection once in a seed.',
  );
}

function passwordOutsideDatabase(connection: string): Problem {
  return new Problem(
    'seed_invalid',
    `users: a user of the connection "${connection}" has a password, and only users of a database have one.`,
    'Leave out the password, or the connection.',
  );
}
