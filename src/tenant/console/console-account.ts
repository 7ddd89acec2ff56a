import { randomInt } from 'node:crypto';
import {
  consoleConnection,
  consoleRegistration,
  passwordDigest,
  registerConsole,
} from '../administrator/console-access.ts';
import { newClient } from '../management/client-record.ts';
import { newConnection } from '../management/connection-record.ts';
import { hexadecimalId } from '../store/identifiers.ts';
import type { ClientRecord } from '../store/records/applications/client-repository.ts';
import type { UserRecord } from '../store/records/users/user-row.ts';
import type { Store } from '../store/store.ts';

/** How the console's administrator signs in. */
export interface ConsoleAccount {
  readonly clientId: string;
  readonly email: string;
  /** Another one at every start. */
  readonly password: string;
}

const email = 'administrator@tenant.example';

/**
 * Makes the console's application and its administrator, or takes those of an earlier start and gives the administrator a
 * new password. The administrator has a database of its own, which no other application signs people in with.
 *
 * @param options.consoleUrl where the console is: `http://localhost:4001/console`
 * @example
 * const { email, password } = await furnishConsole(store, { consoleUrl, hashPassword });
 */
export async function furnishConsole(
  store: Store,
  options: { readonly consoleUrl: string; readonly hashPassword: (password: string) => Promise<string> },
): Promise<ConsoleAccount> {
  const password = newPassword();
  const hash = await options.hashPassword(password);
  return store.transaction(() => {
    const earlier = consoleRegistration(store);
    const callback = `${options.consoleUrl}/callback`;
    const client = furnishClient(store, earlier?.clientId, options.consoleUrl, callback);
    furnishConnection(store, client.client_id);
    const user = furnishAdministrator(store, earlier?.userId, hash);
    registerConsole(store, {
      clientId: client.client_id,
      callback,
      userId: user.user_id,
      password: passwordDigest(hash),
    });
    return { clientId: client.client_id, email, password };
  });
}

/** Takes away what an earlier start with a console has made: its tokens and its administrator open nothing then. */
export function withdrawConsole(store: Store): void {
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

function furnishClient(store: Store, id: string | undefined, consoleUrl: string, callback: string): ClientRecord {
  const body = {
    name: 'Portcullis Console',
    app_type: 'spa',
    callbacks: [callback],
    allowed_logout_urls: [consoleUrl],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'none' as const,
    oidc_conformant: true,
  };
  const made = newClient(body, new Date().toISOString());
  const known = id === undefined ? undefined : store.clients.find(id);
  if (known === undefined) {
    store.clients.insert(made);
    return made;
  }
  const renewed = { ...made, client_id: known.client_id };
  store.clients.update(renewed);
  return renewed;
}

function furnishConnection(store: Store, clientId: string): void {
  const known = store.connections.findByName(consoleConnection);
  if (known !== undefined) {
    store.connections.update({ ...known, enabled_clients: [clientId] });
    return;
  }
  const options = { disable_signup: true, brute_force_protection: true };
  store.connections.insert(newConnection(consoleConnection, 'auth0', { options, enabled_clients: [clientId] }));
}

function furnishAdministrator(store: Store, id: string | undefined, hash: string): UserRecord {
  const known = id === undefined ? undefined : store.users.find(id);
  if (known !== undefined) {
    store.users.remove(known.user_id);
    // The password that was guessed at is gone.
    store.blocks.clear(known.user_id);
  }
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

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Easy to read and to type, 100 random bits. */
function newPassword(): string {
  const group = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
