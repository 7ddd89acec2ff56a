import { Problem } from '../../problem/problem.ts';
import type { Members, Seed, SeedConnection } from './seed.ts';
import type { Collection, SeedApi } from './seed-api.ts';

export const CLIENTS: Collection = { path: 'clients', identity: 'name', id: 'client_id', fixed: [] };
export const CONNECTIONS: Collection = { path: 'connections', identity: 'name', id: 'id', fixed: ['name', 'strategy'] };
export const ROLES: Collection = { path: 'roles', identity: 'name', id: 'id', fixed: [] };
const RESOURCE_SERVERS: Collection = {
  path: 'resource-servers',
  identity: 'identifier',
  id: 'id',
  fixed: ['identifier', 'is_system', 'client_id'],
};
const CLIENT_GRANTS: Collection = {
  path: 'client-grants',
  identity: 'id',
  id: 'id',
  fixed: ['client_id', 'audience', 'subject_type'],
};

/** Members of an exported application that a tenant decides. */
const OWN_OF_CLIENT = [
  // Written later, when what it refers to exists.
  'express_configuration',
  'client_id',
  'is_global',
  'global',
  'tenant',
  'signing_keys',
  'callback_url_template',
  'owners',
  'external_metadata_type',
  'external_metadata_created_by',
  'jwks_uri',
  // The former name of `cross_origin_authentication`.
  'cross_origin_auth',
];
/** Members that only a new application may have. */
const FIXED_OF_CLIENT = ['resource_server_identifier', 'third_party_security_mode'];
/** Members of an exported connection that are resources of their own. */
const PARTS_OF_CONNECTION = [
  'enabled_clients',
  'id',
  'scim_configuration',
  'directory_provisioning_configuration',
  'realms',
];
const MANAGEMENT_API_NAME = 'Auth0 Management API';
const ANY_MANAGEMENT_API = /^https:\/\/[^/]+\/api\/v2\/$/;
const MOST_CLIENTS = 50;

/**
 * Creates APIs, applications, connections, grants and roles.
 *
 * @throws {Problem} `seed_refused`, `seed_reference_missing`
 * @example await seedAccess(api, { clients: [{ name: 'APEX' }] });
 */
export async function seedAccess(api: SeedApi, seed: Seed): Promise<void> {
  for (const server of seed.resourceServers ?? []) {
    // Each tenant has its own.
    if (server.name === MANAGEMENT_API_NAME || ANY_MANAGEMENT_API.test(server.identifier)) continue;
    const place = { kind: 'resourceServers', name: server.identifier };
    await api.put(RESOURCE_SERVERS, without(server as unknown as Members, ['id', 'is_system', 'client_id']), place);
  }
  const clients = await seedClients(api, seed);
  await seedConnections(api, seed, clients);
  for (const grant of seed.clientGrants ?? []) {
    const audience = ANY_MANAGEMENT_API.test(grant.audience) ? api.audience : grant.audience;
    const client_id = reference(clients, 'clientGrants', grant.client_id, 'client_id', 'application');
    await seedGrant(
      api,
      { ...without(grant, ['id', 'is_system', 'default_for']), client_id, audience },
      grant.client_id,
    );
  }
  for (const { permissions, ...role } of seed.roles ?? []) {
    const place = { kind: 'roles', name: role.name };
    const created = await api.put(ROLES, without(role as Members, ['id']), place);
    if (created === undefined || permissions === undefined || permissions.length === 0) continue;
    const local = permissions.map(({ permission_name, resource_server_identifier: identifier }) => ({
      permission_name,
      resource_server_identifier: ANY_MANAGEMENT_API.test(identifier) ? api.audience : identifier,
    }));
    await api.send('POST', `roles/${created.id}/permissions`, { permissions: local }, place);
  }
}

async function seedClients(api: SeedApi, seed: Seed): Promise<ReadonlyMap<string, string>> {
  const ids = new Map((await api.list(CLIENTS)).map((client) => [String(client.name), String(client.client_id)]));
  for (const client of seed.clients ?? []) {
    const place = { kind: 'clients', name: client.name };
    const { external_client_id, token_vault_privileged_access, ...members } = client as unknown as Members;
    if (token_vault_privileged_access !== undefined) {
      // The deploy CLI exports it without its credentials, and imports it nowhere.
      api.omissions.push({ ...place, reason: 'Its token_vault_privileged_access has no credentials in an export.' });
    }
    const body = clientBody(members);
    if (external_client_id !== undefined && !ids.has(client.name)) {
      // A client with a metadata document is registered by its address, and then has what the seed says.
      const registered = await api.send('POST', 'clients/cimd/register', { external_client_id }, place);
      if (registered === undefined) continue;
      ids.set(client.name, String(registered.client_id));
    }
    const known = ids.get(client.name);
    // Two applications may have the same name, so the tenant would create another.
    if (known !== undefined) await api.send('PATCH', `clients/${known}`, changesOf(body), place);
    else {
      const created = await api.send('POST', 'clients', body, place);
      if (created !== undefined) ids.set(client.name, String(created.client_id));
    }
  }
  return ids;
}

function clientBody(client: Members): Members {
  const { cross_origin_auth, cross_origin_authentication = cross_origin_auth } = client;
  return without({ ...client, cross_origin_authentication }, OWN_OF_CLIENT);
}

function changesOf(body: Members): Members {
  const { jwt_configuration, ...changes } = without(body, FIXED_OF_CLIENT);
  if (typeof jwt_configuration !== 'object' || jwt_configuration === null) return without(body, FIXED_OF_CLIENT);
  return { ...changes, jwt_configuration: without(jwt_configuration as Members, ['secret_encoded']) };
}

async function seedGrant(api: SeedApi, grant: Members, name: string): Promise<void> {
  const place = { kind: 'clientGrants', name };
  const existing = (await api.list(CLIENT_GRANTS)).find(
    (one) =>
      one.client_id === grant.client_id &&
      one.audience === grant.audience &&
      (one.subject_type ?? 'client') === (grant.subject_type ?? 'client'),
  );
  if (existing === undefined) await api.send('POST', 'client-grants', grant, place);
  else await api.send('PATCH', `client-grants/${existing.id}`, without(grant, CLIENT_GRANTS.fixed), place);
}

async function seedConnections(api: SeedApi, seed: Seed, clients: ReadonlyMap<string, string>): Promise<void> {
  const connections: readonly SeedConnection[] = [...(seed.databases ?? []), ...(seed.connections ?? [])];
  for (const connection of connections) {
    const place = { kind: seed.databases?.includes(connection) ? 'databases' : 'connections', name: connection.name };
    const created = await api.put(
      CONNECTIONS,
      // As the deploy CLI does: a database need not name its strategy.
      { ...(place.kind === 'databases' && { strategy: 'auth0' }), ...without(connection, PARTS_OF_CONNECTION) },
      place,
    );
    if (created === undefined) continue;
    const { enabled_clients: names, scim_configuration, directory_provisioning_configuration } = connection;
    if (names !== undefined) {
      // An export names the applications of its own tenant too, such as the deploy CLI's.
      const ids = names.flatMap((name) => clients.get(name) ?? []);
      for (const name of names.filter((one) => !clients.has(one))) {
        api.omissions.push({ ...place, reason: `The seed has no application "${name}", for which it is enabled.` });
      }
      // As the deploy CLI does: a list says all of them, and an empty one says nothing.
      if (ids.length > 0) await enable(api, String(created.id), ids, place, [...clients.values()]);
    }
    if (scim_configuration) {
      const body = without(scim_configuration as Members, ['connection_id', 'connection_name', 'strategy']);
      await api.send('POST', `connections/${created.id}/scim-configuration`, body, place);
    }
    if (directory_provisioning_configuration) {
      const { synchronized_groups: groups, ...configuration } = directory_provisioning_configuration as Members;
      const body = without(configuration, ['connection_id', 'connection_name', 'strategy']);
      const path = `connections/${created.id}/directory-provisioning`;
      await api.send('POST', path, body, place);
      if (groups !== undefined) await api.send('PUT', `${path}/synchronized-groups`, { groups }, place);
    }
  }
  // A connection that names no applications is for all of them, so that a short seed can be signed in to.
  const all = (seed.clients ?? []).flatMap((client) => clients.get(client.name) ?? []);
  const isShort = connections.length === 0;
  for (const { name, id } of all.length === 0 ? [] : await api.list(CONNECTIONS)) {
    const seeded = connections.find((one) => one.name === name);
    if (!isShort && (seeded === undefined || seeded.enabled_clients !== undefined)) continue;
    await enable(api, String(id), all, { kind: 'connections', name: String(name) });
  }
}

async function enable(
  api: SeedApi,
  connection: string,
  ids: readonly string[],
  place: { kind: string; name: string },
  all: readonly string[] = ids,
): Promise<void> {
  const changes = [...new Set([...ids, ...all])].map((client_id) => ({ client_id, status: ids.includes(client_id) }));
  for (let start = 0; start < changes.length; start += MOST_CLIENTS) {
    await api.send('PATCH', `connections/${connection}/clients`, changes.slice(start, start + MOST_CLIENTS), place);
  }
}

/**
 * Finds the ID for a name in a seed.
 *
 * @throws {Problem} `seed_reference_missing`
 */
export function reference(
  ids: ReadonlyMap<string, string>,
  kind: string,
  name: string,
  member: string,
  what: string,
): string {
  const id = ids.get(name) ?? [...ids.values()].find((one) => one === name);
  if (id !== undefined) return id;
  throw new Problem(
    'seed_reference_missing',
    `${kind}: ${member} names the ${what} "${name}", which does not exist.`,
    `Add the ${what} to the seed, or correct the name. There are: ${[...ids.keys()].join(', ') || 'none'}`,
  );
}

/** A copy without some members, and without those that are `undefined`. */
export function without(body: Members, names: readonly string[]): Members {
  return Object.fromEntries(
    Object.entries(body).filter(([name, value]) => !names.includes(name) && value !== undefined),
  );
}
