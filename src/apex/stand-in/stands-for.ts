import { findPage, type Page } from './page.ts';

/** The pages of the real application, as a scheme that was made for it names them. */
export interface StandsFor {
  readonly landingPage?: string;
  readonly signedOutPage?: string;
}

/** What takes the place of the real tenant and application. */
export interface Local {
  readonly issuer: string;
  readonly clientId: string;
  readonly pages: readonly Page[];
  readonly landingPage: string;
  readonly signedOutPage: string;
  /** The address of a page of the stand-in. */
  page(alias: string): string;
}

/**
 * Turns an address of the real tenant or application into the local one: the tenant's logout, the landing page and the
 * signed-out page. Where the logout returns to a page that is not known, it returns to the page of the same alias or
 * number, or to the signed-out page. Any other address stays as it is.
 *
 * @example localAddress('https://example.eu.auth0.com/v2/logout?client_id=…&returnTo=…', standsFor, local)
 * @see Auth0, Log Users Out, `/v2/logout`
 */
export function localAddress(address: string, standsFor: StandsFor, local: Local): string {
  const url = new URL(address);
  const logout = new URL('v2/logout', local.issuer.endsWith('/') ? local.issuer : `${local.issuer}/`);
  // No page of APEX is called so, and no other provider's logout.
  if (url.pathname !== '/v2/logout' || url.origin === logout.origin) return localPage(url, standsFor, local);
  const returnTo = url.searchParams.get('returnTo');
  if (url.searchParams.has('client_id')) logout.searchParams.set('client_id', local.clientId);
  if (returnTo !== null) logout.searchParams.set('returnTo', returnPage(returnTo, standsFor, local));
  return logout.href;
}

function localPage(url: URL, { landingPage, signedOutPage }: StandsFor, local: Local): string {
  const pairs = [
    [landingPage, local.landingPage],
    [signedOutPage, local.signedOutPage],
  ] as const;
  const found = pairs.find(([real]) => isSamePage(url, real))?.[1];
  if (found === undefined) return url.href;
  const here = new URL(found);
  const reason = url.searchParams.get('reason');
  if (reason !== null) here.searchParams.set('reason', reason);
  return here.href;
}

function returnPage(address: string, standsFor: StandsFor, local: Local): string {
  if (!URL.canParse(address)) return local.signedOutPage;
  const url = new URL(address);
  if (url.origin === new URL(local.signedOutPage).origin) return url.href;
  if (isSamePage(url, standsFor.signedOutPage)) return local.signedOutPage;
  const known = localPage(url, standsFor, local);
  if (known !== url.href) return known;
  const name = /\/r\/[^/]+\/[^/]+\/([^/]+)$/.exec(url.pathname)?.[1] ?? url.searchParams.get('p')?.split(':')[1] ?? '';
  const page = findPage(local.pages, name);
  return page === undefined ? local.signedOutPage : local.page(page.alias);
}

function isSamePage(url: URL, real: string | undefined): boolean {
  if (real === undefined || !URL.canParse(real)) return false;
  const other = new URL(real);
  const classic = (one: URL) => one.searchParams.get('p');
  return url.origin === other.origin && url.pathname === other.pathname && classic(url) === classic(other);
}
