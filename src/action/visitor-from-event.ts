import type { Visitor } from '../policy/visitor.ts';
import type { PostLoginEvent } from './action-event.ts';

/**
 * Makes the policy's visitor from the event of a login. Everything comes from the event: what it lacks is not known.
 *
 * Source: Auth0 docs, "Post-login Triggers: Event Object".
 *
 * @param roles names of all roles held
 * @param at the moment of the login, in milliseconds since 1970
 * @throws {TypeError} for an event without the application's client id
 * @example visitorFromEvent(event, ['ORG:WATER'], Date.now()).application // the client id
 */
export function visitorFromEvent(event: PostLoginEvent, roles: readonly string[], at: number): Visitor {
  const { client_id: application } = event.client;
  // Without it, a guarded application would be taken for an unguarded one.
  if (typeof application !== 'string') throw new TypeError('The event names no application.');
  const { email, email_verified: verified, groups, app_metadata: appMetadata } = event.user;
  const { authentication, connection, organization, request } = event;
  return {
    application,
    email: typeof email === 'string' ? email : undefined,
    // A custom database may store the text "false".
    emailVerified: verified === true,
    roles,
    connection: connection?.name,
    // A login without an organization is known to have none.
    organization: organization === undefined ? [] : [organization.id, organization.name],
    groups: groupNames(groups),
    appMetadata: appMetadata ?? {},
    country: request?.geoip?.countryCode,
    ip: request?.ip,
    at,
    mfa: authentication?.methods?.some(({ name }) => name === 'mfa') === true,
  };
}

/** Returns names and ids of groups; `undefined` if the event has none, or a form that is not known. */
function groupNames(groups: unknown): string[] | undefined {
  if (!Array.isArray(groups)) return undefined;
  return groups.flatMap((group: unknown) => {
    if (typeof group === 'string') return group;
    if (typeof group !== 'object' || group === null) return [];
    const names = ['name' in group && group.name, 'id' in group && group.id];
    return names.filter((name) => typeof name === 'string');
  });
}
