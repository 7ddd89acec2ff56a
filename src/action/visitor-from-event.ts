import type { Visitor } from '../policy/visitor.ts';
import type { PostLoginEvent } from './action-event.ts';

/**
 * Makes the policy's visitor from the event of a login.
 *
 * @param roles names of all roles held
 * @throws {TypeError} for an event without the application's client id
 * @example visitorFromEvent(event, ['ORG:WATER']).application // the client id
 */
export function visitorFromEvent(event: PostLoginEvent, roles: readonly string[]): Visitor {
  const { client_id: application } = event.client;
  // Without it, a guarded application would be taken for an unguarded one.
  if (typeof application !== 'string') throw new TypeError('The event names no application.');
  const { email, email_verified: verified } = event.user;
  return {
    application,
    email: typeof email === 'string' ? email : undefined,
    // A custom database may store the text "false".
    emailVerified: verified === true,
    roles,
  };
}
