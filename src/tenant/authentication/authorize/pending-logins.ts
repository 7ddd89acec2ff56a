import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';
import type { WebContext } from '../http/web-context.ts';
import { LOGIN_LIFETIME, type Suspension } from './suspended-login.ts';

/** A login that waits for its browser to return from the login page, from an Action's redirect, or from a factor's page. */
export interface PendingLogin {
  /** The login's `state` in the tenant's URLs and in redirects of Actions; also the id of the library's interaction. */
  readonly state: string;
  readonly waitsFor: Suspension['waitsFor'];
  /** Milliseconds since 1970. */
  readonly since: number;
}

const KIND = 'PendingLogin';
const LOGOUT_KIND = 'BrowserLogout';
/** Auth0's name of the cookie that identifies a browser. */
const COOKIE = 'did';
const YEAR = 365 * 24 * 60 * 60 * 1000;

/** The attributes of a domain's cookies. */
export interface CookieAttributes {
  readonly httpOnly: true;
  readonly sameSite: 'lax' | 'none';
  readonly secure: boolean;
  readonly path: '/';
}

/**
 * The pending logins, each bound to the browser that began it and to its domain. A `state` can be used once, by that
 * browser only, and not after that browser has logged out.
 *
 * @see Auth0 docs: "Redirect with Actions"; RFC 9700, section 4.7.
 */
export class PendingLogins {
  readonly #store: Store;
  readonly #issuer: string;
  readonly #cookie: CookieAttributes;

  constructor(store: Store, issuer: string, cookie: CookieAttributes) {
    this.#store = store;
    this.#issuer = issuer;
    this.#cookie = cookie;
  }

  begin(ctx: WebContext, state: string, waitsFor: PendingLogin['waitsFor']): void {
    const payload: JsonObject = { browser: this.browserOf(ctx), issuer: this.#issuer, waitsFor, since: Date.now() };
    this.#store.artifacts.upsert(KIND, state, payload, Math.floor(Date.now() / 1000) + LOGIN_LIFETIME);
  }

  /** The login with that state, if this browser began it and it has not been used yet. */
  find(ctx: WebContext, state: string | undefined, waitsFor: PendingLogin['waitsFor']): PendingLogin | undefined {
    const browser = ctx.cookies.get(COOKIE, { signed: true });
    const found = state === undefined ? undefined : this.#store.artifacts.find(KIND, state);
    if (state === undefined || found === undefined || found.consumed !== undefined) return undefined;
    if (browser === undefined || found.browser !== browser) return undefined;
    if (found.issuer !== this.#issuer || found.waitsFor !== waitsFor || typeof found.since !== 'number')
      return undefined;
    return { state, waitsFor, since: found.since };
  }

  /** Uses the state of a login. Returns false if another request has used it first. */
  use(pending: PendingLogin): boolean {
    return this.#store.artifacts.consume(KIND, pending.state, Math.floor(Date.now() / 1000));
  }

  /** Whether the browser has logged out since that moment (milliseconds since 1970). */
  loggedOutSince(ctx: WebContext, since: number): boolean {
    const browser = ctx.cookies.get(COOKIE, { signed: true });
    const logout = browser === undefined ? undefined : this.#store.artifacts.find(LOGOUT_KIND, browser);
    return typeof logout?.at === 'number' && logout.at >= since;
  }

  /** Records that the browser logs out, which ends its pending logins. */
  recordLogout(ctx: WebContext): void {
    const browser = ctx.cookies.get(COOKIE, { signed: true });
    if (browser === undefined) return;
    const expiresAt = Math.floor(Date.now() / 1000) + LOGIN_LIFETIME;
    this.#store.artifacts.upsert(LOGOUT_KIND, browser, { at: Date.now() }, expiresAt);
  }

  /** The secret id of the browser, from its cookie. A browser without one gets a new id. */
  browserOf(ctx: WebContext): string {
    const known = ctx.cookies.get(COOKIE, { signed: true });
    if (known !== undefined) return known;
    const id = randomBytes(24).toString('base64url');
    ctx.cookies.set(COOKIE, id, { ...this.#cookie, signed: true, overwrite: true, maxAge: YEAR });
    return id;
  }
}
