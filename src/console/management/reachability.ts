import { useSyncExternalStore } from 'react';
import { pageSettings } from '../page-settings.ts';

const pollMs = 1500;
const listeners = new Set<() => void>();
let reachable = true;
/** How often the tenant has come back. Each return makes components read their data again. */
let returns = 0;

function notifyListeners(): void {
  for (const listener of listeners) listener();
}

/** Whether the response is that of a tenant that is still starting: it listens, but has no handlers yet. */
export function isStarting({ status }: Response): boolean {
  return status === 503;
}

/** Reports that the tenant has answered, with any status except that of its start. */
export function reportReachable(): void {
  if (reachable) return;
  reachable = true;
  returns += 1;
  notifyListeners();
}

/** Reports that the tenant did not answer. Polls it until it is back. */
export function reportUnreachable(): void {
  if (!reachable) return;
  reachable = false;
  notifyListeners();
  const pollLater = () => setTimeout(poll, pollMs);
  const poll = () =>
    fetch(`${pageSettings.issuer}.well-known/openid-configuration`, { cache: 'no-store' }).then(
      (response) => (isStarting(response) ? pollLater() : reportReachable()),
      pollLater,
    );
  pollLater();
}

/** Resolves as soon as the tenant answers again. */
export function untilReachable(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!reachable) return;
      listeners.delete(look);
      resolve();
    };
    listeners.add(look);
    look();
  });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the tenant answered the latest request. */
export const useReachable = () => useSyncExternalStore(subscribe, () => reachable);

/** How often the tenant has come back since the page was opened. */
export const useReturns = () => useSyncExternalStore(subscribe, () => returns);
