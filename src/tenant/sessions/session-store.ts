import type { JsonObject } from '../store/json-value.ts';
import type { Store } from '../store/store.ts';
import { SESSION_DEVICE } from './device-store.ts';
import { announceSessionEnd } from './session-ends.ts';

/** Kinds of records that the tenant stores beside the OpenID Connect library's own. */
export const SESSION_METADATA = 'SessionMetadata';
export const REFRESH_TOKEN_METADATA = 'RefreshTokenMetadata';
const SESSION_LIMITS = 'SessionLimits';
const REFRESH_TOKEN_LIMITS = 'RefreshTokenLimits';
const RECORDED_METHODS = 'RecordedMethods';

/** Seconds. On Auth0 no session lasts longer than a year. */
const LONGEST_SESSION = 365 * 24 * 60 * 60;
const LONGEST_TOKEN = 10 * LONGEST_SESSION;

/** Ends that an Action has set, in milliseconds since 1970. */
export interface Limits {
  readonly expiresAt?: number | undefined;
  readonly idleExpiresAt?: number | undefined;
}

export type RecordedMethods = readonly { readonly name: string; readonly timestamp: string }[];

/** Sets or removes the metadata of a session. They are deleted with the user, or when no session can last that long. */
export function keepSessionMetadata(store: Store, id: string, accountId: string, metadata: JsonObject | null): void {
  if (metadata === null) store.artifacts.remove(SESSION_METADATA, id);
  else store.artifacts.upsert(SESSION_METADATA, id, { accountId, metadata }, fromNow(LONGEST_SESSION));
}

/** Sets or removes the metadata of a grant's refresh tokens. They are stored by grant, which outlives each rotated token. */
export function keepRefreshTokenMetadata(
  store: Store,
  grantId: string,
  accountId: string,
  metadata: JsonObject | null,
): void {
  if (metadata === null) {
    store.artifacts.remove(REFRESH_TOKEN_METADATA, grantId);
    return;
  }
  const ends = store.artifacts.find('Grant', grantId)?.exp;
  const expiresAt = typeof ends === 'number' ? ends : fromNow(LONGEST_TOKEN);
  store.artifacts.upsert(REFRESH_TOKEN_METADATA, grantId, { grantId, accountId, metadata }, expiresAt);
}

export function keepSessionLimits(store: Store, id: string, accountId: string, limits: Limits): void {
  const payload = { accountId, ...merged(sessionLimits(store, id), limits) };
  store.artifacts.upsert(SESSION_LIMITS, id, payload, fromNow(LONGEST_SESSION));
}

export function sessionLimits(store: Store, id: string): Limits {
  return (store.artifacts.find(SESSION_LIMITS, id) ?? {}) as Limits;
}

export function keepRefreshTokenLimits(store: Store, grantId: string, accountId: string, limits: Limits): void {
  const payload = { grantId, accountId, ...merged(refreshTokenLimits(store, grantId), limits) };
  store.artifacts.upsert(REFRESH_TOKEN_LIMITS, grantId, payload, fromNow(LONGEST_TOKEN));
}

export function refreshTokenLimits(store: Store, grantId: string): Limits {
  return (store.artifacts.find(REFRESH_TOKEN_LIMITS, grantId) ?? {}) as Limits;
}

/**
 * Whole seconds from now until the earlier of both ends; `undefined` if neither is set. Counts from the whole second that `oidc-provider`
 * counts from, so that the record ends in exactly the second that was set.
 */
export function secondsLeft({ expiresAt, idleExpiresAt }: Limits): number | undefined {
  const ends = [expiresAt, idleExpiresAt].filter((end) => end !== undefined);
  return ends.length === 0 ? undefined : Math.floor(Math.min(...ends) / 1000) - Math.floor(Date.now() / 1000);
}

/** Authentication methods that Actions recorded for a session. */
export function recordedMethods(store: Store, sessionId: string): RecordedMethods {
  return (store.artifacts.find(RECORDED_METHODS, sessionId)?.methods ?? []) as unknown as RecordedMethods;
}

export function recordMethods(store: Store, id: string, accountId: string, methods: RecordedMethods): void {
  const latest = new Map([...recordedMethods(store, id), ...methods].map((method) => [method.name, { ...method }]));
  store.artifacts.upsert(RECORDED_METHODS, id, { accountId, methods: [...latest.values()] }, fromNow(LONGEST_SESSION));
}

/** Ends a session under all its identifiers, and deletes all records about it. */
export function endSession(store: Store, id: string): void {
  announceSessionEnd(store, id, 'session-revoked');
  const next = () => store.artifacts.findByUid('Session', id)?.jti;
  for (let row = next(); typeof row === 'string'; row = next()) store.artifacts.remove('Session', row);
  for (const kind of [SESSION_METADATA, SESSION_LIMITS, SESSION_DEVICE, RECORDED_METHODS])
    store.artifacts.remove(kind, id);
}

function merged(before: Limits, { expiresAt, idleExpiresAt }: Limits): JsonObject {
  const limits = {
    expiresAt: expiresAt ?? before.expiresAt,
    idleExpiresAt: idleExpiresAt ?? before.idleExpiresAt,
  };
  return Object.fromEntries(Object.entries(limits).filter(([, end]) => end !== undefined));
}

function fromNow(seconds: number): number {
  return Date.now() / 1000 + seconds;
}
