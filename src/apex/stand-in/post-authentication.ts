import { interpretDecision } from '../generator/interpret-decision.ts';
import { refusesByRole } from '../generator/roles-that-refuse.ts';
import type { StandInOptions } from './options.ts';
import type { ProviderValues } from './provider.ts';

/** The result of the post-authentication procedure. */
export interface PostAuthentication {
  /** The reason if the user is refused; `undefined` if the user is let in. */
  readonly refusal: { readonly reason: string; readonly rule?: string | undefined } | undefined;
  readonly groups: readonly string[];
  readonly organization: string | null;
  /** The type of the claim's value. A `text` deserves a warning: code that counts its elements fails on it. */
  readonly claimShape: 'absent' | 'text' | 'list' | 'other';
}

/** Longer text is a CLOB to `apex_json` and not a role name. */
const LONGEST_NAME = 4000;

/**
 * The post-authentication procedure: reads the roles from the claim, refuses users that the gate does not admit, makes the roles the
 * session's dynamic groups, and puts the organisation into its item. Accepts every form of the claim: a list of names, a single name,
 * or nothing. The first role with the prefix, in the order of the claim, names the organisation.
 *
 * @param values the provider's answer, as `apex_json.g_values` holds it
 * @param options the claim, whose name is a member like any other; the prefix of organisation roles; the gate
 * @param at the moment of the login, in milliseconds since 1970
 * @example
 *   postAuthenticate({ 'https://apex.example.com/roles': 'ORG:WATER' }, { claim: 'https://apex.example.com/roles', … }, Date.now())
 *   // { groups: ['ORG:WATER'], organization: 'WATER', claimShape: 'text' }
 * @see Oracle APEX API Reference, APEX_AUTHORIZATION.ENABLE_DYNAMIC_GROUPS and APEX_JSON.GET_VALUE
 */
export function postAuthenticate(
  values: ProviderValues,
  options: Pick<StandInOptions, 'claim' | 'organizationPrefix' | 'clientId' | 'gate'>,
  at: number,
): PostAuthentication {
  const { claim, organizationPrefix: prefix } = options;
  const value = Object.hasOwn(values, claim) ? values[claim] : undefined;
  const claimShape = shapeOf(value);
  const roles = [value].flat().filter(isName);
  // To the database, an empty text is null, and a long one is a CLOB: neither is a list of roles.
  const areKnown = Array.isArray(value) || isName(value);
  const { refusal, assign } = decideInApex(values, roles, areKnown, options, at);
  const groups = [...new Set([...roles, ...assign])];
  const organization = groups.find((role) => prefix !== '' && role.startsWith(prefix) && role.length > prefix.length);
  return { refusal, groups, organization: organization?.slice(prefix.length) ?? null, claimShape };
}

/** Decides as the generated package does, by the same table. */
function decideInApex(
  values: ProviderValues,
  roles: readonly string[],
  rolesAreKnown: boolean,
  { gate, clientId }: Pick<StandInOptions, 'gate' | 'clientId'>,
  at: number,
): Pick<PostAuthentication, 'refusal'> & { readonly assign: readonly string[] } {
  if (gate === undefined) return { refusal: undefined, assign: [] };
  if (!rolesAreKnown && (gate === 'action' || refusesByRole(gate))) {
    return { refusal: { reason: 'roles_unknown' }, assign: [] };
  }
  if (gate === 'action') return { refusal: undefined, assign: [] };
  const { email, email_verified: emailVerified, org_id: organization } = values;
  const answer = interpretDecision(gate, {
    application: clientId,
    email: typeof email === 'string' ? email : undefined,
    emailVerified: emailVerified === true,
    roles,
    organization: typeof organization === 'string' ? [organization] : [],
    at,
  });
  const [rule] = answer.rules;
  // Every outcome other than admit is a refusal: an application that calls the gate is meant to be guarded.
  return { refusal: answer.outcome === 'admit' ? undefined : { reason: answer.reason, rule }, assign: answer.assign };
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_NAME;
}

function shapeOf(value: unknown): PostAuthentication['claimShape'] {
  if (value === undefined || value === null) return 'absent';
  if (typeof value === 'string') return 'text';
  return Array.isArray(value) ? 'list' : 'other';
}
