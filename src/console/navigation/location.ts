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

interface Guard {
  readonly dirty: () => boolean;
  readonly discard: (() => void) | undefined;
}

/** Whether the person has work on this screen that would be lost; a screen says so while it has. */
let guard: Guard | undefined;

/**
 * Has `navigate` ask before somebody leaves a screen.
 *
 * @param dirty whether there is something to lose; `undefined` where the screen is gone
 * @param discard what is done where the person lets it go
 * @example
 * guardAgainstLoss(() => dirty);
 */
export function guardAgainstLoss(dirty: (() => boolean) | undefined, discard?: () => void): void {
  guard = dirty && { dirty, discard };
}

/** Whether the screen may be left. A person who would lose work is asked. */
export function mayLeave(): boolean {
  if (guard?.dirty()) {
    if (!confirm('What you have changed here is not saved. Leave it?')) return false;
    guard.discard?.();
  }
  guard = undefined;
  return true;
}

/** Goes to another screen. A person who would lose work is asked first. */
export function navigate(path: string, { replace = false } = {}): void {
  if (!mayLeave()) return;
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
