import type { Policy } from '../../policy/policy.ts';
import { type ApexExport, textOf } from '../export/apex-export.ts';
import type { ExportCall } from '../export/export-calls.ts';
import { hostOf } from './application-address.ts';

/** The context of the export: the policy and the tenant. */
export interface DoctorContext {
  readonly policy?: Policy;
  /** The tenant's domain, such as `example.eu.auth0.com`. */
  readonly domain?: string;
  /** The name of the authentication scheme that the configuration names. */
  readonly schemeName?: string;
}

/** One Social Sign-In scheme, in its application. */
export interface DiagnosedScheme {
  readonly scheme: ExportCall;
  readonly name: string;
  readonly exported: ApexExport;
  readonly context: DoctorContext;
  /** Whether users sign in through Auth0 with it: only Auth0's handling of sessions is known. */
  readonly auth0: boolean;
  readonly current: boolean;
  /** Hosts of the tenant that it signs in at, as far as the export and the configuration name them. */
  readonly tenants: readonly string[];
}

/** @example diagnosedSchemes(exported, { domain: 'example.eu.auth0.com' })[0]?.auth0 // true */
export function diagnosedSchemes(exported: ApexExport, context: DoctorContext): readonly DiagnosedScheme[] {
  return exported.schemes
    .filter((scheme) => textOf(scheme, 'p_scheme_type') === 'NATIVE_SOCIAL')
    .map((scheme) => ({
      scheme,
      name: textOf(scheme, 'p_name'),
      exported,
      context,
      auth0: isAuth0(scheme, context),
      current: isCurrent(exported, scheme),
      tenants: [signInHost(scheme), context.domain?.toLowerCase() ?? ''].filter((host) => host !== ''),
    }));
}

/** Whether it is the application's current scheme. A component that was exported alone does not say: it counts as current. */
export function isCurrent({ application }: ApexExport, scheme: ExportCall): boolean {
  const current = application?.parameters.get('p_authentication_id')?.id;
  return current === undefined || current === scheme.parameters.get('p_id')?.id;
}

/** Providers with a protocol of their own, without addresses in the scheme: never Auth0, regardless of the scheme's name. */
export const FIXED_PROVIDERS: readonly string[] = ['GOOGLE', 'FACEBOOK'];

/** Returns the host that a scheme signs in at, with its port; empty if the export does not name it. */
export function signInHost(scheme: ExportCall): string {
  return hostOf(textOf(scheme, 'p_attribute_03') || textOf(scheme, 'p_attribute_04'));
}

function isAuth0(scheme: ExportCall, { domain, schemeName }: DoctorContext): boolean {
  if (FIXED_PROVIDERS.includes(textOf(scheme, 'p_attribute_02'))) return false;
  if (textOf(scheme, 'p_name') === schemeName) return true;
  const host = signInHost(scheme);
  return host !== '' && (host === domain?.toLowerCase() || host.endsWith('.auth0.com'));
}
