import type { ApexTarget } from './apex-target.ts';
import { SCRIPT_END, SCRIPT_START } from './component.ts';
import {
  type AdmitRow,
  type DecisionTable,
  decisionTable,
  INVISIBLE_TEXT,
  LABEL_LETTERS,
  LOCAL_LETTERS,
  type RefuseRow,
} from './decision-table.ts';
import { NEVER_RUN, sqlHeader } from './file-header.ts';
import { sqlLiteral } from './sql-literal.ts';
import { type AddressVariables, type TestWriter, testWriter } from './table-test-sql.ts';

const CLAIMED: AddressVariables = { address: 'l_claimed_address', domain: 'l_claimed_domain', isNullable: false };
const COUNTED: AddressVariables = { address: 'l_address', domain: 'l_domain', isNullable: false };

/** The types of a package that decides, and its function: both deciders have the same. */
export const DECISION_SPECIFICATION = `  -- rules: the names of the rules that decided; assign: the roles that they give in addition to those held.
  type t_decision is record (
    outcome varchar2(10), reason varchar2(40), rules apex_t_varchar2, assign apex_t_varchar2);
  -- p_organization: the id of the organization that the user signed in to; p_at: UTC, the database's clock unless set.
  function decide(
    p_application in varchar2, p_email in varchar2, p_email_verified in boolean, p_roles in apex_t_varchar2,
    p_organization in varchar2 default null, p_at in timestamp default null
  ) return t_decision;`;

/** `plsql-decision.sql`: the policy, decided in the database. One `if` for each rule. */
export function decisionPackageSql(target: ApexTarget): string {
  const table = decisionTable(target.policy, target.clientId);
  const writer = testWriter();
  const decision = decisionSql(table, writer);
  return `${sqlHeader({
    what: "the policy as PL/SQL: the package portcullis_decision. It answers as the Action's policy does, except that an e-mail address with a letter beyond ASCII is refused.",
    changes: 'creates or replaces the package portcullis_decision in the schema it is run in.',
    run: 'as the parsing schema of the application: @plsql-decision.sql. Then expected-decisions.sql says whether it decides as it should.',
    undo: 'drop package portcullis_decision; after portcullis_gate no longer calls it.',
    checked: `${NEVER_RUN} The table that it is made from was compared with the policy itself.`,
  })}
${SCRIPT_START}
create or replace package portcullis_decision authid definer as
${DECISION_SPECIFICATION}
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

  -- A test of an address that does not count is neither true nor false.
  function known(p_text in varchar2, p_truth in boolean) return boolean is
  begin
    if p_text is null then return null; end if;
    return p_truth;
  end known;
${writer.functions()}
  function answer(p_outcome in varchar2, p_reason in varchar2, p_rule in varchar2 default null) return t_decision is
    l_answer t_decision;
  begin
    l_answer.outcome := p_outcome;
    l_answer.reason := p_reason;
    l_answer.rules := apex_t_varchar2();
    l_answer.assign := apex_t_varchar2();
    if p_rule is not null then apex_string.push(l_answer.rules, p_rule); end if;
    return l_answer;
  end answer;

  -- The first rule that fits has the reason.
  procedure admit(p_answer in out nocopy t_decision, p_reason in varchar2, p_rule in varchar2 default null) is
  begin
    if p_answer.outcome is null then
      p_answer.outcome := 'admit';
      p_answer.reason := p_reason;
    end if;
    if p_rule is not null and not holds_role(p_answer.rules, p_rule) then apex_string.push(p_answer.rules, p_rule); end if;
  end admit;

  procedure give(p_answer in out nocopy t_decision, p_roles in apex_t_varchar2, p_role in varchar2) is
  begin
    if not holds_role(p_roles, p_role) and not holds_role(p_answer.assign, p_role) then
      apex_string.push(p_answer.assign, p_role);
    end if;
  end give;

  function decide(
    p_application in varchar2, p_email in varchar2, p_email_verified in boolean, p_roles in apex_t_varchar2,
    p_organization in varchar2 default null, p_at in timestamp default null
  ) return t_decision is
    l_claimed_domain constant varchar2(400) := domain_of(p_email);
    l_claimed_address constant varchar2(400) := case when l_claimed_domain is not null then
      lower(substr(p_email, 1, instr(p_email, '@', -1))) || l_claimed_domain end;
    l_at constant timestamp := nvl(p_at, sys_extract_utc(systimestamp));
    -- What counts of the address: all of it, or nothing.
    l_domain varchar2(400) := l_claimed_domain;
    l_address varchar2(400) := l_claimed_address;
    l_doubt varchar2(40);
    l_answer t_decision;
  begin
${decision}
  end decide;
end portcullis_decision;
/
${SCRIPT_END}
`;
}

function decisionSql({ application, unverifiedEmail, refuse, admit, otherwise }: DecisionTable, writer: TestWriter) {
  const isStrict = unverifiedEmail === 'refuse';
  const lines = [
    `    if p_application is null or not same(p_application, ${sqlLiteral(application)}) then`,
    "      return answer('ignore', 'unguarded_application');",
    '    end if;',
    "    if not_ascii(p_email) then return answer('refuse', 'missing_email'); end if;",
    '    if l_claimed_domain is null then',
    "      l_doubt := 'missing_email';",
    '    elsif p_email_verified is null or not p_email_verified then',
    "      l_doubt := 'unverified_email';",
    '    end if;',
    '    if l_doubt is not null then',
    ...(isStrict
      ? ["      return answer('refuse', l_doubt);"]
      : ['      l_domain := null;', '      l_address := null;']),
    '    end if;',
    ...refuse.map((row) => refuseSql(row, writer, isStrict)),
    ...(unverifiedEmail === 'admit'
      ? ["    if l_doubt is not null then return answer('admit', 'unverified_email_admitted'); end if;"]
      : []),
    '    l_answer := answer(null, null);',
    ...admit.map((row) => admitSql(row, writer)),
    '    if l_answer.outcome is not null then return l_answer; end if;',
    ...(isStrict ? [] : ["    if l_doubt is not null then return answer('refuse', l_doubt); end if;"]),
  ];
  if (otherwise === undefined) lines.push("    return answer('refuse', 'no_matching_rule');");
  else {
    lines.push(
      `    admit(l_answer, '${otherwise.reason}');`,
      ...giveSql(otherwise.roles, '    '),
      '    return l_answer;',
    );
  }
  return lines.join('\n');
}

function refuseSql({ rule, when }: RefuseRow, writer: TestWriter, isStrict: boolean): string {
  // An address that is only claimed counts where that refuses, and does not count where that refuses.
  const readings = isStrict ? [CLAIMED] : [CLAIMED, COUNTED];
  const tests = [...new Set(readings.map((variables) => writer.write(when, variables)))];
  return `    if ${tests.join('\n      or ')} then
      return answer('refuse', 'refuse_rule', ${sqlLiteral(rule)});
    end if;`;
}

function admitSql({ when, reason, rule, roles, unless }: AdmitRow, writer: TestWriter): string {
  const variables = { ...COUNTED, isNullable: true };
  const name = rule === undefined ? '' : `, ${sqlLiteral(rule)}`;
  const lines = [`    if ${writer.write(when, variables)} then`, `      admit(l_answer, '${reason}'${name});`];
  if (unless === undefined || roles.length === 0) lines.push(...giveSql(roles, '      '));
  else {
    lines.push(`      if not ${writer.write(unless, variables)} then`, ...giveSql(roles, '        '), '      end if;');
  }
  return [...lines, '    end if;'].join('\n');
}

function giveSql(roles: readonly string[], indentation: string): string[] {
  return roles.map((role) => `${indentation}give(l_answer, p_roles, ${sqlLiteral(role)});`);
}
