//! Interprets a decision table step for step as the generated PL/SQL does.

import type { Decision } from '../../policy/decision.ts';
import type { Visitor } from '../../policy/visitor.ts';
import { type DecisionTable, INVISIBLE_TEXT, LABEL_LETTERS, LOCAL_LETTERS, type TableTest } from './decision-table.ts';

/** The part of a user that the database knows. */
export type TokenVisitor = Pick<Visitor, 'application' | 'email' | 'emailVerified' | 'roles' | 'organization' | 'at'>;

export interface TableAnswer {
  readonly outcome: Decision['outcome'];
  readonly reason: Decision['reason'];
  /** Names of the written rules that decided. */
  readonly rules: readonly string[];
  /** Names of the roles that are given in addition to those held; in any order. */
  readonly assign: readonly string[];
}

/** The e-mail address as far as it counts; `null` as in the database. */
interface Reading {
  readonly address: string | null;
  readonly domain: string | null;
}

const NOT_COUNTED: Reading = { address: null, domain: null };

/**
 * Decides by a table.
 *
 * @param visitor without `organization`: in none; `at` is the database's clock
 * @example interpretDecision(decisionTable(policy, 'client-apex'), visitor).outcome
 */
export function interpretDecision(table: DecisionTable, visitor: TokenVisitor): TableAnswer {
  const { application, email = '', emailVerified, roles } = visitor;
  if (application !== table.application) return answer('ignore', 'unguarded_application');
  if (/[^\0-\x7f]/.test(email)) return answer('refuse', 'missing_email');
  const claimed = readingOf(email);
  const doubt =
    claimed.domain === null ? 'missing_email' : emailVerified === true ? undefined : ('unverified_email' as const);
  if (doubt !== undefined && table.unverifiedEmail === 'refuse') return answer('refuse', doubt);

  const counted = doubt === undefined ? claimed : NOT_COUNTED;
  const refusal = table.refuse.find(({ when }) =>
    [claimed, counted].some((reading) => passes(when, reading, visitor, false) === true),
  );
  if (refusal !== undefined) return answer('refuse', 'refuse_rule', [refusal.rule]);
  if (doubt !== undefined && table.unverifiedEmail === 'admit') return answer('admit', 'unverified_email_admitted');

  const fitting = table.admit.filter(({ when }) => passes(when, counted, visitor, null) === true);
  const [first] = fitting;
  const rest = (names: readonly string[]) => [...new Set(names)].filter((role) => !roles.includes(role));
  if (first !== undefined) {
    const gifts = fitting.flatMap(({ unless, roles: gives }) =>
      unless !== undefined && passes(unless, counted, visitor, null) === true ? [] : gives,
    );
    const rules = fitting.map(({ rule }) => rule).filter((rule) => rule !== undefined);
    return answer('admit', first.reason, [...new Set(rules)], rest(gifts));
  }
  if (doubt !== undefined) return answer('refuse', doubt);
  if (table.otherwise === undefined) return answer('refuse', 'no_matching_rule');
  return answer('admit', table.otherwise.reason, [], rest(table.otherwise.roles));
}

function answer(
  outcome: TableAnswer['outcome'],
  reason: TableAnswer['reason'],
  rules: readonly string[] = [],
  assign: readonly string[] = [],
): TableAnswer {
  return { outcome, reason, rules, assign };
}

/** `null` is neither true nor false, as in the database: its opposite is `null`, too. */
type Truth = boolean | null;

/** @param unknown the truth of a test of an e-mail address that does not count */
function passes(test: TableTest, reading: Reading, visitor: TokenVisitor, unknown: false | null): Truth {
  const inner = (tests: readonly TableTest[]) => tests.map((one) => passes(one, reading, visitor, unknown));
  const { address, domain } = reading;
  switch (test.kind) {
    case 'all':
      return every(inner(test.of));
    case 'any':
      return some(inner(test.of));
    case 'none': {
      const truth = some(inner(test.of));
      return truth === null ? null : !truth;
    }
    case 'address':
      return address === null ? unknown : test.addresses.includes(address);
    case 'domain':
      if (domain === null) return unknown;
      return test.domains.includes(domain) || test.parents.some((parent) => domain.endsWith(`.${parent}`));
    case 'role':
      return (
        test.names.some((name) => visitor.roles.includes(name)) ||
        test.prefixes.some((prefix) => visitor.roles.some((role) => hasPrefix(role, prefix)))
      );
    case 'organization':
      return test.ids.some((id) => visitor.organization?.includes(id));
    case 'between': {
      const { at = Date.now() } = visitor;
      const isAfter = test.from === undefined || at >= Date.parse(test.from);
      return isAfter && (test.until === undefined || at < Date.parse(test.until));
    }
  }
}

function every(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(null) ? null : true;
}

function some(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes(null) ? null : false;
}

function hasPrefix(role: string, prefix: string): boolean {
  return role.startsWith(prefix) && without(role.slice(prefix.length), INVISIBLE_TEXT) !== '';
}

/** `translate(text, 'x' || letters, 'x')` of the database. */
function without(text: string, letters: string): string {
  return [...text].filter((letter) => !letters.includes(letter)).join('');
}

function readingOf(email: string): Reading {
  const domain = asciiDomain(email);
  if (domain === null) return NOT_COUNTED;
  return { address: `${email.slice(0, email.lastIndexOf('@')).toLowerCase()}@${domain}`, domain };
}

/** The function `domain_of` of the package, in the same steps. */
function asciiDomain(email: string): string | null {
  if (/[^\0-\x7f]/.test(email) || email.length > 320) return null;
  const at = email.lastIndexOf('@');
  if (at <= 0) return null;
  const local = email.slice(0, at).toLowerCase();
  if (without(local, LOCAL_LETTERS) !== '' || local.includes('=?')) return null;
  let domain = email.slice(at + 1).toLowerCase();
  if (domain.endsWith('.')) domain = domain.slice(0, -1);
  if (domain === '' || domain.length > 253) return null;
  const labels = domain.split('.');
  for (const label of labels) {
    if (label === '' || label.length > 63 || without(label, LABEL_LETTERS) !== '') return null;
    if (label.startsWith('-') || label.endsWith('-')) return null;
  }
  return without(labels.at(-1) ?? '', '0123456789') === '' ? null : domain;
}
