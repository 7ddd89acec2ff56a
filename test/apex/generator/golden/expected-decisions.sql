-- What it is: 625 visitors, and what the policy says of each: a test of portcullis_decision.
-- What it changes: nothing.
-- How to run it: as the parsing schema of the application, after the decision is there: @expected-decisions.sql. Each block prints "pass", or "fail" with the visitor's number.
-- How to undo it: nothing to undo.
-- How it was checked: by a tokenizer of quotes, blocks and literals. It was never run on an Oracle database: try it on a copy first.
set define off verify off feedback off
whenever sqlerror exit sql.sqlcode rollback
set serveroutput on
declare
  l_failed pls_integer := 0;
  procedure expect(
    p_number in number, p_application in varchar2, p_email in varchar2, p_verified in boolean, p_roles in apex_t_varchar2,
    p_organization in varchar2, p_at in timestamp,
    p_outcome in varchar2, p_reason in varchar2, p_rules in apex_t_varchar2, p_assign in apex_t_varchar2
  ) is
    l_decision portcullis_decision.t_decision;
  begin
    l_decision := portcullis_decision.decide(p_application, p_email, p_verified, p_roles, p_organization, p_at);
    -- Two lists are equal if they have the same names in any order.
    if l_decision.outcome = p_outcome and l_decision.reason = p_reason
      and l_decision.rules = p_rules and l_decision.assign = p_assign then
      return;
    end if;
    l_failed := l_failed + 1;
    dbms_output.put_line('fail: visitor ' || p_number || ', ' || l_decision.outcome || ' ' || l_decision.reason);
  end expect;
begin
  if l_failed = 0 then
    dbms_output.put_line('pass: visitors …');
  end if;
end;
/
1 to 100
101 to 200
201 to 300
301 to 400
401 to 500
501 to 600
601 to 625
set verify on feedback on define on

'client-apex', null
  true () null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false () null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('Auditor') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('Auditor') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('ORG:') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('ORG:') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('ORG:  ') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('ORG:  ') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true (to_char(unistr('ORG:\00a0'))) null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false (to_char(unistr('ORG:\00a0'))) null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('ORG:X') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('ORG:X') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('org:x') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('org:x') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('xORG:X') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('xORG:X') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('APEX User') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('APEX User') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('APEX User ') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('APEX User ') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('apex user') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('apex user') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('Auditor', 'ORG:WATER') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('Auditor', 'ORG:WATER') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true () null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false () null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('Auditor') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('Auditor') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('ORG:') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('ORG:') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('ORG:  ') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('ORG:  ') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true (to_char(unistr('ORG:\00a0'))) null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false (to_char(unistr('ORG:\00a0'))) null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('ORG:X') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('ORG:X') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('org:x') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('org:x') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('xORG:X') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('xORG:X') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('APEX User') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('APEX User') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('APEX User ') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('APEX User ') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('apex user') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('apex user') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('Auditor', 'ORG:WATER') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('Auditor', 'ORG:WATER') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()

'client-apex', 'ann'
'client-apex', 'ann@'
'client-apex', '@elsewhere.example'
'client-apex', 'ann@water.example@evil.example'
'client-apex', 'ann@.water.example'
'client-apex', 'ann@-water.example'
'client-apex', 'ann@water.example..'
'client-apex', 'an n@water.example'
'client-apex', '"ann"@water.example'
'client-apex', 'ann=?@water.example'
'client-apex', to_char(unistr('\00e4nn@water.example'))
'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example'
'client-apex', 'ann@10.0.0.1'
'client-apex', 'ann@host.123'
'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example'
'client-apex', 'ann@x_y.example'
  true () null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false () null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('Auditor') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('Auditor') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('ORG:') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('ORG:') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('ORG:  ') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('ORG:  ') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true (to_char(unistr('ORG:\00a0'))) null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false (to_char(unistr('ORG:\00a0'))) null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('ORG:X') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('ORG:X') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('org:x') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('org:x') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('xORG:X') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('xORG:X') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('APEX User') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('APEX User') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('APEX User ') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('APEX User ') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('apex user') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('apex user') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  true ('Auditor', 'ORG:WATER') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()
  false ('Auditor', 'ORG:WATER') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'missing_email', apex_t_varchar2(), apex_t_varchar2()

'client-apex', 'ann@elsewhere.example'
'client-apex', 'ann@lab.water.example'
'client-apex', 'ann@evilwater.example'
'client-apex', 'ann@water.example.evil.example'
'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example'
  true () null, timestamp '2026-01-01 00:00:00.000': 'admit', 'default_role', apex_t_varchar2(), apex_t_varchar2('APEX User')
  false () null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true ('Auditor') null, timestamp '2026-01-01 00:00:00.000': 'admit', 'default_role', apex_t_varchar2(), apex_t_varchar2('APEX User')
  false ('Auditor') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true ('ORG:') null, timestamp '2026-01-01 00:00:00.000': 'admit', 'default_role', apex_t_varchar2(), apex_t_varchar2('APEX User')
  false ('ORG:') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true ('ORG:  ') null, timestamp '2026-01-01 00:00:00.000': 'admit', 'default_role', apex_t_varchar2(), apex_t_varchar2('APEX User')
  false ('ORG:  ') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true (to_char(unistr('ORG:\00a0'))) null, timestamp '2026-01-01 00:00:00.000': 'admit', 'default_role', apex_t_varchar2(), apex_t_varchar2('APEX User')
  false (to_char(unistr('ORG:\00a0'))) null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true ('ORG:X') null, timestamp '2026-01-01 00:00:00.000': 'admit', 'organization_member', apex_t_varchar2(), apex_t_varchar2()
  false ('ORG:X') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true ('org:x') null, timestamp '2026-01-01 00:00:00.000': 'admit', 'default_role', apex_t_varchar2(), apex_t_varchar2('APEX User')
  false ('org:x') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true ('xORG:X') null, timestamp '2026-01-01 00:00:00.000': 'admit', 'default_role', apex_t_varchar2(), apex_t_varchar2('APEX User')
  false ('xORG:X') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true ('APEX User') null, timestamp '2026-01-01 00:00:00.000': 'admit', 'default_role_holder', apex_t_varchar2(), apex_t_varchar2()
  false ('APEX User') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true ('APEX User ') null, timestamp '2026-01-01 00:00:00.000': 'admit', 'default_role', apex_t_varchar2(), apex_t_varchar2('APEX User')
  false ('APEX User ') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true ('apex user') null, timestamp '2026-01-01 00:00:00.000': 'admit', 'default_role', apex_t_varchar2(), apex_t_varchar2('APEX User')
  false ('apex user') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true ('Auditor', 'ORG:WATER') null, timestamp '2026-01-01 00:00:00.000': 'admit', 'organization_member', apex_t_varchar2(), apex_t_varchar2()
  false ('Auditor', 'ORG:WATER') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()

'client-apex', 'ann@water.example'
'client-apex', 'ANN@WATER.EXAMPLE.'
'client-apex', 'o''neill+tag@water.example'
  true () null, timestamp '2026-01-01 00:00:00.000': 'admit', 'organization_domain', apex_t_varchar2(), apex_t_varchar2('ORG:WATER')
  false () null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true ('Auditor') null, timestamp '2026-01-01 00:00:00.000': 'admit', 'organization_domain', apex_t_varchar2(), apex_t_varchar2('ORG:WATER')
  false ('Auditor') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true ('ORG:') null, timestamp '2026-01-01 00:00:00.000': 'admit', 'organization_domain', apex_t_varchar2(), apex_t_varchar2('ORG:WATER')
  false ('ORG:') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true ('ORG:  ') null, timestamp '2026-01-01 00:00:00.000': 'admit', 'organization_domain', apex_t_varchar2(), apex_t_varchar2('ORG:WATER')
  false ('ORG:  ') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true (to_char(unistr('ORG:\00a0'))) null, timestamp '2026-01-01 00:00:00.000': 'admit', 'organization_domain', apex_t_varchar2(), apex_t_varchar2('ORG:WATER')
  false (to_char(unistr('ORG:\00a0'))) null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true ('ORG:X') null, timestamp '2026-01-01 00:00:00.000': 'admit', 'organization_member', apex_t_varchar2(), apex_t_varchar2()
  false ('ORG:X') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true ('org:x') null, timestamp '2026-01-01 00:00:00.000': 'admit', 'organization_domain', apex_t_varchar2(), apex_t_varchar2('ORG:WATER')
  false ('org:x') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true ('xORG:X') null, timestamp '2026-01-01 00:00:00.000': 'admit', 'organization_domain', apex_t_varchar2(), apex_t_varchar2('ORG:WATER')
  false ('xORG:X') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true ('APEX User') null, timestamp '2026-01-01 00:00:00.000': 'admit', 'default_role_holder', apex_t_varchar2(), apex_t_varchar2()
  false ('APEX User') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true ('APEX User ') null, timestamp '2026-01-01 00:00:00.000': 'admit', 'organization_domain', apex_t_varchar2(), apex_t_varchar2('ORG:WATER')
  false ('APEX User ') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true ('apex user') null, timestamp '2026-01-01 00:00:00.000': 'admit', 'organization_domain', apex_t_varchar2(), apex_t_varchar2('ORG:WATER')
  false ('apex user') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()
  true ('Auditor', 'ORG:WATER') null, timestamp '2026-01-01 00:00:00.000': 'admit', 'organization_member', apex_t_varchar2(), apex_t_varchar2()
  false ('Auditor', 'ORG:WATER') null, timestamp '2026-01-01 00:00:00.000': 'refuse', 'unverified_email', apex_t_varchar2(), apex_t_varchar2()

'another-application', 'ann@elsewhere.example'
  true () null, timestamp '2026-01-01 00:00:00.000': 'ignore', 'unguarded_application', apex_t_varchar2(), apex_t_varchar2()
