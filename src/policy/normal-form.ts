//! The one form of all policies: rules that refuse, rules that admit, and what becomes of the others.
import type { AdmissionReason } from './decision.ts';
import type { AdmitRule, Condition, Organization, Policy, RefuseRule } from './policy.ts';

/** The reasons of the rules that stand for the short fields of a policy; no written rule may have such a name. */
export type ShortRuleReason = 'organization_member' | 'default_role_holder' | 'organization_domain';

/** A policy's rules. `otherwise` is absent if all others are refused. */
export interface NormalForm {
  readonly refuse: readonly RefuseRule[];
  readonly admit: readonly NormalAdmitRule[];
  readonly otherwise: Otherwise | undefined;
}

/** An admit rule. `reason` is set if it stands for a short field. */
export interface NormalAdmitRule extends AdmitRule {
  readonly when: NormalCondition;
  readonly reason?: ShortRuleReason;
  /** Its roles are not given to users who hold a role that this describes. */
  readonly unlessHolding?: HeldRoles;
}

/** A condition, with one more field for the rules of the short fields. */
export interface NormalCondition extends Condition {
  readonly holding?: HeldRoles;
}

/** Roles by prefix and by name. The name is exact, even if it ends with `*`. */
export interface HeldRoles {
  readonly prefix?: string | undefined;
  readonly name?: string | undefined;
}

export interface Otherwise {
  readonly roles: readonly string[];
  readonly reason: Extract<AdmissionReason, 'otherwise' | 'default_role'>;
}

/**
 * Returns the rules of a policy. Its short fields become rules:
 *
 * - `organizationPrefix`: who holds a role that begins with it is admitted.
 * - `defaultRole`: who holds it is admitted; who fits no rule is given it.
 * - `organizations`: who has an address of the domain is admitted, and given the role unless the user holds a role of an
 *   organisation or the default role. Of several domains that match, the longest counts.
 *
 * @example normalForm(policy).admit.map(({ rule }) => rule)
 */
export function normalForm(policy: Policy): NormalForm {
  const { defaultRole, organizationPrefix: prefix, organizations, otherwise } = policy;
  const admit: NormalAdmitRule[] = [...(policy.admit ?? [])];
  // Without a prefix every role would count as an organisation's, and would admit its holder.
  const held: HeldRoles = { prefix: prefix === '' ? undefined : prefix, name: defaultRole };
  if (prefix !== '') admit.push(shortRule('organization_member', { holding: { prefix } }, []));
  if (defaultRole !== undefined) admit.push(shortRule('default_role_holder', { holding: { name: defaultRole } }, []));
  for (const [index, organization] of organizations.entries()) {
    for (const when of domainConditions(organization, index, organizations)) {
      admit.push({ ...shortRule('organization_domain', when, [organization.role]), unlessHolding: held });
    }
  }
  return { refuse: policy.refuse ?? [], admit, otherwise: remainder(defaultRole, otherwise) };
}

/**
 * Returns the roles that a policy mentions: those that it may give, and those that its rules ask for.
 *
 * @example mentionedRoles(policy) // [{ prefix: 'ORG:' }, { name: 'APEX User' }]
 */
export function mentionedRoles(policy: Policy): HeldRoles[] {
  const { refuse, admit, otherwise } = normalForm(policy);
  const names = [...admit.flatMap(({ roles }) => roles), ...(otherwise?.roles ?? [])];
  return [
    ...[...refuse, ...admit].flatMap(({ when }) => rolesIn(when)),
    ...admit.flatMap(({ unlessHolding }) => unlessHolding ?? []),
    ...names.map((name) => ({ name })),
  ];
}

function rolesIn({ role = [], holding, not = [], anyOf = [] }: NormalCondition): HeldRoles[] {
  return [
    ...role.map(rolePattern),
    ...(holding === undefined ? [] : [holding]),
    ...[...not, ...anyOf].flatMap(rolesIn),
  ];
}

/**
 * Reads a value of `role`: a name, or a prefix in front of `*`.
 *
 * @example rolePattern('ORG:*') // { prefix: 'ORG:' }
 */
export function rolePattern(text: string): HeldRoles {
  return text.length > 1 && text.endsWith('*') ? { prefix: text.slice(0, -1) } : { name: text };
}

function shortRule(reason: ShortRuleReason, when: NormalCondition, roles: readonly string[]): NormalAdmitRule {
  return { rule: reason, reason, when, roles };
}

function remainder(defaultRole: string | undefined, otherwise: Policy['otherwise']): Otherwise | undefined {
  if (otherwise === 'refuse') return undefined;
  if (otherwise !== undefined) return { roles: otherwise.roles, reason: 'otherwise' };
  return defaultRole === undefined ? undefined : { roles: [defaultRole], reason: 'default_role' };
}

/** The conditions for the domains of one organisation. Domains below them that belong to another are excepted. */
function domainConditions(
  { domains, includeSubdomains }: Organization,
  index: number,
  organizations: readonly Organization[],
): NormalCondition[] {
  if (!includeSubdomains || domains.length === 0) return [{ emailDomain: domains }];
  const others = organizations.filter((_, position) => position !== index);
  const plain: string[] = [];
  const conditions: NormalCondition[] = [];
  for (const domain of domains) {
    const below = others.flatMap((other) =>
      other.domains.filter((one) => one.endsWith(`.${domain}`)).flatMap((one) => domainValues(one, other)),
    );
    if (below.length === 0) plain.push(domain, `*.${domain}`);
    else conditions.push({ emailDomain: [domain, `*.${domain}`], not: [{ emailDomain: below }] });
  }
  return plain.length === 0 ? conditions : [{ emailDomain: plain }, ...conditions];
}

function domainValues(domain: string, { includeSubdomains }: Organization): string[] {
  return includeSubdomains ? [domain, `*.${domain}`] : [domain];
}
