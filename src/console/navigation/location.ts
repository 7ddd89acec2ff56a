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

/** Whether the person has work on this screen that would be lost; a screen says so while it has. */
let unsaved: (() => boolean) | undefined;

/**
 * Has `navigate` ask before somebody leaves a screen.
 *
 * @param guard whether there is something to lose; `undefined` where the screen is gone
 * @example
 * guardAgainstLoss(() => dirty);
 */
export function guardAgainstLoss(guard: (() => boolean) | undefined): void {
  unsaved = guard;
}

/** Goes to another screen. A person who would lose work is asked first. */
export function navigate(path: string, { replace = false } = {}): void {
  if (unsaved?.() && !confirm('What you have changed here is not saved. Leave it?')) return;
  unsaved = undefined;
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
