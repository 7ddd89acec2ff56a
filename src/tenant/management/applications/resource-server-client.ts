import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { ResourceServerRecord } from '../../store/records/applications/resource-server-repository.ts';
import type { Store } from '../../store/store.ts';
import { invalidBody } from '../http/api-error.ts';

/**
 * An application of the type `resource_server` is an API that requests tokens itself. The API names its application.
 *
 * @throws ApiError 400 `invalid_body` if there is no such API, or it has an application already
 * @see Auth0 docs: "On-Behalf-Of Token Exchange"
 */
export function linkResourceServer(store: Store, client: ClientRecord): void {
  const identifier = client.other.resource_server_identifier;
  if (identifier === undefined) return;
  if (client.app_type !== 'resource_server') {
    throw invalidBody('Only an application with the app_type resource_server has a resource_server_identifier.');
  }
  const api = apiOf(store, client);
  if (api === undefined) throw invalidBody(`There is no resource server with the identifier ${String(identifier)}.`);
  if (api.other.client_id !== undefined) {
    throw invalidBody(`The resource server ${api.identifier} has an application already.`);
  }
  store.resourceServers.update({ ...api, other: { ...api.other, client_id: client.client_id } });
}

/** Removes the application's link from its API. */
export function unlinkResourceServer(store: Store, client: ClientRecord): void {
  const api = apiOf(store, client);
  if (api?.other.client_id !== client.client_id) return;
  const { client_id: _, ...other } = api.other;
  store.resourceServers.update({ ...api, other });
}

function apiOf(store: Store, { other }: ClientRecord): ResourceServerRecord | undefined {
  const identifier = other.resource_server_identifier;
  return typeof identifier === 'string' ? store.resourceServers.findByIdentifier(identifier) : undefined;
}
