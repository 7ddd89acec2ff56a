import { createHash } from 'node:crypto';
import type { Store } from '../store/store.ts';

const KIND = 'RememberedBrowser';

/**
 * Remembers that a user has proven a factor in a browser.
 *
 * @param browser what that browser alone knows; its digest is kept.
 * @param lifetime seconds.
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
 * The user is asked for a factor again, in every browser.
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

/** One browser may be several people's. */
function idOf(browser: string, userId: string): string {
  return createHash('sha256').update(`${browser} ${userId}`).digest('base64url');
}
