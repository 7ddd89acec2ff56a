import type { Policy } from '../../policy/policy.ts';
import { type ApexExport, type ExportedPage, textOf } from '../export/apex-export.ts';
import type { ExportCall } from '../export/export-calls.ts';

/** What the doctor knows beside the export. */
export interface DoctorContext {
  readonly policy?: Policy;
  /** The tenant's domain, such as `example.eu.auth0.com`. */
  readonly domain?: string;
  /** The name of the authentication scheme that the policy means. */
  readonly schemeName?: string;
}

/** One Social Sign-In scheme, in its application. */
export interface Patient {
  readonly scheme: ExportCall;
  readonly name: string;
  readonly exported: ApexExport;
  readonly context: DoctorContext;
  /** Whether people sign in through Auth0 with it: only there is known what the provider's session does. */
  readonly auth0: boolean;
  readonly current: boolean;
}

/** @example patients(exported, { domain: 'example.eu.auth0.com' })[0]?.auth0 // true */
export function patients(exported: ApexExport, context: DoctorContext): readonly Patient[] {
  return exported.schemes
    .filter((scheme) => textOf(scheme, 'p_scheme_type') === 'NATIVE_SOCIAL')
    .map((scheme) => ({
      scheme,
      name: textOf(scheme, 'p_name'),
      exported,
      context,
      auth0: textOf(scheme, 'p_name') === context.schemeName || isAuth0(scheme, context.domain),
      current: isCurrent(exported, scheme),
    }));
}

/** Whether it is the application's current scheme. A component that was exported alone does not say: taken for one. */
export function isCurrent({ application }: ApexExport, scheme: ExportCall): boolean {
  const current = application?.parameters.get('p_authentication_id')?.id;
  return current === undefined || current === scheme.parameters.get('p_id')?.id;
}

/**
 * The page that an address of the application leads to; undefined where it leads elsewhere or to a page that is not in
 * the export.
 *
 * @example pageAt(exported, 'f?p=&APP_ID.:LOGIN:0')?.isPublic // true
 * @see Oracle APEX, f?p syntax and friendly URLs
 */
export function pageAt(exported: ApexExport, address: string): ExportedPage | undefined {
  const key = pageKey(address)?.toUpperCase();
  if (key === undefined || key === '') return undefined;
  return exported.pages.find(({ number, alias }) => number === key || alias === key);
}

/** The number or alias of the page in an address. */
export function pageKey(address: string): string | undefined {
  const classic = /(?:^|\/)f\?p=([^:]*):([^:&?]*)/i.exec(address);
  if (classic !== null) return classic[2];
  const friendly = /\/r\/[^/?]+\/[^/?]+\/([^/?:#]+)/i.exec(address);
  return friendly?.[1];
}

/** Whether an address of the application begins a sign-in by itself. */
export function startsSignIn(address: string): boolean {
  return /APEX_AUTHENTICATION(?:=|%3D)/i.test(address);
}

function isAuth0(scheme: ExportCall, domain: string | undefined): boolean {
  const host = hostOf(textOf(scheme, 'p_attribute_03') || textOf(scheme, 'p_attribute_04'));
  return host !== '' && (host === domain?.toLowerCase() || host.endsWith('.auth0.com'));
}

/** @example hostOf('https://a.example/x') // 'a.example'; '' where it is no address */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : '';
}
