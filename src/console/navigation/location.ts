import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

function notifyListeners(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('popstate', listener);
  };
}

/** Set while the screen has unsaved work: drops that work when the user chooses to leave. */
let discardWork: (() => void) | undefined;

/**
 * Makes `navigate` ask before the user leaves the screen. Components call `useGuard` instead.
 *
 * @param discard drops the unsaved work; `undefined` if there is none
 * @example
 * setLeaveGuard(() => deleteDraft(id));
 */
export function setLeaveGuard(discard: (() => void) | undefined): void {
  discardWork = discard;
}

/** Whether the user may leave the screen. Asks them first if they would lose unsaved work. */
export function confirmLeave(): boolean {
  if (discardWork !== undefined) {
    if (!confirm('Your changes are not saved. Leave this screen?')) return false;
    discardWork();
  }
  discardWork = undefined;
  return true;
}

/**
 * Goes to another screen. Asks the user first if they would lose unsaved work.
 *
 * @param options `ask: false` if the subject of the screen was deleted
 * @example
 * navigate('/console/roles');
 */
export function navigate(path: string, { replace = false, ask = true } = {}): void {
  if (ask && !confirmLeave()) return;
  discardWork = undefined;
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  scrollTo(0, 0);
  notifyListeners();
}

/** The current address. The component renders again when it changes. */
export function useAddress(): URL {
  return new URL(useSyncExternalStore(subscribe, () => location.href));
}

/** Changes parameters of the address, so that a link leads to the screen in its current state. */
export function setParameters(changes: Readonly<Record<string, string | undefined>>): void {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  history.replaceState(null, '', url);
  notifyListeners();
}
