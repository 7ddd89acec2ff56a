import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

function tell(): void {
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

/** There while the person has work on this screen that would be lost: what is done where they let it go. */
let letGo: (() => void) | undefined;

/**
 * Has `navigate` ask before somebody leaves a screen. Components have `useGuard` for it.
 *
 * @param discard what is done where the person lets the work go; `undefined` where there is nothing to lose
 * @example
 * guardAgainstLoss(() => forgetDraft(id));
 */
export function guardAgainstLoss(discard: (() => void) | undefined): void {
  letGo = discard;
}

/** Whether the screen may be left. A person who would lose work is asked. */
export function mayLeave(): boolean {
  if (letGo !== undefined) {
    if (!confirm('What you have changed here is not saved. Leave it?')) return false;
    letGo();
  }
  letGo = undefined;
  return true;
}

/**
 * Goes to another screen. A person who would lose work is asked first.
 *
 * @param options `ask: false` where the screen is about something that is gone
 * @example
 * navigate('/console/roles');
 */
export function navigate(path: string, { replace = false, ask = true } = {}): void {
  if (ask && !mayLeave()) return;
  letGo = undefined;
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  scrollTo(0, 0);
  tell();
}

/** Path and query of the address, and whatever changes it. */
export function useAddress(): URL {
  return new URL(useSyncExternalStore(subscribe, () => location.href));
}

/** Changes single parameters of the address, so that a screen can be linked to as it is. */
export function setParameters(changes: Readonly<Record<string, string | undefined>>): void {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  history.replaceState(null, '', url);
  tell();
}
