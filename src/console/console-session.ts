import { useSyncExternalStore } from 'react';
import { pageSettings } from './page-settings.ts';

/** The session of the user who is signed in to the console. A new tab receives it from one that has it. */
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
/** Milliseconds in which another tab answers. */
const ANSWER_MS = 300;
const tabs = new BroadcastChannel(key);
let current: ConsoleSession | 'asked' | 'ended' | undefined = read() ?? askTabs();

tabs.addEventListener('message', ({ data }: MessageEvent<ConsoleSession | 'session?' | 'signed out'>) => {
  const session = currentSession();
  if (data === 'session?') {
    if (session !== undefined && isValid(session)) tabs.postMessage(session);
  } else if (data === 'signed out') {
    sessionStorage.removeItem(key);
    if (session !== undefined) replaceSession(undefined);
  } else if (current === 'asked' && isValid(data)) beginSession(data);
});

function isValid({ expiresAt }: ConsoleSession): boolean {
  return expiresAt > Date.now();
}

/** Asks the other tabs for their session, if one was signed in. Only pages of this origin receive question and answer. */
function askTabs(): 'asked' | undefined {
  if (localStorage.getItem(key) === null) return undefined;
  tabs.postMessage('session?');
  setTimeout(() => {
    if (current === 'asked') replaceSession(undefined);
  }, ANSWER_MS);
  return 'asked';
}

function read(): ConsoleSession | undefined {
  const stored = sessionStorage.getItem(key);
  if (stored === null) return undefined;
  const session = JSON.parse(stored) as ConsoleSession;
  return isValid(session) ? session : undefined;
}

/** The session of this tab, for code outside components. */
export const currentSession = () => (typeof current === 'object' ? current : undefined);

/** Begins the session of this tab. */
export function beginSession(session: ConsoleSession): void {
  sessionStorage.setItem(key, JSON.stringify(session));
  // That there is a session, and nothing of it.
  localStorage.setItem(key, '');
  replaceSession(session);
}

/** Ends the session of this tab. The caller leaves the page. */
export function endSession(): void {
  sessionStorage.removeItem(key);
  localStorage.removeItem(key);
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

/**
 * The session of this tab; `ended` until another page replaces this one, `asked` while another tab may answer. The component renders
 * again when it changes.
 */
export function useSession(): ConsoleSession | 'asked' | 'ended' | undefined {
  return useSyncExternalStore(subscribe, () => current);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Ends the session of every tab. The caller leaves the page. */
export function endAllSessions(): void {
  tabs.postMessage('signed out');
  endSession();
}
