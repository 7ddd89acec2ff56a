import { findPage, type Page } from './page.ts';

/** The pages of the real application in a scheme that was made for it. */
export interface RealPages {
  readonly landingPage?: string;
  readonly signedOutPage?: string;
}

/** The local tenant and application that replace the real ones. */
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
 * signed-out page. If the logout returns to an unknown page, it returns to the page of the same alias or
 * number, or to the signed-out page. Any other address is not changed.
 *
 * @example localAddress('https://example.eu.auth0.com/v2/logout?client_id=…&returnTo=…', realPages, local)
 * @see Auth0, Log Users Out, `/v2/logout`
 */
export function localAddress(address: string, realPages: RealPages, local: Local): string {
  const url = new URL(address);
  const logout = new URL('v2/logout', local.issuer.endsWith('/') ? local.issuer : `${local.issuer}/`);
  // APEX has no page of this name, and other providers no such logout.
  if (url.pathname !== '/v2/logout' || url.origin === logout.origin) return localPage(url, realPages, local);
  const returnTo = url.searchParams.get('returnTo');
  if (url.searchParams.has('client_id')) logout.searchParams.set('client_id', local.clientId);
  if (returnTo !== null) logout.searchParams.set('returnTo', returnPage(returnTo, realPages, local));
  return logout.href;
}

function localPage(url: URL, { landingPage, signedOutPage }: RealPages, local: Local): string {
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

function returnPage(address: string, realPages: RealPages, local: Local): string {
  if (!URL.canParse(address)) return local.signedOutPage;
  const url = new URL(address);
  if (url.origin === new URL(local.signedOutPage).origin) return url.href;
  if (isSamePage(url, realPages.signedOutPage)) return local.signedOutPage;
  const known = localPage(url, realPages, local);
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
