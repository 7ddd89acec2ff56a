//! The policy as plain data, from which both the PL/SQL and its interpreter are made.
import type { AdmissionReason } from '../../policy/decision.ts';
import { INVISIBLE_CHARACTERS } from '../../policy/invisible-characters.ts';
import { type HeldRoles, type NormalCondition, normalForm, rolePattern } from '../../policy/normal-form.ts';
import type { Policy } from '../../policy/policy.ts';
import { assertDecidable } from './undecidable-rules.ts';

/** The characters that do not name an organisation behind a role's prefix, for code that has to decide as the policy does without its code. */
export const INVISIBLE_TEXT = INVISIBLE_CHARACTERS.map(([first, last]) =>
  String.fromCharCode(...Array.from({ length: last - first + 1 }, (_, at) => first + at)),
).join('');

/** Letters of the part in front of the @. */
export const LOCAL_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_.!#$%&'*+/=?^`{|}~-";
export const LABEL_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789-';

/** A test of what the database knows about a user. */
export type TableTest =
  | { readonly kind: 'all' | 'any' | 'none'; readonly of: readonly TableTest[] }
  | { readonly kind: 'address'; readonly addresses: readonly string[] }
  /** The domain, or a domain below one of `parents`. */
  | { readonly kind: 'domain'; readonly domains: readonly string[]; readonly parents: readonly string[] }
  /** A role held, by its name, or by a prefix in front of a visible character. */
  | { readonly kind: 'role'; readonly names: readonly string[]; readonly prefixes: readonly string[] }
  | { readonly kind: 'organization'; readonly ids: readonly string[] }
  /** ISO 8601, UTC; the end is not included. */
  | { readonly kind: 'between'; readonly from: string | undefined; readonly until: string | undefined };

export interface RefuseRow {
  readonly rule: string;
  readonly when: TableTest;
}

/** Every row whose test passes gives its roles. */
export interface AdmitRow {
  readonly reason: AdmissionReason;
  /** The name of a written rule. */
  readonly rule?: string;
  readonly when: TableTest;
  readonly roles: readonly string[];
  /** The roles are not given if this passes. */
  readonly unless?: TableTest;
}

/** The first `refuse` row that fits refuses; otherwise all `admit` rows that fit admit together; otherwise `otherwise`. */
export interface DecisionTable {
  /** The client id of the only application that is guarded. */
  readonly application: string;
  readonly unverifiedEmail: Policy['unverifiedEmail'];
  /** By name: of several that fit, the first refuses. */
  readonly refuse: readonly RefuseRow[];
  /** Written rules by name, then the short fields: the first that fits has the reason. */
  readonly admit: readonly AdmitRow[];
  /** Absent: refused. */
  readonly otherwise?: { readonly reason: AdmissionReason; readonly roles: readonly string[] };
}

const SHORT_RULES: readonly (AdmissionReason | undefined)[] = [
  undefined,
  'organization_member',
  'default_role_holder',
  'organization_domain',
];

/**
 * Returns the policy as a table. It decides as `decide` does, with one intended exception: an e-mail address with a letter
 * beyond ASCII is refused, since the database has no equivalent of JavaScript's Unicode rules. The exception never admits
 * more users.
 *
 * @param application the client id that the table is for, as in the policy's conditions; no other is guarded
 * @throws {Problem} `apex_rules_undecidable`
 * @example decisionTable(policy, 'b1Xk…').refuse.map(({ rule }) => rule)
 */
export function decisionTable(policy: Policy, application: string): DecisionTable {
  assertDecidable(policy);
  const { refuse, admit, otherwise } = normalForm(policy);
  const rows = admit.map(({ rule, reason, when, roles, unlessHolding }): AdmitRow => {
    const unless = unlessHolding === undefined ? {} : { unless: held([unlessHolding]) };
    const name = reason === undefined ? { rule } : {};
    return { reason: reason ?? 'admit_rule', ...name, when: test(when, application), roles, ...unless };
  });
  return {
    application,
    unverifiedEmail: policy.unverifiedEmail,
    refuse: refuse.map(({ rule, when }) => ({ rule, when: test(when, application) })).sort(byRule),
    admit: rows.sort((one, other) => rank(one) - rank(other) || byRule(one, other)),
    ...(otherwise === undefined ? {} : { otherwise }),
  };
}

function rank({ rule, reason }: AdmitRow): number {
  return SHORT_RULES.indexOf(rule === undefined ? reason : undefined);
}

function byRule(
  { rule: one = '' }: { readonly rule?: string },
  { rule: other = '' }: { readonly rule?: string },
): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function test(condition: NormalCondition, application: string): TableTest {
  const { email, emailDomain, role, holding, organization, from, until, not, anyOf } = condition;
  const parts: TableTest[] = [];
  if (condition.application !== undefined && !condition.application.includes(application)) {
    parts.push({ kind: 'any', of: [] });
  }
  if (email !== undefined) parts.push({ kind: 'address', addresses: email.filter(isAscii) });
  if (emailDomain !== undefined) {
    const names = emailDomain.filter(isAscii);
    const parents = names.filter((name) => name.startsWith('*.')).map((name) => name.slice(2));
    parts.push({ kind: 'domain', domains: names.filter((name) => !name.startsWith('*.')), parents });
  }
  if (role !== undefined) parts.push(held(role.map(rolePattern)));
  if (holding !== undefined) parts.push(held([holding]));
  if (organization !== undefined) parts.push({ kind: 'organization', ids: organization });
  if (from !== undefined || until !== undefined) parts.push({ kind: 'between', from, until });
  if (not !== undefined) parts.push({ kind: 'none', of: not.map((one) => test(one, application)) });
  if (anyOf !== undefined) parts.push({ kind: 'any', of: anyOf.map((one) => test(one, application)) });
  const [only, ...others] = parts;
  return only !== undefined && others.length === 0 ? only : { kind: 'all', of: parts };
}

function held(patterns: readonly HeldRoles[]): TableTest {
  const isText = (text: string | undefined) => text !== undefined;
  return {
    kind: 'role',
    names: patterns.map(({ name }) => name).filter(isText),
    prefixes: patterns.map(({ prefix }) => prefix).filter(isText),
  };
}

/** The database refuses addresses beyond ASCII, so a value beyond ASCII fits no address that it looks at. */
function isAscii(text: string): boolean {
  return /^[\x20-\x7e]+$/.test(text);
}
