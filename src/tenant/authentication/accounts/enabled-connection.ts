import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { Store } from '../../store/store.ts';

/**
 * The database connection that an application signs people in with.
 *
 * @param wanted a connection's name or realm, as the `connection` or `realm` parameter gives it. Without one, the
 * oldest database that is enabled for the application.
 * @param serves whether a connection will do at all, where an organization has its own.
 * @returns nothing where there is none, where it is no database, or where the application may not use it.
 * @example
 * enabledDatabase(store, client.client_id, 'Username-Password-Authentication');
 */
export function enabledDatabase(
  store: Store,
  clientId: string,
  wanted?: string,
  serves: (connection: ConnectionRecord) => boolean = () => true,
): ConnectionRecord | undefined {
  const databases = store.connections
    .enabledFor(clientId)
    .filter((connection) => connection.strategy === 'auth0' && serves(connection));
  if (wanted === undefined) return databases[0];
  return (
    databases.find((connection) => connection.name === wanted) ??
    databases.find((connection) => connection.realms.includes(wanted))
  );
}

/**
 * The connection of that name, if it leads to an identity provider elsewhere and the application may use it.
 *
 * @example
 * enabledProvider(store, client.client_id, 'google-oauth2');
 */
export function enabledProvider(store: Store, clientId: string, name: string): ConnectionRecord | undefined {
  return store.connections
    .enabledFor(clientId)
    .find((connection) => connection.name === name && connection.strategy !== 'auth0');
}
