//! The policy's decision: whether a user may enter, and with which role. The first rule that applies decides.
import type { AdmissionReason, AdmitDecision, Decision, RefusalReason, RefuseDecision } from './decision.ts';
import { emailDomain } from './email-domain.ts';
import { hasVisibleCharacter } from './invisible-characters.ts';
import { findOrganization } from './organization-match.ts';
import type { Policy } from './policy.ts';
import { refusalMessages } from './refusal-messages.ts';
import type { Visitor } from './visitor.ts';

/**
 * Decides whether a visitor may enter, and with which roles. Pure and total: the same policy and visitor always give the
 * same decision, regardless of the order of roles, and every visitor gets exactly one decision. The first of these that applies:
 *
 * 1. The application is not guarded: ignore.
 * 2. No usable or no verified e-mail address: as the policy's `unverifiedEmail` says; no role is assigned.
 * 3. Holds an organisation role or the default role: admit, nothing to assign.
 * 4. An organisation has the e-mail's domain: assign its role, admit.
 * 5. The policy has a default role: assign it, admit.
 * 6. Refuse.
 *
 * @param policy as the configuration's parser returns it
 * @param visitor with all roles held; if they could not be read, call {@link decideWithUnknownRoles}
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
 * Decides about a visitor whose role could not be assigned. As the policy's `onFailure` says, the visitor is refused, or
 * admitted with the roles held before. A visitor who needed no role gets the decision of {@link decide}, so a call at
 * the wrong moment admits no visitor.
 *
 * @example decideAfterFailedAssignment({ ...policy, onFailure: 'refuse' }, visitor).outcome // 'refuse'
 */
export function decideAfterFailedAssignment(policy: Policy, visitor: Visitor): Decision {
  const decision = decide(policy, visitor);
  if (decision.outcome !== 'admit' || decision.assign.length === 0) return decision;
  return policy.onFailure === 'admit' ? admit(visitor, 'assignment_failed_admitted') : refuse('assignment_failed');
}

/**
 * Decides about a visitor whose roles could not be read. The roles that the visitor claims to hold are ignored. With
 * `onFailure: 'admit'`, a visitor who would be admitted without any role is admitted: the claim is empty, and no role is
 * assigned. Every other visitor is refused, since only a role might have admitted them.
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
 * Refuses a login that is resumed after it was refused.
 *
 * Source: Auth0 docs, "Redirect with Actions": any holder of the `state` can resume a login at `/continue`, and the
 * Action then answers in `onContinuePostLogin`.
 *
 * @example refuseAgain().reason // 'refused_before'
 */
export function refuseAgain(): RefuseDecision {
  return refuse('refused_before');
}

function isOrganizationRole(policy: Policy, role: string): boolean {
  const prefix = policy.organizationPrefix;
  // Without a prefix every role would count as an organisation's, and would admit its holder.
  return prefix !== '' && role.startsWith(prefix) && hasVisibleCharacter(role.slice(prefix.length));
}

function admit({ roles }: Visitor, reason: AdmissionReason, needed?: string): AdmitDecision {
  const assign = needed === undefined || roles.includes(needed) ? [] : [needed];
  return { outcome: 'admit', reason, assign, roles: [...new Set([...roles, ...assign])].sort() };
}

function refuse(reason: RefusalReason): RefuseDecision {
  return { outcome: 'refuse', reason, message: refusalMessages[reason] };
}
