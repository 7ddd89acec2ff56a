import type { ProviderValues } from './provider.ts';

/** What the post-authentication procedure makes of the provider's answer. */
export interface PostAuthentication {
  readonly groups: readonly string[];
  readonly organization: string | null;
  /** What the claim was. A `text` deserves a warning: code that counts its elements fails on it. */
  readonly claimShape: 'absent' | 'text' | 'list' | 'other';
}

/** Longer text is a CLOB to `apex_json` and no role name. */
const LONGEST_NAME = 4000;

/**
 * The post-authentication procedure: reads the roles from the claim, makes them the session's dynamic groups, and
 * puts the organisation into its item. Takes whatever the claim is: a list of names, a single name, or nothing. The
 * first role with the prefix, in the order of the claim, names the organisation.
 *
 * @param values the provider's answer, as `apex_json.g_values` holds it
 * @param claim the claim's name; a namespaced one is a member like any other
 * @param prefix what organisation roles begin with, such as `ORG:`
 * @example
 *   postAuthenticate({ 'https://apex.example.com/roles': 'ORG:WATER' }, 'https://apex.example.com/roles', 'ORG:')
 *   // { groups: ['ORG:WATER'], organization: 'WATER', claimShape: 'text' }
 * @see Oracle APEX API Reference, APEX_AUTHORIZATION.ENABLE_DYNAMIC_GROUPS and APEX_JSON.GET_VALUE
 */
export function postAuthenticate(values: ProviderValues, claim: string, prefix: string): PostAuthentication {
  const value = Object.hasOwn(values, claim) ? values[claim] : undefined;
  const groups = [...new Set([value].flat().filter(isName))];
  const organization = groups.find((role) => role.startsWith(prefix) && role.length > prefix.length);
  return { groups, organization: organization?.slice(prefix.length) ?? null, claimShape: shapeOf(value) };
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_NAME;
}

function shapeOf(value: unknown): PostAuthentication['claimShape'] {
  if (value === undefined || value === null) return 'absent';
  if (typeof value === 'string') return 'text';
  return Array.isArray(value) ? 'list' : 'other';
}
