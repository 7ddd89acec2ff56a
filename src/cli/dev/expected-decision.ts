import { decide } from '../../policy/decide.ts';
import type { Decision } from '../../policy/decision.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Person } from './cast.ts';
import { DATABASE_CONNECTION, SOCIAL_CONNECTION } from './seed-gate.ts';

/**
 * Returns the decision of a policy about a user of the cast, with the roles that the user has.
 *
 * @param policy as in the Action, with client IDs
 * @param application client ID
 * @example
 * expectedDecision(gate.policy(), gate.clientId, una).outcome; // 'admit'
 */
export function expectedDecision(policy: Policy, application: string, person: Person): Decision {
  const { email, emailVerified, roles, password } = person;
  const connection = password === undefined ? SOCIAL_CONNECTION : DATABASE_CONNECTION;
  // The cast has no organization and no metadata, and signs in on this machine.
  const known = { connection, organization: [], appMetadata: {}, ip: '127.0.0.1', at: Date.now() };
  return decide(policy, { application, email, emailVerified, roles, ...known });
}
