import type { SignedInUser } from './apex-session.ts';
import { type AuthorizationScheme, MEMBER_OF_ANY_ORGANIZATION } from './authorization-scheme.ts';
import type { StandInOptions } from './options.ts';
import type { SchemeAttributes } from './scheme-attributes.ts';

/**
 * Returns the authorization schemes of the application. Unless the options name them: one for membership of any organisation, one for
 * the default role, and one for each organisation role that is configured or that the user has.
 *
 * @param options as given to `startStandIn`
 * @param groups dynamic groups of the current user
 * @example authorizationSchemes(options, ['ORG:WATER']).map((scheme) => scheme.name)
 * @see Oracle APEX, Authorization Schemes, "Is In Role or Group" with type "Custom"
 */
export function authorizationSchemes(
  options: StandInOptions,
  groups: readonly string[],
): readonly AuthorizationScheme[] {
  if (options.authorizationSchemes !== undefined) return options.authorizationSchemes;
  const { organizationPrefix: prefix } = options;
  const brought = groups.filter((group) => prefix !== '' && group.startsWith(prefix));
  const organizations = new Set([...(options.organizationRoles ?? []), ...brought]);
  return [
    MEMBER_OF_ANY_ORGANIZATION,
    ...[...organizations].sort().map(inGroup),
    ...(options.defaultRole === undefined ? [] : [inGroup(options.defaultRole)]),
  ];
}

/**
 * Whether a user passes a scheme. Names are compared case-sensitively; any one of several is enough.
 *
 * @param attributes the source of groups in the application
 * @example isAuthorized(MEMBER_OF_ANY_ORGANIZATION, user, attributes)
 * @see Oracle APEX API Reference, APEX_AUTHORIZATION.IS_AUTHORIZED
 */
export function isAuthorized(
  scheme: AuthorizationScheme,
  user: SignedInUser,
  { groupSource }: Pick<SchemeAttributes, 'groupSource'>,
): boolean {
  if (scheme.requires === 'any-organization') return user.organization !== null;
  return groupSource === 'custom' && scheme.requires.some((group) => user.groups.includes(group));
}

function inGroup(group: string): AuthorizationScheme {
  return { name: `Holds ${group}`, requires: [group], message: `Your account does not hold the role ${group}.` };
}
