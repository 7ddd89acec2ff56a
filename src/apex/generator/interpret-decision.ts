//! Interprets a decision table step for step as the generated PL/SQL does.

import type { Visitor } from '../../policy/visitor.ts';
import { type Condition, type DecisionRow, INVISIBLE_TEXT, LABEL_LETTERS, LOCAL_LETTERS } from './decision-table.ts';

export interface TableAnswer {
  readonly outcome: DecisionRow['outcome'];
  readonly reason: DecisionRow['reason'];
  readonly assign: string | null;
}

/**
 * @throws {Error} for a table without a last row, which `decisionTable` never returns
 * @example interpretDecision(decisionTable(policy, ['client-apex']), visitor).outcome
 */
export function interpretDecision(table: readonly DecisionRow[], visitor: Visitor): TableAnswer {
  const domain = asciiDomain(visitor.email ?? '');
  const row = table.find(({ when }) => applies(when, visitor, domain));
  if (row === undefined) throw new Error('The decision table has no last row.');
  const assign = row.role === undefined || visitor.roles.includes(row.role) ? null : row.role;
  return { outcome: row.outcome, reason: row.reason, assign };
}

function applies(when: Condition, visitor: Visitor, domain: string | null): boolean {
  switch (when.kind) {
    case 'application_is_none_of':
      return !when.applications.includes(visitor.application);
    case 'email_is_not_ascii':
      return /[^\0-\x7f]/.test(visitor.email ?? '');
    case 'email_is_unusable':
      return domain === null;
    case 'email_is_unverified':
      return visitor.emailVerified !== true;
    case 'holds_prefix':
      return visitor.roles.some(
        (role) => role.startsWith(when.prefix) && without(role.slice(when.prefix.length), INVISIBLE_TEXT) !== '',
      );
    case 'holds_role':
      return visitor.roles.includes(when.role);
    case 'domain_is':
      return domain === when.domain;
    case 'domain_is_or_ends_with':
      return domain === when.domain || (domain?.endsWith(`.${when.domain}`) ?? false);
    case 'always':
      return true;
  }
}

/** `translate(text, 'x' || letters, 'x')` of the database. */
function without(text: string, letters: string): string {
  return [...text].filter((letter) => !letters.includes(letter)).join('');
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
