import { type ApexExport, type ExportedPage, textOf } from '../export/apex-export.ts';

/**
 * Finds the page that an address of the application leads to; undefined if it leads elsewhere or to a page that is not in
 * the export. An address without a page leads to the home page.
 *
 * @example pageAt(exported, 'f?p=&APP_ID.:LOGIN:0')?.isPublic // true
 * @see Oracle APEX, f?p syntax and friendly URLs
 */
export function pageAt(exported: ApexExport, address: string): ExportedPage | undefined {
  const named = pageKey(exported, address);
  const key = named === '' ? pageKey(exported, textOf(exported.userInterface, 'p_home_url')) : named;
  return exported.pages.find(({ number, alias }) => number === key || (alias !== '' && alias === key));
}

/**
 * Returns the number or alias, in capitals, of the page in an address of the application: empty if it names none,
 * undefined if it leads to another application or site, or if the export does not show where it leads.
 *
 * @example pageKey(exported, '/ords/r/team/app/signed-out?session=1') // 'SIGNED-OUT'
 */
export function pageKey(exported: ApexExport, address: string): string | undefined {
  const classic = /^(?:[^?]*\/)?f\?p=(?<application>[^:]*)(?::(?<page>[^:?]*))?/i.exec(address);
  const friendly = /^[^?#]*\/r\/[^/?#]+\/(?<application>[^/?#:]+)(?:\/(?<page>[^/?#:]*))?/i.exec(address);
  const { application, page = '' } = (classic ?? friendly)?.groups ?? {};
  // A page that an item holds is known only at run time.
  if (application === undefined || page.includes('&') || !isOwn(exported, application)) return undefined;
  return page.toUpperCase();
}

/**
 * Names the part of an address that begins a sign-in by itself: the request of APEX, or the endpoint of the tenant.
 *
 * @param tenants hosts of the tenant that the scheme signs in at
 * @returns undefined if opening the address begins none
 * @example signInStart('https://example.eu.auth0.com/authorize?client_id=x', ['example.eu.auth0.com']) // '/authorize of the tenant'
 */
export function signInStart(address: string, tenants: readonly string[]): string | undefined {
  if (/APEX_AUTHENTICATION(?:=|%3D)/i.test(address)) return 'APEX_AUTHENTICATION';
  const host = hostOf(address);
  const isAuthorize = host !== '' && /^\/authorize\/?$/.test(new URL(address).pathname);
  return isAuthorize && tenants.includes(host) ? '/authorize of the tenant' : undefined;
}

/** Returns the address that Auth0's logout redirects the browser to; undefined for any other address. */
export function returnTo(address: string): string | undefined {
  if (hostOf(address) === '') return undefined;
  const query = new URL(address).searchParams;
  return query.get('returnTo') ?? query.get('post_logout_redirect_uri') ?? undefined;
}

/**
 * Returns the host of an address, with a non-default port, as a local tenant's domain has.
 *
 * @example hostOf('https://a.example/x') // 'a.example'; '' if it is not an address
 */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : '';
}

/** Whether a number or alias is the exported application's. An export without an alias may have any alias. */
function isOwn({ application, applicationId }: ApexExport, reference: string): boolean {
  if (reference === '' || /^&(?:APP_ID|APP_ALIAS|FLOW_ID)\.?$/i.test(reference)) return true;
  if (/^\d+$/.test(reference)) return reference === applicationId;
  const alias = textOf(application, 'p_alias');
  return !reference.includes('&') && (alias === '' || reference.toUpperCase() === alias.toUpperCase());
}
