import type { JsonObject } from '../store/json-value.ts';
import type { Store } from '../store/store.ts';

/** The event that ends a session: a logout, or a request to the Management API. The names are Auth0's. */
export type SessionEndReason = 'rp-logout' | 'session-revoked';

/** A session that ends, as it was before. */
export interface SessionEnd {
  /** The `sid` of its ID tokens. */
  readonly id: string;
  readonly payload: JsonObject;
  readonly reason: SessionEndReason;
}

/** The listeners of each tenant in this process. */
const listeners = new WeakMap<Store, Set<(end: SessionEnd) => void>>();

/**
 * Calls a function before each session that ends by a logout or by the Management API.
 *
 * @returns a function that ends the calls
 * @example
 * const stop = onSessionEnd(store, ({ id }) => notify(id));
 */
export function onSessionEnd(store: Store, listener: (end: SessionEnd) => void): () => void {
  const known = listeners.get(store) ?? new Set();
  listeners.set(store, known.add(listener));
  return () => known.delete(listener);
}

/** Calls the listeners, if the session exists. */
export function announceSessionEnd(store: Store, id: string, reason: SessionEndReason): void {
  const known = listeners.get(store);
  if (known === undefined || known.size === 0) return;
  const payload = store.artifacts.findByUid('Session', id);
  if (payload === undefined) return;
  for (const listener of known) listener({ id, payload, reason });
}
