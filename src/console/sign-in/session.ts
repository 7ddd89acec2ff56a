import { useSyncExternalStore } from 'react';
import { settings } from '../settings.ts';

/** Who is signed in to the console, in this tab alone. */
export interface Session {
  readonly accessToken: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly scopes: readonly string[];
  readonly name: string;
  readonly email: string;
}

const key = `portcullis.session.${settings.clientId}`;
const listeners = new Set<() => void>();
let current = read();

function read(): Session | undefined {
  const kept = sessionStorage.getItem(key);
  if (kept === null) return undefined;
  const session = JSON.parse(kept) as Session;
  return session.expiresAt > Date.now() ? session : undefined;
}

/** The session of this tab, for code that is no component. */
export const currentSession = () => current;

/** Keeps a session in the place of the one that is there; `undefined` where it is over. */
export function keepSession(session: Session | undefined): void {
  current = session;
  if (session === undefined) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, JSON.stringify(session));
  for (const listener of listeners) listener();
}

/** Scopes that the console needs and was not given. */
export function missingScopes(session: Session): string[] {
  return settings.scopes.filter((scope) => !session.scopes.includes(scope));
}

/** The session of this tab; the component is drawn anew when it begins or ends. */
export function useSession(): Session | undefined {
  return useSyncExternalStore(subscribe, currentSession);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
