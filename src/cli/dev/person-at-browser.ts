import { createHttpBrowser, type HttpBrowser, type Page } from '../../testing/http-browser.ts';
import type { Person } from './cast.ts';
import { SOCIAL_CONNECTION } from './seed-gate.ts';

/** The page of the application that a visit ended on. */
export type Arrival = 'home' | 'landing-page' | 'elsewhere';

export interface Visit {
  readonly arrival: Arrival;
  readonly page: Page;
  /** Redirects from the first request to the last page, forms included. */
  readonly hops: number;
  /** Milliseconds from the first request to the last page. */
  readonly milliseconds: number;
}

export interface Addresses {
  readonly homeUrl: string;
  readonly landingPageUrl: string;
}

/** A user with their own browser. */
export interface PersonAtBrowser {
  readonly browser: HttpBrowser;
  /** Opens the application and fills in the login pages. */
  visit(): Promise<Visit>;
  /** Ends the session with the application, and keeps the one with the tenant. */
  leaveApplication(): Promise<void>;
}

/**
 * Gives a user their own browser to sign in with.
 *
 * @example
 * const visit = await atBrowser(person, standIn).visit();
 */
export function atBrowser(person: Person, addresses: Addresses): PersonAtBrowser {
  const browser = createHttpBrowser();
  return {
    browser,
    async visit() {
      const start = performance.now();
      let page = await browser.open(addresses.homeUrl);
      let hops = page.hops;
      // The pages of the login, and that of the social provider after them.
      for (let form = 0; form < 3; form += 1) {
        const filled = fillIn(person, page);
        if (filled === undefined) break;
        page = await browser.submit(page.url, filled);
        hops += page.hops;
      }
      return { arrival: arrivalAt(page, addresses), page, hops, milliseconds: performance.now() - start };
    },
    leaveApplication: () => browser.forget(addresses.homeUrl, 'ORA_WWV_APP_'),
  };
}

function fillIn(person: Person, page: Page): Record<string, string> | undefined {
  const state = page.url.searchParams.get('state') ?? '';
  if (/^\/u\/login(\/(identifier|password))?$/.test(page.url.pathname)) {
    return person.password === undefined
      ? { state, connection: SOCIAL_CONNECTION }
      : { state, username: person.email, password: person.password, action: 'default' };
  }
  if (page.url.pathname.startsWith('/u/social')) {
    return {
      state,
      email: person.email,
      name: person.name,
      ...(person.emailVerified ? { email_verified: 'on' } : {}),
      action: 'default',
    };
  }
  return undefined;
}

function arrivalAt(page: Page, { homeUrl, landingPageUrl }: Addresses): Arrival {
  const is = (address: string) => page.status === 200 && page.url.pathname === new URL(address).pathname;
  if (is(homeUrl)) return 'home';
  return is(landingPageUrl) ? 'landing-page' : 'elsewhere';
}
