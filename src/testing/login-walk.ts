import { Problem } from '../problem/problem.ts';
import type { AuthenticatorApps } from './authenticator-app.ts';
import type { HttpBrowser, Page } from './http-browser.ts';

/** A user at the pages of a login. */
export interface WalkingUser {
  /** E-mail address or username. */
  readonly name: string;
  readonly password?: string | undefined;
  /** The social connection to choose, in place of a password. */
  readonly connection?: string | undefined;
  readonly emailVerified: boolean;
  /** Whether the user has only the session of an earlier login. The login then ends at a page that asks for more. */
  readonly hasOnlySession: boolean;
}

export interface LoginWalk {
  readonly browser: HttpBrowser;
  readonly user: WalkingUser;
  /** The address of `/authorize`, with its parameters. */
  readonly start: URL;
  readonly redirectUri: string;
  /** Origins of the tenant. */
  readonly origins: readonly string[];
  readonly apps: AuthenticatorApps;
  /** The code of the last mail to an address. */
  mailedCode(address: string): string | undefined;
  /** Answers a page outside the tenant that an Action has sent the user to: the parameters for `/continue`. */
  readonly continueWith?: ((url: URL) => RedirectAnswer | Promise<RedirectAnswer>) | undefined;
}

/** Parameters that a page outside the tenant sends back, by name. */
export type RedirectAnswer = Readonly<Record<string, string>>;

/** Pages of a login that ask for something; a login with more of them goes round in circles. */
const MOST_PAGES = 20;

/**
 * Goes through the pages of a login as a user does, from `/authorize` to the callback or to the page on which it ends.
 *
 * @returns the last page. Its address is the callback's if the application was reached
 * @throws {Problem} `sign_in_impossible` if a page asks for what the user does not have
 * @example
 * const page = await walkThroughLogin({ browser, user, start, redirectUri, origins, apps, mailedCode });
 */
export async function walkThroughLogin(walk: LoginWalk): Promise<Page> {
  const { browser, redirectUri, origins, continueWith } = walk;
  // Other sites are not opened: a callback may have no server here.
  const stopAt = (url: URL) => isCallback(url, redirectUri) || !origins.includes(url.origin);
  let page = await browser.open(walk.start, { stopAt });
  let former = '';
  for (let count = 0; count < MOST_PAGES; count += 1) {
    if (isCallback(page.url, redirectUri)) return page;
    if (!origins.includes(page.url.origin)) {
      const state = page.url.searchParams.get('state');
      if (continueWith === undefined || state === null) return page;
      const back = new URL('/continue', walk.start);
      back.search = new URLSearchParams({ state, ...(await continueWith(page.url)) }).toString();
      page = await browser.open(back, { stopAt });
      continue;
    }
    const fields = await fieldsFor(walk, page);
    // A page that comes again with an error has refused what it was given.
    if (fields === undefined || (page.status >= 400 && page.url.href === former)) return page;
    former = page.url.href;
    page = await browser.submit(page.url, fields, { stopAt });
  }
  throw new Problem('sign_in_impossible', `The login is still at ${page.url.pathname} after ${MOST_PAGES} pages.`);
}

function isCallback(url: URL, redirectUri: string): boolean {
  const callback = new URL(redirectUri);
  return url.origin === callback.origin && url.pathname === callback.pathname;
}

async function fieldsFor(walk: LoginWalk, page: Page): Promise<Record<string, string> | undefined> {
  const { user, apps } = walk;
  const state = page.url.searchParams.get('state') ?? '';
  const path = page.url.pathname;
  if (path === '/u/login' || path === '/u/login/identifier' || path === '/u/login/password') {
    if (user.connection !== undefined) return { state, connection: user.connection };
    if (user.hasOnlySession) return undefined;
    if (path === '/u/login/identifier') return { state, username: user.name, action: 'default' };
    if (user.password === undefined) {
      throw new Problem(
        'sign_in_impossible',
        `The login page asks for the password of ${user.name}, and none is known.`,
        'Name a user of the seed with a password, or give one: signIn({ user, password }).',
      );
    }
    return { state, username: user.name, password: user.password, action: 'default' };
  }
  if (path.startsWith('/u/social')) {
    const verified: Record<string, string> = user.emailVerified ? { email_verified: 'on' } : {};
    return { state, email: user.name, name: user.name, ...verified, action: 'default' };
  }
  if (path === '/u/mfa-otp-challenge') return { state, code: apps.code(user.name), action: 'default' };
  if (path === '/u/mfa-otp-enrollment-qr') {
    const [, secret] = /id="otp-secret">([A-Z2-7 ]+)</.exec(page.body) ?? [];
    if (secret !== undefined) apps.enrol(user.name, secret.replaceAll(' ', ''));
    return { state, code: apps.code(user.name), action: 'default' };
  }
  if (path === '/u/mfa-email-challenge') {
    const code = walk.mailedCode(user.name);
    if (code === undefined) throw new Problem('sign_in_impossible', 'The tenant sent the user no code by mail.');
    return { state, code, action: 'default' };
  }
  if (path === '/u/mfa-recovery-code-enrollment') return { state, saved: 'on', action: 'default' };
  if (path === '/u/mfa-begin-enroll-options' || path === '/u/mfa-login-options') return { state, action: 'otp' };
  return undefined;
}
