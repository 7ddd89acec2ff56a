import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { Store } from '../../store/store.ts';

/**
 * The database connection with which an application signs users in.
 *
 * @param requested a connection's name or realm, from the `connection` or `realm` parameter. Without it, the oldest
 * database that is enabled for the application.
 * @param serves whether a connection may be used at all: an organization has connections of its own.
 * @returns nothing if the connection does not exist, is not a database, or is not enabled for the application.
 * @example
 * enabledDatabase(store, client.client_id, 'Username-Password-Authentication');
 */
export function enabledDatabase(
  store: Store,
  clientId: string,
  requested?: string,
  serves: (connection: ConnectionRecord) => boolean = () => true,
): ConnectionRecord | undefined {
  const databases = store.connections
    .listEnabledFor(clientId)
    .filter((connection) => connection.strategy === 'auth0' && serves(connection));
  if (requested === undefined) return databases[0];
  return (
    databases.find((connection) => connection.name === requested) ??
    databases.find((connection) => connection.realms.includes(requested))
  );
}

/**
 * The connection of that name, if it belongs to an external identity provider and is enabled for the application.
 *
 * @example
 * enabledProvider(store, client.client_id, 'google-oauth2');
 */
export function enabledProvider(store: Store, clientId: string, name: string): ConnectionRecord | undefined {
  return store.connections
    .listEnabledFor(clientId)
    .find((connection) => connection.name === name && connection.strategy !== 'auth0');
}
