import { createHash } from 'node:crypto';
import type { ClientRecord } from '../store/records/applications/client-repository.ts';
import type { Store } from '../store/store.ts';
import { consoleScopes } from './console-scopes.ts';

const setting = 'console';

/** The database of the console's administrator, and of nobody else. */
export const consoleConnection = 'portcullis-console';

/** Who the console is, and who its administrator is. */
export interface ConsoleRegistration {
  readonly clientId: string;
  /** The only address that its sign-in ends at. */
  readonly callback: string;
  readonly userId: string;
  /** Digest of the administrator's password hash: another password than the one made here opens nothing. */
  readonly password: string;
}

/** Writes down who the console and its administrator are. Nothing: the tenant has no console. */
export function registerConsole(store: Store, registration: ConsoleRegistration | undefined): void {
  if (registration === undefined && store.settings.get(setting) === undefined) return;
  store.settings.set(setting, registration === undefined ? false : { ...registration });
}

/** Who the console and its administrator are; nothing where the tenant has no console. */
export function consoleRegistration(store: Store): ConsoleRegistration | undefined {
  const kept: unknown = store.settings.get(setting);
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { clientId, callback, userId, password } = kept as Partial<ConsoleRegistration>;
  if ([clientId, callback, userId, password].some((value) => typeof value !== 'string')) return undefined;
  return kept as ConsoleRegistration;
}

/**
 * Whether an application is the tenant's own console, as the tenant made it: one whose callbacks somebody has changed is
 * the console no more.
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
 * Whether a user is the console's administrator. Whoever may change users could give that account a password of their own,
 * or link an account of their own to it: neither is the administrator's any more.
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

/** What of the Management API's scopes an application may ask for on behalf of an administrator: the console its own. */
export function administratorScopes(store: Store, client: ClientRecord): readonly string[] {
  return isConsole(store, client) ? consoleScopes : [];
}

/**
 * Who a Management API request comes from, with what their token may do now: one that the console was given opens nothing any
 * more once its administrator is none, or the tenant has no console. Machines' tokens are as they are.
 *
 * @example
 * verifyAccessToken: async (token) => withPresentScopes(store, await verify(token))
 */
export function withPresentScopes<Caller extends { clientId: string; subject: string; scopes: string[] }>(
  store: Store,
  caller: Caller,
): Caller {
  if (caller.subject === `${caller.clientId}@clients`) return caller;
  if (isAdministrator(store, caller.subject) && isConsole(store, store.clients.find(caller.clientId))) return caller;
  const ofAdministrators = new Set(consoleScopes);
  return { ...caller, scopes: caller.scopes.filter((scope) => !ofAdministrators.has(scope)) };
}

/** What is kept of the administrator's password hash. */
export function passwordDigest(hash: string): string {
  return createHash('sha256').update(hash).digest('base64url');
}
