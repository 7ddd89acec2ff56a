import { type ApexExport, type ExportedPage, textOf } from '../export/apex-export.ts';

/**
 * The page that an address of the application leads to; undefined where it leads elsewhere or to a page that is not in
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
 * The number or alias, in capitals, of the page that an address of the application names: empty where it names none,
 * undefined where it leads to another application or site, or where the export does not show whereto.
 *
 * @example pageKey(exported, '/ords/r/team/app/signed-out?session=1') // 'SIGNED-OUT'
 */
export function pageKey(exported: ApexExport, address: string): string | undefined {
  const classic = /^(?:[^?]*\/)?f\?p=(?<application>[^:]*)(?::(?<page>[^:?]*))?/i.exec(address);
  const friendly = /^[^?#]*\/r\/[^/?#]+\/(?<application>[^/?#:]+)(?:\/(?<page>[^/?#:]*))?/i.exec(address);
  const { application, page = '' } = (classic ?? friendly)?.groups ?? {};
  // A page that an item holds is known only when it runs.
  if (application === undefined || page.includes('&') || !isOwn(exported, application)) return undefined;
  return page.toUpperCase();
}

/** Whether an address of the application begins a sign-in by itself. */
export function startsSignIn(address: string): boolean {
  return /APEX_AUTHENTICATION(?:=|%3D)/i.test(address);
}

/**
 * The host of an address, with its port where that is not the usual one: a local tenant's domain has one.
 *
 * @example hostOf('https://a.example/x') // 'a.example'; '' where it is no address
 */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : '';
}

/** By number or alias. An export that has no alias may be the one that any alias means. */
function isOwn({ application, applicationId }: ApexExport, reference: string): boolean {
  if (reference === '' || /^&(?:APP_ID|APP_ALIAS|FLOW_ID)\.?$/i.test(reference)) return true;
  if (/^\d+$/.test(reference)) return reference === applicationId;
  const alias = textOf(application, 'p_alias');
  return !reference.includes('&') && (alias === '' || reference.toUpperCase() === alias.toUpperCase());
}
