import { decide } from '../../policy/decide.ts';
import type { ApexTarget } from './apex-target.ts';
import { SCRIPT_END, SCRIPT_START } from './component.ts';
import { decisionTable } from './decision-table.ts';
import { type ExpectedVisitor, expectedVisitors } from './expected-visitors.ts';
import { NEVER_RUN, sqlHeader } from './file-header.ts';
import { interpretDecision, type TableAnswer } from './interpret-decision.ts';
import { sqlLiteral } from './sql-literal.ts';
import { timestamp } from './table-test-sql.ts';

const CALLS_A_BLOCK = 100;

/** `expected-decisions.sql`: visitors with their expected decisions, for the real database; prints pass or fail. */
export function expectedDecisionsSql(target: ApexTarget): string {
  const visitors = expectedVisitors(target.policy, target.clientId);
  const decider = target.decider === 'mle' ? 'portcullis_mle' : 'portcullis_decision';
  const blocks: string[] = [];
  for (let from = 0; from < visitors.length; from += CALLS_A_BLOCK) {
    blocks.push(block(visitors.slice(from, from + CALLS_A_BLOCK), from, target, decider));
  }
  return `${sqlHeader({
    what: `${visitors.length} visitors, and what the policy says of each: a test of ${decider}.`,
    changes: 'nothing.',
    run: 'as the parsing schema of the application, after the decision is there: @expected-decisions.sql. Each block prints "pass", or "fail" with the visitor\'s number.',
    undo: 'nothing to undo.',
    checked: NEVER_RUN,
  })}
${SCRIPT_START} serveroutput on
${blocks.join('\n')}
${SCRIPT_END}
`.replace(`${SCRIPT_START} serveroutput on`, `${SCRIPT_START}\nset serveroutput on`);
}

function block(visitors: readonly ExpectedVisitor[], from: number, target: ApexTarget, decider: string): string {
  const calls = visitors.map((visitor, index) => {
    const { outcome, reason, rules, assign } = expected(visitor, target);
    const { application, email = '', emailVerified, roles, organization, at } = visitor;
    return `  expect(${from + index + 1}, ${sqlLiteral(application)}, ${sqlLiteral(email)}, ${emailVerified}, ${names(roles)}, ${sqlLiteral(organization[0] ?? '')}, ${timestamp(new Date(at).toISOString())},\n    '${outcome}', '${reason}', ${names(rules)}, ${names(assign)});`;
  });
  return `declare
  l_failed pls_integer := 0;
  procedure expect(
    p_number in number, p_application in varchar2, p_email in varchar2, p_verified in boolean, p_roles in apex_t_varchar2,
    p_organization in varchar2, p_at in timestamp,
    p_outcome in varchar2, p_reason in varchar2, p_rules in apex_t_varchar2, p_assign in apex_t_varchar2
  ) is
    l_decision ${decider}.t_decision;
  begin
    l_decision := ${decider}.decide(p_application, p_email, p_verified, p_roles, p_organization, p_at);
    -- Two lists are equal if they have the same names in any order.
    if l_decision.outcome = p_outcome and l_decision.reason = p_reason
      and l_decision.rules = p_rules and l_decision.assign = p_assign then
      return;
    end if;
    l_failed := l_failed + 1;
    dbms_output.put_line('fail: visitor ' || p_number || ', ' || l_decision.outcome || ' ' || l_decision.reason);
  end expect;
begin
${calls.join('\n')}
  if l_failed = 0 then
    dbms_output.put_line('pass: visitors ${from + 1} to ${from + visitors.length}');
  end if;
end;
/`;
}

function names(list: readonly string[]): string {
  return `apex_t_varchar2(${list.map((one) => sqlLiteral(one)).join(', ')})`;
}

/** The PL/SQL is compared with its table, which differs from the policy beyond ASCII; the module with the policy itself. */
function expected(visitor: ExpectedVisitor, target: ApexTarget): TableAnswer {
  if (target.decider !== 'mle') {
    return interpretDecision(decisionTable(target.policy, target.clientId), visitor);
  }
  const decision = decide(target.policy, visitor);
  const { outcome, reason } = decision;
  if (decision.outcome === 'admit') return { outcome, reason, rules: decision.rules ?? [], assign: decision.assign };
  const rule = decision.outcome === 'refuse' ? decision.rule : undefined;
  return { outcome, reason, rules: rule === undefined ? [] : [rule], assign: [] };
}
