import { newClient, newGlobalClient } from './management/applications/client-record.ts';
import { newResourceServer } from './management/applications/resource-server-record.ts';
import { newConnection } from './management/connections/connection-record.ts';
import { managementScope, managementScopes } from './management/management-scopes.ts';
import { prefixedId } from './store/identifiers.ts';
import type { ClientGrantRecord } from './store/records/applications/client-grant-repository.ts';
import type { ClientRecord } from './store/records/applications/client-repository.ts';
import type { ResourceServerRecord } from './store/records/applications/resource-server-repository.ts';
import type { Store } from './store/store.ts';

const managementClientName = 'Portcullis Tenant Management';
/** Setting with the client id of the application created here. Its name may change; its id does not. */
const managementClientSetting = 'management_client_id';
const managementAudienceSetting = 'management_audience';
const wholeList = { page: 0, perPage: -1 };

/** A regular web application. */
export interface FirstApplication {
  readonly name: string;
  readonly callbacks: readonly string[];
  readonly logoutUrls: readonly string[];
}

/**
 * Creates the resources of an empty tenant, and keeps those that exist: the Management API as a resource server with every
 * scope, a database and a social connection, the "All Applications" client, and an application that may do everything.
 * If the tenant's address has changed, its grants for the Management API move to the new one.
 *
 * @param options.audience identifier of the Management API: `https://localhost:4000/api/v2/`
 * @param options.application an application that users sign in to, which a new tenant has from the beginning
 * @example
 * const { managementClient } = seedTenant(store, { audience });
 */
export function seedTenant(
  store: Store,
  { audience, application }: { readonly audience: string; readonly application?: FirstApplication | undefined },
): { readonly managementClient: ClientRecord; readonly firstClient?: ClientRecord } {
  return store.transaction(() => {
    const former = store.settings.get(managementAudienceSetting);
    seedManagementApi(store, audience);
    if (typeof former === 'string' && former !== audience) moveGrants(store, former, audience);
    store.settings.set(managementAudienceSetting, audience);
    seedGlobalClient(store);
    const managementClient = seedManagementClient(store, audience);
    const isNew = former === undefined;
    const firstClient = isNew && application !== undefined ? seedApplication(store, application) : undefined;
    if (isNew) seedConnections(store, firstClient);
    return { managementClient, ...(firstClient !== undefined && { firstClient }) };
  });
}

function seedManagementApi(store: Store, audience: string): void {
  const existing = store.resourceServers.findByIdentifier(audience);
  const server: ResourceServerRecord = {
    ...newResourceServer(audience, 'Auth0 Management API'),
    // A resource server that had this identifier before keeps only its id.
    ...(existing !== undefined && { id: existing.id }),
    is_system: true,
    scopes: managementScopes.map(managementScope),
    given: ['scopes'],
  };
  if (existing === undefined) store.resourceServers.insert(server);
  else store.resourceServers.update(server);
}

function moveGrants(store: Store, former: string, audience: string): void {
  for (const grant of store.clientGrants.list({ audience: former }, wholeList).rows) {
    store.clientGrants.remove(grant.id);
    if (store.clientGrants.findFor(grant.client_id, audience, grant.subject_type) === undefined) {
      store.clientGrants.insert({ ...grant, audience });
    }
  }
  const server = store.resourceServers.findByIdentifier(former);
  if (server !== undefined) store.resourceServers.remove(server.id);
}

function seedGlobalClient(store: Store): void {
  if (store.clients.list({ global: true }, wholeList).total > 0) return;
  store.clients.insert(newGlobalClient(new Date().toISOString()));
}

function seedManagementClient(store: Store, audience: string): ClientRecord {
  const id = store.settings.get(managementClientSetting);
  const client = (typeof id === 'string' ? store.clients.find(id) : undefined) ?? makeManagementClient(store);
  const grant = store.clientGrants.findFor(client.client_id, audience);
  // A later version of Portcullis may know more scopes.
  if (grant !== undefined) store.clientGrants.update({ ...grant, scope: [...managementScopes] });
  else store.clientGrants.insert(managementGrant(client.client_id, audience));
  return client;
}

function makeManagementClient(store: Store): ClientRecord {
  const body = {
    name: managementClientName,
    app_type: 'non_interactive' as const,
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

function seedApplication(store: Store, application: FirstApplication): ClientRecord {
  const { name, callbacks, logoutUrls } = application;
  const body = {
    name,
    app_type: 'regular_web' as const,
    callbacks: [...callbacks],
    allowed_logout_urls: [...logoutUrls],
  };
  const client = newClient(body, new Date().toISOString());
  store.clients.insert(client);
  return client;
}

/** Users of a new tenant may sign in to its first application with every connection. */
function seedConnections(store: Store, client: ClientRecord | undefined): void {
  const connections = [
    newConnection('Username-Password-Authentication', 'auth0', {}),
    newConnection('google-oauth2', 'google-oauth2', {
      options: { email: true, profile: true, scope: ['email', 'profile'] },
    }),
  ];
  for (const connection of connections) {
    if (store.connections.findByName(connection.name) !== undefined) continue;
    store.connections.insert({ ...connection, ...(client !== undefined && { enabled_clients: [client.client_id] }) });
  }
}
