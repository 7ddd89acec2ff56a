//! The decision as it was when a policy had only its short fields, for comparison. Nothing but tests uses it.
import type {
  AdmissionReason,
  AdmitDecision,
  Decision,
  RefusalReason,
  RefuseDecision,
} from '../../src/policy/decision.ts';
import { emailDomain } from '../../src/policy/email-domain.ts';
import { hasVisibleCharacter } from '../../src/policy/invisible-characters.ts';
import type { Organization, Policy } from '../../src/policy/policy.ts';
import { refusalMessages } from '../../src/policy/refusal-messages.ts';
import type { Visitor } from '../../src/policy/visitor.ts';

export function formerDecide(policy: Policy, visitor: Visitor): Decision {
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

export function formerDecideAfterFailedAssignment(policy: Policy, visitor: Visitor): Decision {
  const decision = formerDecide(policy, visitor);
  if (decision.outcome !== 'admit' || decision.assign.length === 0) return decision;
  return policy.onFailure === 'admit' ? admit(visitor, 'assignment_failed_admitted') : refuse('assignment_failed');
}

export function formerDecideWithUnknownRoles(policy: Policy, visitor: Visitor): Decision {
  const stripped: Visitor = { ...visitor, roles: [] };
  const decision = formerDecide(policy, stripped);
  if (decision.outcome === 'ignore') return decision;
  if (decision.outcome === 'admit' && policy.onFailure === 'admit') {
    return admit(stripped, 'assignment_failed_admitted');
  }
  const reasonIsCertain = decision.outcome === 'refuse' && decision.reason !== 'no_matching_rule';
  return reasonIsCertain ? decision : refuse('roles_unknown');
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

function findOrganization(organizations: readonly Organization[], domain: string): Organization | undefined {
  let match: Organization | undefined;
  let matchedLength = 0;
  for (const organization of organizations) {
    for (const candidate of organization.domains) {
      if (candidate.length > matchedLength && belongsTo(domain, candidate, organization.includeSubdomains)) {
        match = organization;
        matchedLength = candidate.length;
      }
    }
  }
  return match;
}

function belongsTo(domain: string, parent: string, includeSubdomains: boolean): boolean {
  return domain === parent || (includeSubdomains && domain.endsWith(`.${parent}`));
}
