import { decide } from '../../policy/decide.ts';
import type { Decision } from '../../policy/decision.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Person } from './cast.ts';

/**
 * What a policy says of one of the cast, with the roles that they hold.
 *
 * @param policy as the Action carries it, with client ids
 * @param application client id
 * @example
 * expectedDecision(gate.policy(), gate.clientId, una).outcome; // 'admit'
 */
export function expectedDecision(policy: Policy, application: string, person: Person): Decision {
  const { email, emailVerified, roles } = person;
  return decide(policy, { application, email, emailVerified, roles });
}
