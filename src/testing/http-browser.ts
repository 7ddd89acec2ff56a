import { CookieJar } from 'tough-cookie';
import { Problem } from '../problem/problem.ts';

/** The page that a visit ended on. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly body: string;
  /** Redirects that were followed to get here. */
  readonly hops: number;
}

export interface FollowOptions {
  /** A redirect to such an address, or to one with this prefix, is not followed. The page then has that address and no content. */
  readonly stopAt?: string | ((url: URL) => boolean);
}

/** The parts of a browser that signing in needs: cookies, redirects, forms. */
export interface HttpBrowser {
  open(url: string | URL, options?: FollowOptions): Promise<Page>;
  /** Submits a form as its page would. */
  submit(url: string | URL, fields: Readonly<Record<string, string>>, options?: FollowOptions): Promise<Page>;
  /** Deletes a site's cookies whose names have this prefix. */
  forget(url: string | URL, prefix: string): Promise<void>;
  /** The same browser, with further headers for each request. */
  withHeaders(headers: Readonly<Record<string, string>>): HttpBrowser;
  /** The cookies that it has for a site. */
  cookies(url: string | URL): Promise<BrowserCookie[]>;
}

/** A cookie in the form that Playwright takes. */
export interface BrowserCookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly path: string;
  /** Seconds since 1970; -1 for the end of the session. */
  readonly expires: number;
  readonly httpOnly: boolean;
  readonly secure: boolean;
  readonly sameSite: 'Strict' | 'Lax' | 'None';
}

/** The number of redirects after which browsers give up (Chromium: ERR_TOO_MANY_REDIRECTS). */
const MOST_HOPS = 20;
const TIMEOUT_MS = 30_000;

/**
 * Returns a browser without cookies.
 *
 * @example
 * const page = await createHttpBrowser().open('http://localhost:4040/ords/r/demo/gate/home');
 */
export function createHttpBrowser(): HttpBrowser {
  return browserWith(new CookieJar(undefined, { rejectPublicSuffixes: false }), {});
}

function browserWith(jar: CookieJar, headers: Readonly<Record<string, string>>): HttpBrowser {
  async function follow(start: URL, first: RequestInit, { stopAt }: FollowOptions = {}): Promise<Page> {
    let url = start;
    let init = first;
    for (let hops = 0; hops <= MOST_HOPS; hops += 1) {
      const response = await fetch(url, {
        ...init,
        redirect: 'manual',
        headers: { ...headers, ...init.headers, cookie: await jar.getCookieString(url.href), accept: 'text/html' },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      for (const cookie of response.headers.getSetCookie()) {
        await jar.setCookie(cookie, url.href, { ignoreError: true });
      }
      const location = response.headers.get('location');
      const body = await response.text();
      if (location === null || response.status < 300 || response.status > 399) {
        return { url, status: response.status, body, hops };
      }
      url = new URL(location, url);
      init = {};
      if (isStop(url, stopAt)) return { url, status: response.status, body: '', hops: hops + 1 };
    }
    const message = `Gave up after ${MOST_HOPS} redirects, the last to ${url.origin}${url.pathname}`;
    throw new Problem('too_many_redirects', message);
  }

  return {
    open: (url, options) => follow(new URL(url), {}, options),
    submit: (url, fields, options) =>
      follow(new URL(url), { method: 'POST', body: new URLSearchParams(fields) }, options),
    async forget(url, prefix) {
      const { hostname } = new URL(url);
      for (const cookie of await jar.getCookies(new URL(url).href)) {
        if (cookie.key.startsWith(prefix)) await jar.store.removeCookie(hostname, cookie.path ?? '/', cookie.key);
      }
    },
    withHeaders: (further) => browserWith(jar, { ...headers, ...further }),
    async cookies(url) {
      return (await jar.getCookies(new URL(url).href)).map((cookie) => ({
        name: cookie.key,
        value: cookie.value,
        domain: cookie.domain ?? new URL(url).hostname,
        path: cookie.path ?? '/',
        expires: cookie.expires instanceof Date ? Math.floor(cookie.expires.getTime() / 1000) : -1,
        httpOnly: cookie.httpOnly,
        secure: cookie.secure,
        sameSite: SAME_SITE[String(cookie.sameSite).toLowerCase()] ?? 'Lax',
      }));
    },
  };
}

function isStop(url: URL, stopAt: FollowOptions['stopAt']): boolean {
  return typeof stopAt === 'function' ? stopAt(url) : stopAt !== undefined && url.href.startsWith(stopAt);
}

const SAME_SITE: Readonly<Record<string, BrowserCookie['sameSite']>> = { strict: 'Strict', lax: 'Lax', none: 'None' };
