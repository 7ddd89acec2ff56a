import { useSyncExternalStore } from 'react';
import { pageSettings } from '../page-settings.ts';

const pause = 1500;
const listeners = new Set<() => void>();
let reachable = true;
/** Counts how often the tenant has come back: what was read before is read again. */
let returns = 0;

function tell(): void {
  for (const listener of listeners) listener();
}

/** The tenant has answered, whatever it said. */
export function reportReachable(): void {
  if (reachable) return;
  reachable = true;
  returns += 1;
  tell();
}

/** From now on the tenant is asked whether it is back. */
export function reportUnreachable(): void {
  if (!reachable) return;
  reachable = false;
  tell();
  const look = () =>
    fetch(`${pageSettings.issuer}.well-known/openid-configuration`, { cache: 'no-store' }).then(reportReachable, () => {
      setTimeout(look, pause);
    });
  setTimeout(look, pause);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the tenant answers, as far as is known. */
export const useReachable = () => useSyncExternalStore(subscribe, () => reachable);

/** How often the tenant has come back since the page was opened. */
export const useReturns = () => useSyncExternalStore(subscribe, () => returns);
