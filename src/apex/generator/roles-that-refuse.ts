import type { DecisionTable, TableTest } from './decision-table.ts';

/**
 * Says whether holding a role may keep a user out: by a `refuse` row, or by the opposite of a test in an `admit` row. Without
 * the list of roles, such a table must refuse, since a list that is missing would count as an empty one.
 *
 * @example refusesByRole(decisionTable({ ...policy, refuse: [{ rule: 'interns', when: { role: ['Intern'] } }] }, 'b1Xk…')) // true
 */
export function refusesByRole({ refuse, admit }: Pick<DecisionTable, 'refuse' | 'admit'>): boolean {
  return refuse.some(({ when }) => asksRole(when)) || admit.some(({ when }) => asksOppositeOfRole(when));
}

function asksRole(test: TableTest): boolean {
  return test.kind === 'role' || inner(test).some(asksRole);
}

function asksOppositeOfRole(test: TableTest): boolean {
  return inner(test).some(test.kind === 'none' ? asksRole : asksOppositeOfRole);
}

function inner(test: TableTest): readonly TableTest[] {
  return 'of' in test ? test.of : [];
}
