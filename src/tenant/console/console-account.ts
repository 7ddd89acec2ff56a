import {
  consoleConnection,
  consoleRegistration,
  passwordDigest,
  registerConsole,
} from '../administrator/console-access.ts';
import { newClient } from '../management/applications/client-record.ts';
import { newConnection } from '../management/connections/connection-record.ts';
import { hexadecimalId } from '../store/identifiers.ts';
import type { ClientRecord } from '../store/records/applications/client-repository.ts';
import type { UserRecord } from '../store/records/users/user-row.ts';
import type { Store } from '../store/store.ts';
import { consolePassword } from './console-password.ts';

/** The credentials of the console's administrator. */
export interface ConsoleAccount {
  readonly clientId: string;
  readonly email: string;
  /** The same at every start with a data folder, otherwise a new one. */
  readonly password: string;
}

const email = 'administrator@tenant.example';

/**
 * Creates the console's application and its administrator, or updates those of an earlier start. The administrator has a database connection that no other application uses.
 *
 * @param options.consoleUrl URL of the console: `http://localhost:4001/console`
 * @param options.passwordFile file that stores the password; without it, the administrator gets a new one
 * @example
 * const { email, password } = await setUpConsole(store, { consoleUrl, hashPassword });
 */
export async function setUpConsole(
  store: Store,
  options: {
    readonly consoleUrl: string;
    readonly passwordFile?: string | undefined;
    readonly hashPassword: (password: string) => Promise<string>;
  },
): Promise<ConsoleAccount> {
  const password = consolePassword(options.passwordFile);
  const hash = await options.hashPassword(password);
  return store.transaction(() => {
    const earlier = consoleRegistration(store);
    const callback = `${options.consoleUrl}/callback`;
    const client = saveClient(store, earlier?.clientId, options.consoleUrl, callback);
    saveConnection(store, client.client_id);
    const user = recreateAdministrator(store, earlier?.userId, hash);
    registerConsole(store, {
      clientId: client.client_id,
      callback,
      userId: user.user_id,
      password: passwordDigest(hash),
    });
    return { clientId: client.client_id, email, password };
  });
}

function saveClient(store: Store, id: string | undefined, consoleUrl: string, callback: string): ClientRecord {
  const body = {
    name: 'Portcullis Console',
    app_type: 'spa' as const,
    callbacks: [callback],
    allowed_logout_urls: [consoleUrl],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'none' as const,
    oidc_conformant: true,
  };
  const created = newClient(body, new Date().toISOString());
  const existing = id === undefined ? undefined : store.clients.find(id);
  if (existing === undefined) {
    store.clients.insert(created);
    return created;
  }
  const updated = { ...created, client_id: existing.client_id };
  store.clients.update(updated);
  return updated;
}

function saveConnection(store: Store, clientId: string): void {
  const existing = store.connections.findByName(consoleConnection);
  if (existing !== undefined) {
    store.connections.update({ ...existing, enabled_clients: [clientId] });
    return;
  }
  const options = { disable_signup: true, brute_force_protection: true };
  store.connections.insert(newConnection(consoleConnection, 'auth0', { options, enabled_clients: [clientId] }));
}

function recreateAdministrator(store: Store, id: string | undefined, hash: string): UserRecord {
  const existing = id === undefined ? undefined : store.users.find(id);
  // Its failed attempts, which concern the earlier password, go with it.
  if (existing !== undefined) store.users.remove(existing.user_id);
  const at = new Date().toISOString();
  const identity = id === undefined ? hexadecimalId() : id.slice('auth0|'.length);
  const user: UserRecord = {
    user_id: `auth0|${identity}`,
    email,
    email_verified: true,
    name: 'Administrator of this tenant',
    nickname: 'administrator',
    user_metadata: {},
    app_metadata: {},
    identities: [{ connection: consoleConnection, provider: 'auth0', user_id: identity, isSocial: false }],
    created_at: at,
    updated_at: at,
    logins_count: 0,
  };
  store.users.insert(user, hash);
  return user;
}
