import type { ApexTarget } from './apex-target.ts';
import { SCRIPT_END, SCRIPT_START } from './component.ts';
import {
  type Condition,
  type DecisionRow,
  decisionTable,
  INVISIBLE_TEXT,
  LABEL_LETTERS,
  LOCAL_LETTERS,
} from './decision-table.ts';
import { NEVER_RUN, sqlHeader } from './file-header.ts';
import { sqlLiteral } from './sql-literal.ts';

/** `plsql-decision.sql`: the policy, decided in the database. One `if` for each row of the table. */
export function decisionPackageSql(target: ApexTarget): string {
  const rows = decisionTable(target.policy, [target.clientId]);
  return `${sqlHeader({
    what: "the policy as PL/SQL: the package portcullis_decision. It answers as the Action's policy does, except that an e-mail address with a letter beyond ASCII is refused.",
    changes: 'creates or replaces the package portcullis_decision in the schema it is run in.',
    run: 'as the parsing schema of the application: @plsql-decision.sql. Then expected-decisions.sql says whether it decides as it should.',
    undo: 'drop package portcullis_decision; after portcullis_gate no longer calls it.',
    checked: `${NEVER_RUN} The table that it is made from was compared with the policy itself.`,
  })}
${SCRIPT_START}
create or replace package portcullis_decision authid definer as
  type t_decision is record (outcome varchar2(10), reason varchar2(40), assign varchar2(4000));
  function decide(
    p_application in varchar2, p_email in varchar2, p_email_verified in boolean, p_roles in apex_t_varchar2
  ) return t_decision;
end portcullis_decision;
/
create or replace package body portcullis_decision as
  c_invisible constant varchar2(400) := ${sqlLiteral(INVISIBLE_TEXT)};
  c_local constant varchar2(100) := ${sqlLiteral(LOCAL_LETTERS)};
  c_label constant varchar2(100) := ${sqlLiteral(LABEL_LETTERS)};

  -- Compared byte for byte: what NLS_COMP and NLS_SORT say of a session changes nothing.
  function same(p_one in varchar2, p_other in varchar2) return boolean is
  begin
    return p_one is not null and p_other is not null
      and utl_raw.compare(utl_raw.cast_to_raw(p_one), utl_raw.cast_to_raw(p_other)) = 0
      and lengthb(p_one) = lengthb(p_other);
  end same;

  function not_ascii(p_text in varchar2) return boolean is
  begin
    return p_text is not null and (lengthb(p_text) <> length(p_text) or asciistr(p_text) <> replace(p_text, '\\', '\\005C'));
  end not_ascii;

  -- The domain of an address; null where it cannot be used.
  function domain_of(p_email in varchar2) return varchar2 is
    l_at pls_integer;
    l_local varchar2(400);
    l_domain varchar2(400);
    l_rest varchar2(400);
    l_label varchar2(400);
    l_dot pls_integer;
  begin
    if p_email is null or not_ascii(p_email) or length(p_email) > 320 then return null; end if;
    l_at := instr(p_email, '@', -1);
    if l_at <= 1 then return null; end if;
    l_local := lower(substr(p_email, 1, l_at - 1));
    if translate(l_local, '@' || c_local, '@') is not null or instr(l_local, '=?') > 0 then return null; end if;
    l_domain := lower(substr(p_email, l_at + 1));
    if substr(l_domain, -1) = '.' then l_domain := substr(l_domain, 1, length(l_domain) - 1); end if;
    if l_domain is null or length(l_domain) > 253 then return null; end if;
    l_rest := l_domain || '.';
    while l_rest is not null loop
      l_dot := instr(l_rest, '.');
      l_label := substr(l_rest, 1, l_dot - 1);
      l_rest := substr(l_rest, l_dot + 1);
      if l_label is null or length(l_label) > 63 or translate(l_label, '.' || c_label, '.') is not null
        or substr(l_label, 1, 1) = '-' or substr(l_label, -1) = '-' then
        return null;
      end if;
    end loop;
    if translate(l_label, 'x0123456789', 'x') is null then return null; end if;
    return l_domain;
  end domain_of;

  function holds_role(p_roles in apex_t_varchar2, p_role in varchar2) return boolean is
  begin
    if p_roles is null then return false; end if;
    for i in 1 .. p_roles.count loop
      if same(p_roles(i), p_role) then return true; end if;
    end loop;
    return false;
  end holds_role;

  function holds_prefix(p_roles in apex_t_varchar2, p_prefix in varchar2) return boolean is
  begin
    if p_roles is null then return false; end if;
    for i in 1 .. p_roles.count loop
      if same(substr(p_roles(i), 1, length(p_prefix)), p_prefix)
        and translate(substr(p_roles(i), length(p_prefix) + 1), '.' || c_invisible, '.') is not null then
        return true;
      end if;
    end loop;
    return false;
  end holds_prefix;

  function ends_with(p_text in varchar2, p_end in varchar2) return boolean is
  begin
    return length(p_text) > length(p_end) and same(substr(p_text, -length(p_end)), p_end);
  end ends_with;

  function answer(
    p_outcome in varchar2, p_reason in varchar2, p_role in varchar2, p_roles in apex_t_varchar2
  ) return t_decision is
    l_answer t_decision;
  begin
    l_answer.outcome := p_outcome;
    l_answer.reason := p_reason;
    if p_role is not null and not holds_role(p_roles, p_role) then l_answer.assign := p_role; end if;
    return l_answer;
  end answer;

  function decide(
    p_application in varchar2, p_email in varchar2, p_email_verified in boolean, p_roles in apex_t_varchar2
  ) return t_decision is
    l_domain constant varchar2(400) := domain_of(p_email);
  begin
${rows.map(row).join('\n')}
  end decide;
end portcullis_decision;
/
${SCRIPT_END}
`;
}

function row({ when, outcome, reason, role }: DecisionRow): string {
  const answer = `return answer('${outcome}', '${reason}', ${role === undefined ? 'null' : sqlLiteral(role)}, p_roles);`;
  if (when.kind === 'always') return `    ${answer}`;
  return `    if ${condition(when)} then\n      ${answer}\n    end if;`;
}

function condition(when: Exclude<Condition, { kind: 'always' }>): string {
  switch (when.kind) {
    case 'application_is_none_of':
      return when.applications.length === 0
        ? 'true'
        : `not (${when.applications.map((one) => `same(p_application, ${sqlLiteral(one)})`).join(' or ')})`;
    case 'email_is_not_ascii':
      return 'not_ascii(p_email)';
    case 'email_is_unusable':
      return 'l_domain is null';
    case 'email_is_unverified':
      return 'p_email_verified is null or not p_email_verified';
    case 'holds_prefix':
      return `holds_prefix(p_roles, ${sqlLiteral(when.prefix)})`;
    case 'holds_role':
      return `holds_role(p_roles, ${sqlLiteral(when.role)})`;
    case 'domain_is':
      return `same(l_domain, ${sqlLiteral(when.domain)})`;
    case 'domain_is_or_ends_with':
      return `same(l_domain, ${sqlLiteral(when.domain)}) or ends_with(l_domain, ${sqlLiteral(`.${when.domain}`)})`;
  }
}
