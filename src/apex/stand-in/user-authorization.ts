import type { SignedInUser } from './apex-session.ts';
import { type AuthorizationScheme, MEMBER_OF_ANY_ORGANIZATION } from './authorization-scheme.ts';
import type { StandInOptions } from './options.ts';
import type { StandInKnobs } from './stand-in-knobs.ts';

/**
 * The authorization schemes of the application. Derived unless the options give them: membership of any organisation,
 * the default role, and one for each organisation role that is configured or that somebody brings along.
 *
 * @param options as given to `startStandIn`
 * @param groups dynamic groups of the user who looks
 * @example authorizationSchemes(options, ['ORG:WATER']).map((scheme) => scheme.name)
 * @see Oracle APEX, Authorization Schemes, "Is In Role or Group" with type "Custom"
 */
export function authorizationSchemes(
  options: StandInOptions,
  groups: readonly string[],
): readonly AuthorizationScheme[] {
  if (options.authorizationSchemes !== undefined) return options.authorizationSchemes;
  const brought = groups.filter((group) => group.startsWith(options.organizationPrefix));
  const organizations = new Set([...(options.organizationRoles ?? []), ...brought]);
  return [
    MEMBER_OF_ANY_ORGANIZATION,
    ...[...organizations].sort().map(inGroup),
    ...(options.defaultRole === undefined ? [] : [inGroup(options.defaultRole)]),
  ];
}

/**
 * Whether a user passes a scheme. Names compare case-sensitively; any one of several is enough.
 *
 * @param knobs where the application looks for groups
 * @example isAuthorized(MEMBER_OF_ANY_ORGANIZATION, user, knobs)
 * @see Oracle APEX API Reference, APEX_AUTHORIZATION.IS_AUTHORIZED
 */
export function isAuthorized(
  scheme: AuthorizationScheme,
  user: SignedInUser,
  { groupSource }: Pick<StandInKnobs, 'groupSource'>,
): boolean {
  if (scheme.requires === 'any-organization') return user.organization !== null;
  return groupSource === 'custom' && scheme.requires.some((group) => user.groups.includes(group));
}

function inGroup(group: string): AuthorizationScheme {
  return { name: `Holds ${group}`, requires: [group], message: `Your account does not hold the role ${group}.` };
}
