import { createHash } from 'node:crypto';
import type { Store } from '../store/store.ts';

const KIND = 'RememberedBrowser';

/**
 * Remembers that a user has passed a factor in a browser.
 *
 * @param browser the browser's secret. The store holds only its digest.
 * @param lifetime in seconds.
 * @example
 * rememberBrowser(store, cookie, user.user_id, 30 * 24 * 60 * 60);
 */
export function rememberBrowser(store: Store, browser: string, userId: string, lifetime: number): void {
  const id = idOf(browser, userId);
  store.artifacts.upsert(KIND, id, { accountId: userId, id }, Math.floor(Date.now() / 1000) + lifetime);
}

/** Whether a user is remembered in a browser. */
export function isBrowserRemembered(store: Store, browser: string, userId: string): boolean {
  return store.artifacts.find(KIND, idOf(browser, userId)) !== undefined;
}

/**
 * Forgets all browsers of a user, who is then asked for a factor again in each of them.
 *
 * @example
 * forgetBrowsers(store, user.user_id);
 * @see Auth0 Management API: "Invalidate All Remembered Browsers for Multi-factor Authentication".
 */
export function forgetBrowsers(store: Store, userId: string): void {
  store.transaction(() => {
    for (const { payload } of store.artifacts.listByAccount(KIND, userId))
      store.artifacts.remove(KIND, String(payload.id));
  });
}

/** The id of a browser for one user. Several users may use the same browser. */
function idOf(browser: string, userId: string): string {
  return createHash('sha256').update(`${browser} ${userId}`).digest('base64url');
}
