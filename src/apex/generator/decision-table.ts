import type { AdmissionReason, RefusalReason } from '../../policy/decision.ts';
import { INVISIBLE_CHARACTERS } from '../../policy/invisible-characters.ts';
import type { Policy } from '../../policy/policy.ts';
import { assertDecidable } from './undecidable-rules.ts';

/** The characters that do not name an organisation behind a role's prefix, for code that has to decide as the policy does without its code. */
export const INVISIBLE_TEXT = INVISIBLE_CHARACTERS.map(([first, last]) =>
  String.fromCharCode(...Array.from({ length: last - first + 1 }, (_, at) => first + at)),
).join('');

/** Letters of the part in front of the @. */
export const LOCAL_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_.!#$%&'*+/=?^`{|}~-";
export const LABEL_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789-';

/** The condition of a row of the table. */
export type Condition =
  | { readonly kind: 'application_is_none_of'; readonly applications: readonly string[] }
  | { readonly kind: 'email_is_not_ascii' }
  | { readonly kind: 'email_is_unusable' }
  | { readonly kind: 'email_is_unverified' }
  | { readonly kind: 'holds_prefix'; readonly prefix: string }
  | { readonly kind: 'holds_role'; readonly role: string }
  | { readonly kind: 'domain_is'; readonly domain: string }
  | { readonly kind: 'domain_is_or_ends_with'; readonly domain: string }
  | { readonly kind: 'always' };

/** One row: the first row whose condition holds gives the decision. */
export interface DecisionRow {
  readonly when: Condition;
  readonly outcome: 'ignore' | 'admit' | 'refuse';
  readonly reason: AdmissionReason | RefusalReason | 'unguarded_application';
  /** Assigned unless it is held already. */
  readonly role?: string;
}

/**
 * Returns the policy as a list of rows, from which both the PL/SQL and its interpreter are made. It decides as `decide` does,
 * with one intended exception: an e-mail address with a letter beyond ASCII is refused, since the database has no
 * equivalent of JavaScript's Unicode rules. The exception never admits more users.
 *
 * @param applications client ids that count as guarded
 * @throws {Problem} `apex_rules_undecidable`
 */
export function decisionTable(policy: Policy, applications: readonly string[]): readonly DecisionRow[] {
  assertDecidable(policy);
  const emailless = (reason: RefusalReason): Omit<DecisionRow, 'when'> =>
    policy.unverifiedEmail === 'admit'
      ? { outcome: 'admit', reason: 'unverified_email_admitted' }
      : { outcome: 'refuse', reason };
  const rows: DecisionRow[] = [
    {
      when: { kind: 'application_is_none_of', applications },
      outcome: 'ignore',
      reason: 'unguarded_application',
    },
    { when: { kind: 'email_is_not_ascii' }, outcome: 'refuse', reason: 'missing_email' },
    { when: { kind: 'email_is_unusable' }, ...emailless('missing_email') },
    { when: { kind: 'email_is_unverified' }, ...emailless('unverified_email') },
  ];
  if (policy.organizationPrefix !== '') {
    rows.push({
      when: { kind: 'holds_prefix', prefix: policy.organizationPrefix },
      outcome: 'admit',
      reason: 'organization_member',
    });
  }
  if (policy.defaultRole !== undefined) {
    rows.push({
      when: { kind: 'holds_role', role: policy.defaultRole },
      outcome: 'admit',
      reason: 'default_role_holder',
    });
  }
  rows.push(...organizationRows(policy));
  rows.push(
    policy.defaultRole === undefined
      ? { when: { kind: 'always' }, outcome: 'refuse', reason: 'no_matching_rule' }
      : { when: { kind: 'always' }, outcome: 'admit', reason: 'default_role', role: policy.defaultRole },
  );
  return rows;
}

/** Longest domain first: the first that matches is the one that `findOrganization` returns. */
function organizationRows({ organizations }: Policy): DecisionRow[] {
  return organizations
    .flatMap(({ role, domains, includeSubdomains }) => domains.map((domain) => ({ role, domain, includeSubdomains })))
    .filter(({ domain }) => /^[\x20-\x7e]+$/.test(domain))
    .sort((one, other) => other.domain.length - one.domain.length)
    .map(({ role, domain, includeSubdomains }) => ({
      when: { kind: includeSubdomains ? 'domain_is_or_ends_with' : 'domain_is', domain },
      outcome: 'admit',
      reason: 'organization_domain',
      role,
    }));
}
