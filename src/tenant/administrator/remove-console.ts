import type { Store } from '../store/store.ts';
import { consoleConnection, consoleRegistration, registerConsole } from './console-access.ts';

/** Removes the console of an earlier start. Its tokens and its administrator then give no access. */
export function removeConsole(store: Store): void {
  const earlier = consoleRegistration(store);
  if (earlier === undefined) return;
  store.transaction(() => {
    registerConsole(store, undefined);
    store.users.remove(earlier.userId);
    store.clients.remove(earlier.clientId);
    const connection = store.connections.findByName(consoleConnection);
    if (connection !== undefined) store.connections.remove(connection.id);
  });
}
