import { newClient, newGlobalClient } from './management/client-record.ts';
import { newConnection } from './management/connection-record.ts';
import { managementScopes } from './management/management-scopes.ts';
import { newResourceServer } from './management/resource-servers.ts';
import { prefixedId } from './store/identifiers.ts';
import type { ClientGrantRecord } from './store/records/applications/client-grant-repository.ts';
import type { ClientRecord } from './store/records/applications/client-repository.ts';
import type { ResourceServerRecord } from './store/records/applications/resource-server-repository.ts';
import type { Store } from './store/store.ts';

const managementClientName = 'Portcullis Tenant Management';
/** Where the store remembers which of its applications is the one made here, whatever it is called by now. */
const managementClientSetting = 'management_client_id';
const managementAudienceSetting = 'management_audience';
const everything = { page: 0, perPage: -1 };

/**
 * Makes what an empty tenant is born with, and leaves alone what is there already: the Management API as a resource server
 * with every scope, a database and a social connection, the client that stands for all applications, and an application that
 * may do everything. A tenant that comes up at another address than before takes its grants along.
 *
 * @param options.audience identifier of the Management API: `https://localhost:4000/api/v2/`
 * @example
 * const { managementClient } = seedTenant(store, { audience });
 */
export function seedTenant(store: Store, { audience }: { audience: string }): { managementClient: ClientRecord } {
  return store.transaction(() => {
    const former = store.settings.get(managementAudienceSetting);
    furnishManagementApi(store, audience);
    if (typeof former === 'string' && former !== audience) moveGrants(store, former, audience);
    store.settings.set(managementAudienceSetting, audience);
    furnishGlobalClient(store);
    const managementClient = furnishManagementClient(store, audience);
    if (former === undefined) furnishConnections(store);
    return { managementClient };
  });
}

function furnishManagementApi(store: Store, audience: string): void {
  const known = store.resourceServers.findByIdentifier(audience);
  const made: ResourceServerRecord = {
    ...newResourceServer(audience, 'Auth0 Management API'),
    // What somebody made under this identifier, before it was this tenant's address, lends nothing but its id.
    ...(known !== undefined && { id: known.id }),
    is_system: true,
    scopes: managementScopes.map((value) => ({ value })),
    given: ['scopes'],
  };
  if (known === undefined) store.resourceServers.insert(made);
  else store.resourceServers.update(made);
}

function moveGrants(store: Store, former: string, audience: string): void {
  for (const grant of store.clientGrants.list({ audience: former }, everything).rows) {
    store.clientGrants.remove(grant.id);
    if (store.clientGrants.findFor(grant.client_id, audience, grant.subject_type) === undefined) {
      store.clientGrants.insert({ ...grant, audience });
    }
  }
  const server = store.resourceServers.findByIdentifier(former);
  if (server !== undefined) store.resourceServers.remove(server.id);
}

function furnishGlobalClient(store: Store): void {
  if (store.clients.list({ global: true }, everything).total > 0) return;
  store.clients.insert(newGlobalClient(new Date().toISOString()));
}

function furnishManagementClient(store: Store, audience: string): ClientRecord {
  const id = store.settings.get(managementClientSetting);
  const client = (typeof id === 'string' ? store.clients.find(id) : undefined) ?? makeManagementClient(store);
  const grant = store.clientGrants.findFor(client.client_id, audience);
  // A later version knows more scopes.
  if (grant !== undefined) store.clientGrants.update({ ...grant, scope: [...managementScopes] });
  else store.clientGrants.insert(managementGrant(client.client_id, audience));
  return client;
}

function makeManagementClient(store: Store): ClientRecord {
  const body = {
    name: managementClientName,
    app_type: 'non_interactive',
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'client_secret_post' as const,
    oidc_conformant: true,
    jwt_configuration: { alg: 'RS256' as const },
  };
  const client = newClient(body, new Date().toISOString());
  store.clients.insert(client);
  store.settings.set(managementClientSetting, client.client_id);
  return client;
}

function managementGrant(clientId: string, audience: string): ClientGrantRecord {
  return {
    id: prefixedId('cgr'),
    client_id: clientId,
    audience,
    scope: [...managementScopes],
    subject_type: 'client',
    other: {},
  };
}

function furnishConnections(store: Store): void {
  const connections = [
    newConnection('Username-Password-Authentication', 'auth0', {}),
    newConnection('google-oauth2', 'google-oauth2', {
      options: { email: true, profile: true, scope: ['email', 'profile'] },
    }),
  ];
  for (const connection of connections) {
    if (store.connections.findByName(connection.name) === undefined) store.connections.insert(connection);
  }
}
