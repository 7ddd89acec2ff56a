import { useSyncExternalStore } from 'react';
import { pageSettings } from './page-settings.ts';

/** Who is signed in to the console, in this tab alone. */
export interface ConsoleSession {
  readonly accessToken: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly scopes: readonly string[];
  readonly name: string;
  readonly email: string;
}

const key = `portcullis.session.${pageSettings.clientId}`;
const listeners = new Set<() => void>();
let current = read();

function read(): ConsoleSession | undefined {
  const kept = sessionStorage.getItem(key);
  if (kept === null) return undefined;
  const session = JSON.parse(kept) as ConsoleSession;
  return session.expiresAt > Date.now() ? session : undefined;
}

/** The session of this tab, for code that is no component. */
export const currentSession = () => current;

/** Keeps a session in the place of the one that is there; `undefined` where it is over. */
export function keepSession(session: ConsoleSession | undefined): void {
  current = session;
  if (session === undefined) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, JSON.stringify(session));
  for (const listener of listeners) listener();
}

/** Scopes that the console needs and was not given. */
export function missingScopes(session: ConsoleSession): string[] {
  return pageSettings.scopes.filter((scope) => !session.scopes.includes(scope));
}

/** The session of this tab; the component is drawn anew when it begins or ends. */
export function useSession(): ConsoleSession | undefined {
  return useSyncExternalStore(subscribe, currentSession);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
