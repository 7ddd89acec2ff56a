import { useSyncExternalStore } from 'react';
import { pageSettings } from './page-settings.ts';

/** The session of the user who is signed in to the console. Each tab has its own. */
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
  const stored = sessionStorage.getItem(key);
  if (stored === null) return undefined;
  const session = JSON.parse(stored) as ConsoleSession;
  return session.expiresAt > Date.now() ? session : undefined;
}

/** The session of this tab, for code outside components. */
export const currentSession = () => current;

/** Replaces the session of this tab; `undefined` ends it. */
export function setSession(session: ConsoleSession | undefined): void {
  current = session;
  if (session === undefined) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, JSON.stringify(session));
  for (const listener of listeners) listener();
}

/** Scopes that the console needs and the tenant did not grant. */
export function missingScopes(session: ConsoleSession): string[] {
  return pageSettings.scopes.filter((scope) => !session.scopes.includes(scope));
}

/** The session of this tab. The component renders again when the session begins or ends. */
export function useSession(): ConsoleSession | undefined {
  return useSyncExternalStore(subscribe, currentSession);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
