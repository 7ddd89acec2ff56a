import type { JsonObject } from '../store/json-value.ts';
import type { Store } from '../store/store.ts';

/** Kept beside sessions (by `sid`) and beside grants of refresh tokens (by grant). */
export const SESSION_DEVICE = 'SessionDevice';
export const REFRESH_TOKEN_DEVICE = 'RefreshTokenDevice';

/** Seconds; no session and no refresh token that has an end lasts longer. */
const LONGEST = 365 * 24 * 60 * 60;

/** Where a request comes from, as far as a tenant on this machine sees: it knows no network of the internet. */
export interface Device {
  readonly ip: string;
  readonly userAgent?: string | undefined;
}

/**
 * Notes who uses a session: the first time, and the last one.
 *
 * @example
 * noteSessionDevice(store, session.uid, user.user_id, { ip: '127.0.0.1', userAgent: 'curl/8' });
 */
export function noteSessionDevice(store: Store, id: string, accountId: string, device: Device): void {
  note(store, SESSION_DEVICE, id, { accountId }, device);
}

/**
 * Notes who uses the refresh tokens of a grant: each of a rotation belongs to the same.
 *
 * @example
 * noteRefreshTokenDevice(store, grant.jti, user.user_id, { ip: '127.0.0.1', userAgent: 'curl/8' });
 */
export function noteRefreshTokenDevice(store: Store, grantId: string, accountId: string, device: Device): void {
  note(store, REFRESH_TOKEN_DEVICE, grantId, { accountId, grantId }, device);
}

/**
 * `device` of a session or a refresh token, by Auth0's names: `initial_ip`, `initial_user_agent`, `last_ip`, `last_user_agent`.
 *
 * @example
 * deviceOf(store, SESSION_DEVICE, session.uid) // { initial_ip: '127.0.0.1', last_ip: '127.0.0.1' }
 */
export function deviceOf(
  store: Store,
  kind: typeof SESSION_DEVICE | typeof REFRESH_TOKEN_DEVICE,
  id: string,
): JsonObject {
  const device = store.artifacts.find(kind, id)?.device;
  return typeof device === 'object' && device !== null && !Array.isArray(device) ? device : {};
}

type Kind = Parameters<typeof deviceOf>[1];

function note(store: Store, kind: Kind, id: string, owner: JsonObject, { ip, userAgent }: Device): void {
  const before = deviceOf(store, kind, id);
  const last = { last_ip: ip, ...(userAgent !== undefined && { last_user_agent: userAgent }) };
  const first = { initial_ip: ip, ...(userAgent !== undefined && { initial_user_agent: userAgent }) };
  const known = before.initial_ip === undefined ? first : initialOf(before);
  const device = { ...known, ...last };
  if (JSON.stringify(device) === JSON.stringify(before)) return;
  store.artifacts.upsert(kind, id, { ...owner, device }, Date.now() / 1000 + LONGEST);
}

function initialOf(device: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(device).filter(([name]) => name.startsWith('initial_')));
}
