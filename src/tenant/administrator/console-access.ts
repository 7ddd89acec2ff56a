import { createHash } from 'node:crypto';
import type { ClientRecord } from '../store/records/applications/client-repository.ts';
import type { Store } from '../store/store.ts';
import { consoleScopes } from './console-scopes.ts';

const setting = 'console';

/** The database connection of the console's administrator. It has no other user. */
export const consoleConnection = 'portcullis-console';

/** The console's application and its administrator. */
export interface ConsoleRegistration {
  readonly clientId: string;
  /** The only callback URL of the console. */
  readonly callback: string;
  readonly userId: string;
  /** Digest of the administrator's password hash. An account with any other password is not the administrator. */
  readonly password: string;
}

/** Stores the console's application and its administrator. `undefined` means that the tenant has no console. */
export function registerConsole(store: Store, registration: ConsoleRegistration | undefined): void {
  if (registration === undefined && store.settings.get(setting) === undefined) return;
  store.settings.set(setting, registration === undefined ? false : { ...registration });
}

/** The console's application and its administrator, or `undefined` if the tenant has no console. */
export function consoleRegistration(store: Store): ConsoleRegistration | undefined {
  const stored: unknown = store.settings.get(setting);
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { clientId, callback, userId, password } = stored as Partial<ConsoleRegistration>;
  if ([clientId, callback, userId, password].some((value) => typeof value !== 'string')) return undefined;
  return stored as ConsoleRegistration;
}

/**
 * Whether an application is the tenant's own console, as the tenant created it. If its callbacks were changed, it no longer
 * counts as the console.
 *
 * @example
 * isConsole(store, store.clients.find(clientId));
 */
export function isConsole(store: Store, client: ClientRecord | undefined): boolean {
  const registration = consoleRegistration(store);
  if (registration === undefined || client === undefined || client.client_id !== registration.clientId) return false;
  return (
    client.callbacks.length === 1 &&
    client.callbacks[0] === registration.callback &&
    client.grant_types.join() === 'authorization_code' &&
    client.token_endpoint_auth_method === 'none'
  );
}

/**
 * Whether a user is the console's administrator. A caller who may change users could set a password on that account, or link
 * another account to it. In both cases it no longer counts as the administrator.
 *
 * @example
 * isAdministrator(store, 'auth0|1');
 */
export function isAdministrator(store: Store, userId: string): boolean {
  const registration = consoleRegistration(store);
  if (registration === undefined || registration.userId !== userId) return false;
  const user = store.users.find(userId);
  if (user === undefined || user.blocked === true || user.identities.length !== 1) return false;
  const hash = store.users.passwordHash(userId);
  return hash !== undefined && passwordDigest(hash) === registration.password;
}

/** The Management API scopes that an application may request for an administrator. Only the console has any. */
export function administratorScopes(store: Store, client: ClientRecord): readonly string[] {
  return isConsole(store, client) ? consoleScopes : [];
}

/**
 * Limits the scopes of a Management API caller to those that hold now. A token of the console loses its scopes once its user is
 * no longer the administrator, or the tenant has no console. Tokens of machine-to-machine applications stay unchanged.
 *
 * @example
 * verifyAccessToken: async (token) => limitConsoleScopes(store, await verify(token))
 */
export function limitConsoleScopes<Caller extends { clientId: string; subject: string; scopes: string[] }>(
  store: Store,
  caller: Caller,
): Caller {
  if (caller.subject === `${caller.clientId}@clients`) return caller;
  if (isAdministrator(store, caller.subject) && isConsole(store, store.clients.find(caller.clientId))) return caller;
  const administratorOnly = new Set(consoleScopes);
  return { ...caller, scopes: caller.scopes.filter((scope) => !administratorOnly.has(scope)) };
}

/** Digest of the administrator's password hash, for the settings. */
export function passwordDigest(hash: string): string {
  return createHash('sha256').update(hash).digest('base64url');
}
