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
    p_outcome in varchar2, p_reason in varchar2, p_assign in varchar2
  ) is
    l_decision portcullis_decision.t_decision;
  begin
    l_decision := portcullis_decision.decide(p_application, p_email, p_verified, p_roles);
    if nvl(l_decision.outcome, '-') <> p_outcome or nvl(l_decision.reason, '-') <> p_reason
      or nvl(l_decision.assign, '-') <> nvl(p_assign, '-') then
      l_failed := l_failed + 1;
      dbms_output.put_line('fail: visitor ' || p_number || ', ' || l_decision.outcome || ' ' || l_decision.reason);
    end if;
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
  true (): 'refuse', 'missing_email', null
  false (): 'refuse', 'missing_email', null
  true ('Auditor'): 'refuse', 'missing_email', null
  false ('Auditor'): 'refuse', 'missing_email', null
  true ('ORG:'): 'refuse', 'missing_email', null
  false ('ORG:'): 'refuse', 'missing_email', null
  true ('ORG:  '): 'refuse', 'missing_email', null
  false ('ORG:  '): 'refuse', 'missing_email', null
  true (to_char(unistr('ORG:\00a0'))): 'refuse', 'missing_email', null
  false (to_char(unistr('ORG:\00a0'))): 'refuse', 'missing_email', null
  true ('ORG:X'): 'refuse', 'missing_email', null
  false ('ORG:X'): 'refuse', 'missing_email', null
  true ('org:x'): 'refuse', 'missing_email', null
  false ('org:x'): 'refuse', 'missing_email', null
  true ('xORG:X'): 'refuse', 'missing_email', null
  false ('xORG:X'): 'refuse', 'missing_email', null
  true ('APEX User'): 'refuse', 'missing_email', null
  false ('APEX User'): 'refuse', 'missing_email', null
  true ('APEX User '): 'refuse', 'missing_email', null
  false ('APEX User '): 'refuse', 'missing_email', null
  true ('apex user'): 'refuse', 'missing_email', null
  false ('apex user'): 'refuse', 'missing_email', null
  true ('Auditor', 'ORG:WATER'): 'refuse', 'missing_email', null
  false ('Auditor', 'ORG:WATER'): 'refuse', 'missing_email', null
  true (): 'refuse', 'missing_email', null
  false (): 'refuse', 'missing_email', null
  true ('Auditor'): 'refuse', 'missing_email', null
  false ('Auditor'): 'refuse', 'missing_email', null
  true ('ORG:'): 'refuse', 'missing_email', null
  false ('ORG:'): 'refuse', 'missing_email', null
  true ('ORG:  '): 'refuse', 'missing_email', null
  false ('ORG:  '): 'refuse', 'missing_email', null
  true (to_char(unistr('ORG:\00a0'))): 'refuse', 'missing_email', null
  false (to_char(unistr('ORG:\00a0'))): 'refuse', 'missing_email', null
  true ('ORG:X'): 'refuse', 'missing_email', null
  false ('ORG:X'): 'refuse', 'missing_email', null
  true ('org:x'): 'refuse', 'missing_email', null
  false ('org:x'): 'refuse', 'missing_email', null
  true ('xORG:X'): 'refuse', 'missing_email', null
  false ('xORG:X'): 'refuse', 'missing_email', null
  true ('APEX User'): 'refuse', 'missing_email', null
  false ('APEX User'): 'refuse', 'missing_email', null
  true ('APEX User '): 'refuse', 'missing_email', null
  false ('APEX User '): 'refuse', 'missing_email', null
  true ('apex user'): 'refuse', 'missing_email', null
  false ('apex user'): 'refuse', 'missing_email', null
  true ('Auditor', 'ORG:WATER'): 'refuse', 'missing_email', null
  false ('Auditor', 'ORG:WATER'): 'refuse', 'missing_email', null

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
  true (): 'refuse', 'missing_email', null
  false (): 'refuse', 'missing_email', null
  true ('Auditor'): 'refuse', 'missing_email', null
  false ('Auditor'): 'refuse', 'missing_email', null
  true ('ORG:'): 'refuse', 'missing_email', null
  false ('ORG:'): 'refuse', 'missing_email', null
  true ('ORG:  '): 'refuse', 'missing_email', null
  false ('ORG:  '): 'refuse', 'missing_email', null
  true (to_char(unistr('ORG:\00a0'))): 'refuse', 'missing_email', null
  false (to_char(unistr('ORG:\00a0'))): 'refuse', 'missing_email', null
  true ('ORG:X'): 'refuse', 'missing_email', null
  false ('ORG:X'): 'refuse', 'missing_email', null
  true ('org:x'): 'refuse', 'missing_email', null
  false ('org:x'): 'refuse', 'missing_email', null
  true ('xORG:X'): 'refuse', 'missing_email', null
  false ('xORG:X'): 'refuse', 'missing_email', null
  true ('APEX User'): 'refuse', 'missing_email', null
  false ('APEX User'): 'refuse', 'missing_email', null
  true ('APEX User '): 'refuse', 'missing_email', null
  false ('APEX User '): 'refuse', 'missing_email', null
  true ('apex user'): 'refuse', 'missing_email', null
  false ('apex user'): 'refuse', 'missing_email', null
  true ('Auditor', 'ORG:WATER'): 'refuse', 'missing_email', null
  false ('Auditor', 'ORG:WATER'): 'refuse', 'missing_email', null

'client-apex', 'ann@elsewhere.example'
'client-apex', 'ann@lab.water.example'
'client-apex', 'ann@evilwater.example'
'client-apex', 'ann@water.example.evil.example'
'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example'
  true (): 'admit', 'default_role', 'APEX User'
  false (): 'refuse', 'unverified_email', null
  true ('Auditor'): 'admit', 'default_role', 'APEX User'
  false ('Auditor'): 'refuse', 'unverified_email', null
  true ('ORG:'): 'admit', 'default_role', 'APEX User'
  false ('ORG:'): 'refuse', 'unverified_email', null
  true ('ORG:  '): 'admit', 'default_role', 'APEX User'
  false ('ORG:  '): 'refuse', 'unverified_email', null
  true (to_char(unistr('ORG:\00a0'))): 'admit', 'default_role', 'APEX User'
  false (to_char(unistr('ORG:\00a0'))): 'refuse', 'unverified_email', null
  true ('ORG:X'): 'admit', 'organization_member', null
  false ('ORG:X'): 'refuse', 'unverified_email', null
  true ('org:x'): 'admit', 'default_role', 'APEX User'
  false ('org:x'): 'refuse', 'unverified_email', null
  true ('xORG:X'): 'admit', 'default_role', 'APEX User'
  false ('xORG:X'): 'refuse', 'unverified_email', null
  true ('APEX User'): 'admit', 'default_role_holder', null
  false ('APEX User'): 'refuse', 'unverified_email', null
  true ('APEX User '): 'admit', 'default_role', 'APEX User'
  false ('APEX User '): 'refuse', 'unverified_email', null
  true ('apex user'): 'admit', 'default_role', 'APEX User'
  false ('apex user'): 'refuse', 'unverified_email', null
  true ('Auditor', 'ORG:WATER'): 'admit', 'organization_member', null
  false ('Auditor', 'ORG:WATER'): 'refuse', 'unverified_email', null

'client-apex', 'ann@water.example'
'client-apex', 'ANN@WATER.EXAMPLE.'
'client-apex', 'o''neill+tag@water.example'
  true (): 'admit', 'organization_domain', 'ORG:WATER'
  false (): 'refuse', 'unverified_email', null
  true ('Auditor'): 'admit', 'organization_domain', 'ORG:WATER'
  false ('Auditor'): 'refuse', 'unverified_email', null
  true ('ORG:'): 'admit', 'organization_domain', 'ORG:WATER'
  false ('ORG:'): 'refuse', 'unverified_email', null
  true ('ORG:  '): 'admit', 'organization_domain', 'ORG:WATER'
  false ('ORG:  '): 'refuse', 'unverified_email', null
  true (to_char(unistr('ORG:\00a0'))): 'admit', 'organization_domain', 'ORG:WATER'
  false (to_char(unistr('ORG:\00a0'))): 'refuse', 'unverified_email', null
  true ('ORG:X'): 'admit', 'organization_member', null
  false ('ORG:X'): 'refuse', 'unverified_email', null
  true ('org:x'): 'admit', 'organization_domain', 'ORG:WATER'
  false ('org:x'): 'refuse', 'unverified_email', null
  true ('xORG:X'): 'admit', 'organization_domain', 'ORG:WATER'
  false ('xORG:X'): 'refuse', 'unverified_email', null
  true ('APEX User'): 'admit', 'default_role_holder', null
  false ('APEX User'): 'refuse', 'unverified_email', null
  true ('APEX User '): 'admit', 'organization_domain', 'ORG:WATER'
  false ('APEX User '): 'refuse', 'unverified_email', null
  true ('apex user'): 'admit', 'organization_domain', 'ORG:WATER'
  false ('apex user'): 'refuse', 'unverified_email', null
  true ('Auditor', 'ORG:WATER'): 'admit', 'organization_member', null
  false ('Auditor', 'ORG:WATER'): 'refuse', 'unverified_email', null

'another-application', 'ann@elsewhere.example'
  true (): 'ignore', 'unguarded_application', null
