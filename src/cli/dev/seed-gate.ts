import type { ManagementClient } from 'auth0';
import type { Policy } from '../../policy/policy.ts';
import type { Person } from './cast.ts';

export const DATABASE_CONNECTION = 'Username-Password-Authentication';
export const SOCIAL_CONNECTION = 'google-oauth2';

/** The credentials that a relying party needs. */
export interface ApplicationCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** An application that the policy guards, by its name or its client ID there. */
export interface GuardedApplication extends ApplicationCredentials {
  readonly name: string;
}

/**
 * Creates an application for each that the policy guards, so that a policy for a real tenant runs here unchanged.
 *
 * @returns the applications in the order of the policy, at least one
 */
export async function ensureApplications(
  management: ManagementClient,
  policy: Policy,
): Promise<readonly [GuardedApplication, ...GuardedApplication[]]> {
  const existing = new Map<string, ApplicationCredentials>();
  for await (const client of await management.clients.list({ is_global: false, per_page: 100 })) {
    if (client.name !== undefined && client.client_id !== undefined && client.client_secret !== undefined) {
      const credentials = { clientId: client.client_id, clientSecret: client.client_secret };
      // A policy may name an application by its name or its client ID.
      existing.set(client.name, credentials).set(client.client_id, credentials);
    }
  }
  const guarded: GuardedApplication[] = [];
  for (const name of policy.applications) {
    const credentials = existing.get(name) ?? (await createApplication(management, name));
    await enableConnections(management, credentials.clientId);
    guarded.push({ ...credentials, name });
  }
  const [first, ...others] = guarded;
  if (first === undefined) throw new Error('A policy guards at least one application.');
  return [first, ...others];
}

/**
 * Creates the API that an exported scheme requests a token for, so that the tenant knows it as the real one does.
 *
 * @param parameters the scheme's *Authentication URI Parameters*
 */
export async function ensureAudience(management: ManagementClient, parameters = ''): Promise<void> {
  const identifier = new URLSearchParams(parameters).get('audience');
  if (identifier === null || identifier === '') return;
  for await (const api of await management.resourceServers.list({ per_page: 100 })) {
    if (api.identifier === identifier) return;
  }
  await management.resourceServers.create({ identifier, name: 'API of the exported scheme' });
}

async function createApplication(management: ManagementClient, name: string): Promise<ApplicationCredentials> {
  const created = await management.clients.create({
    name,
    app_type: 'regular_web',
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'client_secret_post',
    oidc_conformant: true,
  });
  if (created.client_id === undefined || created.client_secret === undefined) {
    throw new Error(`The tenant gave the application "${name}" no credentials.`);
  }
  return { clientId: created.client_id, clientSecret: created.client_secret };
}

async function enableConnections(management: ManagementClient, clientId: string): Promise<void> {
  for await (const connection of await management.connections.list()) {
    const known = connection.name === DATABASE_CONNECTION || connection.name === SOCIAL_CONNECTION;
    if (known && connection.id !== undefined) {
      await management.connections.clients.update(connection.id, [{ client_id: clientId, status: true }]);
    }
  }
}

/**
 * Creates the users who sign in with a password. Existing users get the roles that the cast defines, lose roles that only
 * the former cast defined, and keep all others. Users of a social provider are created by their sign-in.
 *
 * @param former the cast of the previous policy
 * @returns the cast with the names of the roles that each user has on the tenant
 */
export async function ensureCast(
  management: ManagementClient,
  cast: readonly Person[],
  former: readonly Person[],
): Promise<Person[]> {
  const people: Person[] = [];
  for (const person of cast) {
    const [known] = await management.users.listUsersByEmail({ email: person.email });
    const id = known?.user_id ?? (await createPerson(management, person));
    if (id === undefined) {
      people.push(person);
      continue;
    }
    const before = known === undefined ? [] : await rolesOf(management, id);
    const formerRoles = former.find(({ email }) => email === person.email)?.roles ?? [];
    const surplus = before.filter((role) => formerRoles.includes(role) && !person.roles.includes(role));
    if (surplus.length > 0) {
      const roles = await Promise.all(surplus.map((role) => ensureRole(management, role)));
      await management.users.roles.delete(id, { roles });
    }
    const held = before.filter((role) => !surplus.includes(role));
    const missing = person.roles.filter((role) => !held.includes(role));
    for (const role of missing) {
      await management.users.roles.assign(id, { roles: [await ensureRole(management, role)] });
    }
    people.push({ ...person, roles: [...held, ...missing] });
  }
  return people;
}

/** Returns the names of the roles of a user. */
export async function rolesOf(management: ManagementClient, userId: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of await management.users.roles.list(userId)) {
    if (name !== undefined) names.push(name);
  }
  return names;
}

async function createPerson(management: ManagementClient, person: Person): Promise<string | undefined> {
  if (person.password === undefined) return undefined;
  const user = await management.users.create({
    connection: DATABASE_CONNECTION,
    email: person.email,
    email_verified: person.emailVerified,
    password: person.password,
    name: person.name,
  });
  return user.user_id;
}

async function ensureRole(management: ManagementClient, name: string): Promise<string> {
  for await (const role of await management.roles.list({ name_filter: name })) {
    if (role.name === name && role.id !== undefined) return role.id;
  }
  const { id } = await management.roles.create({ name, description: name });
  if (id === undefined) throw new Error(`The tenant gave the role "${name}" no id.`);
  return id;
}

/**
 * Enables one-time passwords if a rule asks for a second factor, since a user can enroll here in no other: without it, such a login would
 * be refused.
 *
 * @returns whether it enabled them
 */
export async function ensureFactor(management: ManagementClient, { admit = [] }: Policy): Promise<boolean> {
  if (admit.every(({ mfa }) => mfa !== true)) return false;
  const factors = await management.guardian.factors.list();
  if (factors.some(({ name, enabled }) => enabled === true && name === 'otp')) return false;
  await management.guardian.factors.set('otp', { enabled: true });
  return true;
}
