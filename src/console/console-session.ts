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
let current: ConsoleSession | 'ended' | undefined = read();

function read(): ConsoleSession | undefined {
  const stored = sessionStorage.getItem(key);
  if (stored === null) return undefined;
  const session = JSON.parse(stored) as ConsoleSession;
  return session.expiresAt > Date.now() ? session : undefined;
}

/** The session of this tab, for code outside components. */
export const currentSession = () => (current === 'ended' ? undefined : current);

/** Begins the session of this tab. */
export function beginSession(session: ConsoleSession): void {
  sessionStorage.setItem(key, JSON.stringify(session));
  replaceSession(session);
}

/** Ends the session of this tab. The caller leaves the page. */
export function endSession(): void {
  sessionStorage.removeItem(key);
  replaceSession('ended');
}

function replaceSession(next: typeof current): void {
  current = next;
  for (const listener of listeners) listener();
}

/** Scopes that the console needs and the tenant did not grant. */
export function missingScopes(session: ConsoleSession): string[] {
  return pageSettings.scopes.filter((scope) => !session.scopes.includes(scope));
}

/** The session of this tab; `ended` until another page replaces this one. The component renders again when it changes. */
export function useSession(): ConsoleSession | 'ended' | undefined {
  return useSyncExternalStore(subscribe, () => current);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
