import type { ManagementClient } from 'auth0';
import type { Policy } from '../../policy/policy.ts';
import type { Person } from './cast.ts';

export const DATABASE_CONNECTION = 'Username-Password-Authentication';
export const SOCIAL_CONNECTION = 'google-oauth2';

/** What a relying party needs to know of itself. */
export interface ApplicationCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * An application for each that the policy guards, so that a policy written for a real tenant runs here as it is.
 *
 * @returns the credentials of the first, which the stand-in signs in as
 */
export async function ensureApplications(
  management: ManagementClient,
  policy: Policy,
): Promise<ApplicationCredentials> {
  const existing = new Map<string, ApplicationCredentials>();
  for await (const client of await management.clients.list({ is_global: false, per_page: 100 })) {
    if (client.name !== undefined && client.client_id !== undefined && client.client_secret !== undefined) {
      existing.set(client.name, { clientId: client.client_id, clientSecret: client.client_secret });
    }
  }
  let first: ApplicationCredentials | undefined;
  for (const name of policy.applications) {
    const credentials = existing.get(name) ?? (await createApplication(management, name));
    await enableConnections(management, credentials.clientId);
    first ??= credentials;
  }
  if (first === undefined) throw new Error('A policy guards at least one application.');
  return first;
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
 * Makes the people who sign in with a password, with the roles that they hold; those who are there already are left
 * as they are. People from a social provider come into being when they sign in.
 */
export async function ensureCast(management: ManagementClient, cast: readonly Person[]): Promise<void> {
  for (const person of cast) {
    if (person.password === undefined) continue;
    const [known] = await management.users.listUsersByEmail({ email: person.email });
    if (known !== undefined) continue;
    const user = await management.users.create({
      connection: DATABASE_CONNECTION,
      email: person.email,
      email_verified: person.emailVerified,
      password: person.password,
      name: person.name,
    });
    for (const role of person.roles) {
      const id = await ensureRole(management, role);
      if (user.user_id !== undefined) await management.users.roles.assign(user.user_id, { roles: [id] });
    }
  }
}

async function ensureRole(management: ManagementClient, name: string): Promise<string> {
  for await (const role of await management.roles.list({ name_filter: name })) {
    if (role.name === name && role.id !== undefined) return role.id;
  }
  const { id } = await management.roles.create({ name, description: name });
  if (id === undefined) throw new Error(`The tenant gave the role "${name}" no id.`);
  return id;
}
