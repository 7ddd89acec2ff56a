import { randomBytes } from 'node:crypto';
import { isBrowserRemembered, rememberBrowser } from '../../factors/remembered-browsers.ts';
import type { Store } from '../../store/store.ts';
import type { CookieAttributes } from '../authorize/pending-logins.ts';
import type { WebContext } from '../http/web-context.ts';

/** Auth0's name of the cookie. */
const COOKIE = 'auth0-mf';
/** Seconds. */
const LIFETIME = 30 * 24 * 60 * 60;

/**
 * Remembers for thirty days that a user has passed a factor in this browser.
 *
 * @example
 * rememberThisBrowser(store, cookie, ctx, user.user_id);
 * @see Auth0 docs: "Actions Triggers: post-login - API Object", `allowRememberBrowser`.
 */
export function rememberThisBrowser(store: Store, cookie: CookieAttributes, ctx: WebContext, userId: string): void {
  const browser = ctx.cookies.get(COOKIE, { signed: true }) ?? randomBytes(24).toString('base64url');
  rememberBrowser(store, browser, userId, LIFETIME);
  ctx.cookies.set(COOKIE, browser, { ...cookie, signed: true, overwrite: true, maxAge: LIFETIME * 1000 });
}

/** The cookies of a request. */
export type Cookies = Pick<WebContext, 'cookies'>;

/** Whether this browser is remembered for the user. */
export function isRemembered(store: Store, ctx: Cookies, userId: string): boolean {
  const browser = ctx.cookies.get(COOKIE, { signed: true });
  return browser !== undefined && isBrowserRemembered(store, browser, userId);
}
