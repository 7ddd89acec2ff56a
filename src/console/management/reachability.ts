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

/** Reports that the tenant has answered, with any status. */
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
  const poll = () =>
    fetch(`${pageSettings.issuer}.well-known/openid-configuration`, { cache: 'no-store' }).then(reportReachable, () => {
      setTimeout(poll, pollMs);
    });
  setTimeout(poll, pollMs);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the tenant answered the latest request. */
export const useReachable = () => useSyncExternalStore(subscribe, () => reachable);

/** How often the tenant has come back since the page was opened. */
export const useReturns = () => useSyncExternalStore(subscribe, () => returns);
