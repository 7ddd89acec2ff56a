-- What it is: the policy as PL/SQL: the package portcullis_decision. It answers as the Action's policy does, except that an e-mail address with a letter beyond ASCII is refused.
-- What it changes: creates or replaces the package portcullis_decision in the schema it is run in.
-- How to run it: as the parsing schema of the application: @plsql-decision.sql. Then expected-decisions.sql says whether it decides as it should.
-- How to undo it: drop package portcullis_decision; after portcullis_gate no longer calls it.
-- How it was checked: by a tokenizer of quotes, blocks and literals. It was never run on an Oracle database: try it on a copy first. The table that it is made from was compared with the policy itself.
set define off verify off feedback off
whenever sqlerror exit sql.sqlcode rollback
create or replace package portcullis_decision authid definer as
  -- rules: the names of the rules that decided; assign: the roles that they give in addition to those held.
  type t_decision is record (
    outcome varchar2(10), reason varchar2(40), rules apex_t_varchar2, assign apex_t_varchar2);
  -- p_organization: the id of the organization that the user signed in to; p_at: UTC, the database's clock unless set.
  function decide(
    p_application in varchar2, p_email in varchar2, p_email_verified in boolean, p_roles in apex_t_varchar2,
    p_organization in varchar2 default null, p_at in timestamp default null
  ) return t_decision;
end portcullis_decision;
/
create or replace package body portcullis_decision as
  c_invisible constant varchar2(400) := to_char(unistr('\0009\000a\000b\000c\000d \00a0\00ad\034f\061c\115f\1160\1680\17b4\17b5\180b\180c\180d\180e\180f\2000\2001\2002\2003\2004\2005\2006\2007\2008\2009\200a\200b\200c\200d\200e\200f\2028\2029\202a\202b\202c\202d\202e\202f\205f\2060\2061\2062\2063\2064\2065\2066\2067\2068\2069\206a\206b\206c\206d\206e\206f\2800\3000\3164\fe00\fe01\fe02\fe03\fe04\fe05\fe06\fe07\fe08\fe09\fe0a\fe0b\fe0c\fe0d\fe0e\fe0f\feff\ffa0'));
  c_local constant varchar2(100) := to_char(unistr('abcdefghijklmnopqrstuvwxyz0123456789_.!#$%\0026''*+/=?^`{|}~-'));
  c_label constant varchar2(100) := 'abcdefghijklmnopqrstuvwxyz0123456789-';

  -- Compared byte for byte: what NLS_COMP and NLS_SORT say of a session changes nothing.
  function same(p_one in varchar2, p_other in varchar2) return boolean is
  begin
    return p_one is not null and p_other is not null
      and utl_raw.compare(utl_raw.cast_to_raw(p_one), utl_raw.cast_to_raw(p_other)) = 0
      and lengthb(p_one) = lengthb(p_other);
  end same;

  function not_ascii(p_text in varchar2) return boolean is
  begin
    return p_text is not null and (lengthb(p_text) <> length(p_text) or asciistr(p_text) <> replace(p_text, '\', '\005C'));
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
    if p_application is null or not same(p_application, 'client-apex') then
      return answer('ignore', 'unguarded_application');
    end if;
    if not_ascii(p_email) then return answer('refuse', 'missing_email'); end if;
    if l_claimed_domain is null then
      l_doubt := 'missing_email';
    elsif p_email_verified is null or not p_email_verified then
      l_doubt := 'unverified_email';
    end if;
    if l_doubt is not null then
      return answer('refuse', l_doubt);
    end if;
    l_answer := answer(null, null);
    if holds_prefix(p_roles, 'ORG:') then
      admit(l_answer, 'organization_member');
    end if;
    if holds_role(p_roles, 'APEX User') then
      admit(l_answer, 'default_role_holder');
    end if;
    if known(l_domain, same(l_domain, 'water.example')) then
      admit(l_answer, 'organization_domain');
      if not (holds_role(p_roles, 'APEX User')
        or holds_prefix(p_roles, 'ORG:')) then
        give(l_answer, p_roles, 'ORG:WATER');
      end if;
    end if;
    if l_answer.outcome is not null then return l_answer; end if;
    admit(l_answer, 'default_role');
    give(l_answer, p_roles, 'APEX User');
    return l_answer;
  end decide;
end portcullis_decision;
/
set verify on feedback on define on
