//! Who may enter, and with which role: the first rule that applies.
import type { AdmissionReason, Admitted, Decision, RefusalReason, Refused } from './decision.ts';
import { emailDomain } from './email-domain.ts';
import { hasVisibleCharacter } from './invisible-characters.ts';
import { findOrganization } from './organization-match.ts';
import type { Policy } from './policy.ts';
import { refusalMessages } from './refusal-messages.ts';
import type { Visitor } from './visitor.ts';

/**
 * Says whether a visitor may enter, and with which roles. Pure and total: the same policy and visitor always give the
 * same decision, whatever the order of roles, and every visitor gets exactly one. The first of these that applies:
 *
 * 1. The application is not guarded: ignore.
 * 2. No usable or no verified e-mail address: as the policy's `unverifiedEmail` says; no role is assigned.
 * 3. Holds an organisation role or the default role: admit, nothing to assign.
 * 4. The e-mail's domain belongs to an organisation: assign its role, admit.
 * 5. The policy has a default role: assign it, admit.
 * 6. Refuse.
 *
 * @param policy as the configuration's parser gives it
 * @param visitor with all roles held; where they could not be read, ask {@link decideWithUnknownRoles}
 * @example
 * decide(policy, { application: 'b1Xk…', email: 'ann@water.example', emailVerified: true, roles: [] })
 * // { outcome: 'admit', reason: 'organization_domain', assign: ['ORG:WATER'], roles: ['ORG:WATER'] }
 */
export function decide(policy: Policy, visitor: Visitor): Decision {
  if (!policy.applications.includes(visitor.application)) {
    return { outcome: 'ignore', reason: 'unguarded_application' };
  }

  const domain = emailDomain(visitor.email);
  // Compared with `true` itself: a text such as 'false' that slips past the types must not count as verified.
  if (domain === undefined || visitor.emailVerified !== true) {
    if (policy.unverifiedEmail === 'admit') return admit(visitor, 'unverified_email_admitted');
    return refuse(domain === undefined ? 'missing_email' : 'unverified_email');
  }

  if (visitor.roles.some((role) => isOrganizationRole(policy, role))) return admit(visitor, 'organization_member');
  if (policy.defaultRole !== undefined && visitor.roles.includes(policy.defaultRole)) {
    return admit(visitor, 'default_role_holder');
  }

  const organization = findOrganization(policy.organizations, domain);
  if (organization !== undefined) return admit(visitor, 'organization_domain', organization.role);
  if (policy.defaultRole !== undefined) return admit(visitor, 'default_role', policy.defaultRole);
  return refuse('no_matching_rule');
}

/**
 * What becomes of a visitor whose role could not be assigned: as the policy's `onFailure` says, refused, or admitted
 * with the roles held before. For a visitor who needed no role it is the decision that {@link decide} gives, so that
 * calling it at the wrong moment lets nobody in.
 *
 * @example decideAfterFailedAssignment({ ...policy, onFailure: 'refuse' }, visitor).outcome // 'refuse'
 */
export function decideAfterFailedAssignment(policy: Policy, visitor: Visitor): Decision {
  const decision = decide(policy, visitor);
  if (decision.outcome !== 'admit' || decision.assign.length === 0) return decision;
  return policy.onFailure === 'admit' ? admit(visitor, 'assignment_failed_admitted') : refuse('assignment_failed');
}

/**
 * What becomes of a visitor whose roles could not be read. What the visitor claims to hold is not looked at. With
 * `onFailure: 'admit'`, whoever would be admitted without any role is admitted, with none in the claim and none
 * assigned; everybody else is refused, since a role might have been all that opened the door.
 *
 * @example decideWithUnknownRoles({ ...policy, onFailure: 'refuse' }, visitor).outcome // 'refuse'
 */
export function decideWithUnknownRoles(policy: Policy, visitor: Visitor): Decision {
  const stripped: Visitor = { ...visitor, roles: [] };
  const decision = decide(policy, stripped);
  if (decision.outcome === 'ignore') return decision;
  if (decision.outcome === 'admit' && policy.onFailure === 'admit') {
    return admit(stripped, 'assignment_failed_admitted');
  }
  const reasonIsCertain = decision.outcome === 'refuse' && decision.reason !== 'no_matching_rule';
  return reasonIsCertain ? decision : refuse('roles_unknown');
}

/**
 * The refusal of a login that is taken up again after it was refused.
 *
 * Source: Auth0 docs, "Redirect with Actions": whoever holds the `state` can resume a login at `/continue`, and the
 * Action then answers in `onContinuePostLogin`.
 *
 * @example refuseAgain().reason // 'refused_before'
 */
export function refuseAgain(): Refused {
  return refuse('refused_before');
}

function isOrganizationRole(policy: Policy, role: string): boolean {
  const prefix = policy.organizationPrefix;
  // Without a prefix every role would be an organisation's, and open the door.
  return prefix !== '' && role.startsWith(prefix) && hasVisibleCharacter(role.slice(prefix.length));
}

function admit({ roles }: Visitor, reason: AdmissionReason, needed?: string): Admitted {
  const assign = needed === undefined || roles.includes(needed) ? [] : [needed];
  return { outcome: 'admit', reason, assign, roles: [...new Set([...roles, ...assign])].sort() };
}

function refuse(reason: RefusalReason): Refused {
  return { outcome: 'refuse', reason, message: refusalMessages[reason] };
}
