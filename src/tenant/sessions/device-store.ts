import { type JsonObject, objectOf } from '../store/json-value.ts';
import type { Store } from '../store/store.ts';

/** The device of a session is stored by `sid`, that of refresh tokens by grant. */
export const SESSION_DEVICE = 'SessionDevice';
export const REFRESH_TOKEN_DEVICE = 'RefreshTokenDevice';

/** Seconds. No session lasts longer, nor does a refresh token that expires. */
const LONGEST = 365 * 24 * 60 * 60;

/** The origin of a request. A local tenant cannot determine Auth0's autonomous system number (ASN). */
export interface Device {
  readonly ip: string;
  readonly userAgent?: string | undefined;
}

/**
 * Records the device of a session at its first and its latest use.
 *
 * @example
 * recordSessionDevice(store, session.uid, user.user_id, { ip: '127.0.0.1', userAgent: 'curl/8' });
 */
export function recordSessionDevice(store: Store, id: string, accountId: string, device: Device): void {
  record(store, SESSION_DEVICE, id, { accountId }, device);
}

/**
 * Records the device of a grant's refresh tokens. All tokens of a rotation belong to the same grant.
 *
 * @example
 * recordRefreshTokenDevice(store, grant.jti, user.user_id, { ip: '127.0.0.1', userAgent: 'curl/8' });
 */
export function recordRefreshTokenDevice(store: Store, grantId: string, accountId: string, device: Device): void {
  record(store, REFRESH_TOKEN_DEVICE, grantId, { accountId, grantId }, device);
}

/**
 * `device` of a session or a refresh token, with Auth0's names: `initial_ip`, `initial_user_agent`, `last_ip`, `last_user_agent`.
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
  return objectOf(device);
}

type Kind = Parameters<typeof deviceOf>[1];

function record(store: Store, kind: Kind, id: string, owner: JsonObject, { ip, userAgent }: Device): void {
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
