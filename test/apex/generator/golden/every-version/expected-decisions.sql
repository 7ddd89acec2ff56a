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
  expect(1, 'client-apex', null, true, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(2, 'client-apex', null, false, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(3, 'client-apex', null, true, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(4, 'client-apex', null, false, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(5, 'client-apex', null, true, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(6, 'client-apex', null, false, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(7, 'client-apex', null, true, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(8, 'client-apex', null, false, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(9, 'client-apex', null, true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(10, 'client-apex', null, false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(11, 'client-apex', null, true, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(12, 'client-apex', null, false, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(13, 'client-apex', null, true, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(14, 'client-apex', null, false, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(15, 'client-apex', null, true, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(16, 'client-apex', null, false, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(17, 'client-apex', null, true, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(18, 'client-apex', null, false, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(19, 'client-apex', null, true, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(20, 'client-apex', null, false, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(21, 'client-apex', null, true, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(22, 'client-apex', null, false, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(23, 'client-apex', null, true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(24, 'client-apex', null, false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(25, 'client-apex', null, true, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(26, 'client-apex', null, false, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(27, 'client-apex', null, true, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(28, 'client-apex', null, false, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(29, 'client-apex', null, true, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(30, 'client-apex', null, false, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(31, 'client-apex', null, true, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(32, 'client-apex', null, false, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(33, 'client-apex', null, true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(34, 'client-apex', null, false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(35, 'client-apex', null, true, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(36, 'client-apex', null, false, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(37, 'client-apex', null, true, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(38, 'client-apex', null, false, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(39, 'client-apex', null, true, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(40, 'client-apex', null, false, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(41, 'client-apex', null, true, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(42, 'client-apex', null, false, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(43, 'client-apex', null, true, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(44, 'client-apex', null, false, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(45, 'client-apex', null, true, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(46, 'client-apex', null, false, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(47, 'client-apex', null, true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(48, 'client-apex', null, false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(49, 'client-apex', 'ann', true, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(50, 'client-apex', 'ann', false, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(51, 'client-apex', 'ann', true, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(52, 'client-apex', 'ann', false, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(53, 'client-apex', 'ann', true, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(54, 'client-apex', 'ann', false, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(55, 'client-apex', 'ann', true, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(56, 'client-apex', 'ann', false, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(57, 'client-apex', 'ann', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(58, 'client-apex', 'ann', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(59, 'client-apex', 'ann', true, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(60, 'client-apex', 'ann', false, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(61, 'client-apex', 'ann', true, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(62, 'client-apex', 'ann', false, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(63, 'client-apex', 'ann', true, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(64, 'client-apex', 'ann', false, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(65, 'client-apex', 'ann', true, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(66, 'client-apex', 'ann', false, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(67, 'client-apex', 'ann', true, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(68, 'client-apex', 'ann', false, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(69, 'client-apex', 'ann', true, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(70, 'client-apex', 'ann', false, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(71, 'client-apex', 'ann', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(72, 'client-apex', 'ann', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(73, 'client-apex', 'ann@', true, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(74, 'client-apex', 'ann@', false, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(75, 'client-apex', 'ann@', true, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(76, 'client-apex', 'ann@', false, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(77, 'client-apex', 'ann@', true, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(78, 'client-apex', 'ann@', false, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(79, 'client-apex', 'ann@', true, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(80, 'client-apex', 'ann@', false, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(81, 'client-apex', 'ann@', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(82, 'client-apex', 'ann@', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(83, 'client-apex', 'ann@', true, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(84, 'client-apex', 'ann@', false, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(85, 'client-apex', 'ann@', true, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(86, 'client-apex', 'ann@', false, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(87, 'client-apex', 'ann@', true, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(88, 'client-apex', 'ann@', false, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(89, 'client-apex', 'ann@', true, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(90, 'client-apex', 'ann@', false, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(91, 'client-apex', 'ann@', true, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(92, 'client-apex', 'ann@', false, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(93, 'client-apex', 'ann@', true, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(94, 'client-apex', 'ann@', false, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(95, 'client-apex', 'ann@', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(96, 'client-apex', 'ann@', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(97, 'client-apex', '@elsewhere.example', true, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(98, 'client-apex', '@elsewhere.example', false, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(99, 'client-apex', '@elsewhere.example', true, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(100, 'client-apex', '@elsewhere.example', false, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  if l_failed = 0 then
    dbms_output.put_line('pass: visitors 1 to 100');
  end if;
end;
/
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
  expect(101, 'client-apex', '@elsewhere.example', true, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(102, 'client-apex', '@elsewhere.example', false, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(103, 'client-apex', '@elsewhere.example', true, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(104, 'client-apex', '@elsewhere.example', false, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(105, 'client-apex', '@elsewhere.example', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(106, 'client-apex', '@elsewhere.example', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(107, 'client-apex', '@elsewhere.example', true, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(108, 'client-apex', '@elsewhere.example', false, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(109, 'client-apex', '@elsewhere.example', true, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(110, 'client-apex', '@elsewhere.example', false, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(111, 'client-apex', '@elsewhere.example', true, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(112, 'client-apex', '@elsewhere.example', false, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(113, 'client-apex', '@elsewhere.example', true, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(114, 'client-apex', '@elsewhere.example', false, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(115, 'client-apex', '@elsewhere.example', true, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(116, 'client-apex', '@elsewhere.example', false, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(117, 'client-apex', '@elsewhere.example', true, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(118, 'client-apex', '@elsewhere.example', false, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(119, 'client-apex', '@elsewhere.example', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(120, 'client-apex', '@elsewhere.example', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(121, 'client-apex', 'ann@elsewhere.example', true, apex_t_varchar2(),
    'admit', 'default_role', 'APEX User');
  expect(122, 'client-apex', 'ann@elsewhere.example', false, apex_t_varchar2(),
    'refuse', 'unverified_email', null);
  expect(123, 'client-apex', 'ann@elsewhere.example', true, apex_t_varchar2('Auditor'),
    'admit', 'default_role', 'APEX User');
  expect(124, 'client-apex', 'ann@elsewhere.example', false, apex_t_varchar2('Auditor'),
    'refuse', 'unverified_email', null);
  expect(125, 'client-apex', 'ann@elsewhere.example', true, apex_t_varchar2('ORG:'),
    'admit', 'default_role', 'APEX User');
  expect(126, 'client-apex', 'ann@elsewhere.example', false, apex_t_varchar2('ORG:'),
    'refuse', 'unverified_email', null);
  expect(127, 'client-apex', 'ann@elsewhere.example', true, apex_t_varchar2('ORG:  '),
    'admit', 'default_role', 'APEX User');
  expect(128, 'client-apex', 'ann@elsewhere.example', false, apex_t_varchar2('ORG:  '),
    'refuse', 'unverified_email', null);
  expect(129, 'client-apex', 'ann@elsewhere.example', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'admit', 'default_role', 'APEX User');
  expect(130, 'client-apex', 'ann@elsewhere.example', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'unverified_email', null);
  expect(131, 'client-apex', 'ann@elsewhere.example', true, apex_t_varchar2('ORG:X'),
    'admit', 'organization_member', null);
  expect(132, 'client-apex', 'ann@elsewhere.example', false, apex_t_varchar2('ORG:X'),
    'refuse', 'unverified_email', null);
  expect(133, 'client-apex', 'ann@elsewhere.example', true, apex_t_varchar2('org:x'),
    'admit', 'default_role', 'APEX User');
  expect(134, 'client-apex', 'ann@elsewhere.example', false, apex_t_varchar2('org:x'),
    'refuse', 'unverified_email', null);
  expect(135, 'client-apex', 'ann@elsewhere.example', true, apex_t_varchar2('xORG:X'),
    'admit', 'default_role', 'APEX User');
  expect(136, 'client-apex', 'ann@elsewhere.example', false, apex_t_varchar2('xORG:X'),
    'refuse', 'unverified_email', null);
  expect(137, 'client-apex', 'ann@elsewhere.example', true, apex_t_varchar2('APEX User'),
    'admit', 'default_role_holder', null);
  expect(138, 'client-apex', 'ann@elsewhere.example', false, apex_t_varchar2('APEX User'),
    'refuse', 'unverified_email', null);
  expect(139, 'client-apex', 'ann@elsewhere.example', true, apex_t_varchar2('APEX User '),
    'admit', 'default_role', 'APEX User');
  expect(140, 'client-apex', 'ann@elsewhere.example', false, apex_t_varchar2('APEX User '),
    'refuse', 'unverified_email', null);
  expect(141, 'client-apex', 'ann@elsewhere.example', true, apex_t_varchar2('apex user'),
    'admit', 'default_role', 'APEX User');
  expect(142, 'client-apex', 'ann@elsewhere.example', false, apex_t_varchar2('apex user'),
    'refuse', 'unverified_email', null);
  expect(143, 'client-apex', 'ann@elsewhere.example', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'admit', 'organization_member', null);
  expect(144, 'client-apex', 'ann@elsewhere.example', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'unverified_email', null);
  expect(145, 'client-apex', 'ann@water.example', true, apex_t_varchar2(),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(146, 'client-apex', 'ann@water.example', false, apex_t_varchar2(),
    'refuse', 'unverified_email', null);
  expect(147, 'client-apex', 'ann@water.example', true, apex_t_varchar2('Auditor'),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(148, 'client-apex', 'ann@water.example', false, apex_t_varchar2('Auditor'),
    'refuse', 'unverified_email', null);
  expect(149, 'client-apex', 'ann@water.example', true, apex_t_varchar2('ORG:'),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(150, 'client-apex', 'ann@water.example', false, apex_t_varchar2('ORG:'),
    'refuse', 'unverified_email', null);
  expect(151, 'client-apex', 'ann@water.example', true, apex_t_varchar2('ORG:  '),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(152, 'client-apex', 'ann@water.example', false, apex_t_varchar2('ORG:  '),
    'refuse', 'unverified_email', null);
  expect(153, 'client-apex', 'ann@water.example', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(154, 'client-apex', 'ann@water.example', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'unverified_email', null);
  expect(155, 'client-apex', 'ann@water.example', true, apex_t_varchar2('ORG:X'),
    'admit', 'organization_member', null);
  expect(156, 'client-apex', 'ann@water.example', false, apex_t_varchar2('ORG:X'),
    'refuse', 'unverified_email', null);
  expect(157, 'client-apex', 'ann@water.example', true, apex_t_varchar2('org:x'),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(158, 'client-apex', 'ann@water.example', false, apex_t_varchar2('org:x'),
    'refuse', 'unverified_email', null);
  expect(159, 'client-apex', 'ann@water.example', true, apex_t_varchar2('xORG:X'),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(160, 'client-apex', 'ann@water.example', false, apex_t_varchar2('xORG:X'),
    'refuse', 'unverified_email', null);
  expect(161, 'client-apex', 'ann@water.example', true, apex_t_varchar2('APEX User'),
    'admit', 'default_role_holder', null);
  expect(162, 'client-apex', 'ann@water.example', false, apex_t_varchar2('APEX User'),
    'refuse', 'unverified_email', null);
  expect(163, 'client-apex', 'ann@water.example', true, apex_t_varchar2('APEX User '),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(164, 'client-apex', 'ann@water.example', false, apex_t_varchar2('APEX User '),
    'refuse', 'unverified_email', null);
  expect(165, 'client-apex', 'ann@water.example', true, apex_t_varchar2('apex user'),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(166, 'client-apex', 'ann@water.example', false, apex_t_varchar2('apex user'),
    'refuse', 'unverified_email', null);
  expect(167, 'client-apex', 'ann@water.example', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'admit', 'organization_member', null);
  expect(168, 'client-apex', 'ann@water.example', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'unverified_email', null);
  expect(169, 'client-apex', 'ANN@WATER.EXAMPLE.', true, apex_t_varchar2(),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(170, 'client-apex', 'ANN@WATER.EXAMPLE.', false, apex_t_varchar2(),
    'refuse', 'unverified_email', null);
  expect(171, 'client-apex', 'ANN@WATER.EXAMPLE.', true, apex_t_varchar2('Auditor'),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(172, 'client-apex', 'ANN@WATER.EXAMPLE.', false, apex_t_varchar2('Auditor'),
    'refuse', 'unverified_email', null);
  expect(173, 'client-apex', 'ANN@WATER.EXAMPLE.', true, apex_t_varchar2('ORG:'),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(174, 'client-apex', 'ANN@WATER.EXAMPLE.', false, apex_t_varchar2('ORG:'),
    'refuse', 'unverified_email', null);
  expect(175, 'client-apex', 'ANN@WATER.EXAMPLE.', true, apex_t_varchar2('ORG:  '),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(176, 'client-apex', 'ANN@WATER.EXAMPLE.', false, apex_t_varchar2('ORG:  '),
    'refuse', 'unverified_email', null);
  expect(177, 'client-apex', 'ANN@WATER.EXAMPLE.', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(178, 'client-apex', 'ANN@WATER.EXAMPLE.', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'unverified_email', null);
  expect(179, 'client-apex', 'ANN@WATER.EXAMPLE.', true, apex_t_varchar2('ORG:X'),
    'admit', 'organization_member', null);
  expect(180, 'client-apex', 'ANN@WATER.EXAMPLE.', false, apex_t_varchar2('ORG:X'),
    'refuse', 'unverified_email', null);
  expect(181, 'client-apex', 'ANN@WATER.EXAMPLE.', true, apex_t_varchar2('org:x'),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(182, 'client-apex', 'ANN@WATER.EXAMPLE.', false, apex_t_varchar2('org:x'),
    'refuse', 'unverified_email', null);
  expect(183, 'client-apex', 'ANN@WATER.EXAMPLE.', true, apex_t_varchar2('xORG:X'),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(184, 'client-apex', 'ANN@WATER.EXAMPLE.', false, apex_t_varchar2('xORG:X'),
    'refuse', 'unverified_email', null);
  expect(185, 'client-apex', 'ANN@WATER.EXAMPLE.', true, apex_t_varchar2('APEX User'),
    'admit', 'default_role_holder', null);
  expect(186, 'client-apex', 'ANN@WATER.EXAMPLE.', false, apex_t_varchar2('APEX User'),
    'refuse', 'unverified_email', null);
  expect(187, 'client-apex', 'ANN@WATER.EXAMPLE.', true, apex_t_varchar2('APEX User '),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(188, 'client-apex', 'ANN@WATER.EXAMPLE.', false, apex_t_varchar2('APEX User '),
    'refuse', 'unverified_email', null);
  expect(189, 'client-apex', 'ANN@WATER.EXAMPLE.', true, apex_t_varchar2('apex user'),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(190, 'client-apex', 'ANN@WATER.EXAMPLE.', false, apex_t_varchar2('apex user'),
    'refuse', 'unverified_email', null);
  expect(191, 'client-apex', 'ANN@WATER.EXAMPLE.', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'admit', 'organization_member', null);
  expect(192, 'client-apex', 'ANN@WATER.EXAMPLE.', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'unverified_email', null);
  expect(193, 'client-apex', 'ann@lab.water.example', true, apex_t_varchar2(),
    'admit', 'default_role', 'APEX User');
  expect(194, 'client-apex', 'ann@lab.water.example', false, apex_t_varchar2(),
    'refuse', 'unverified_email', null);
  expect(195, 'client-apex', 'ann@lab.water.example', true, apex_t_varchar2('Auditor'),
    'admit', 'default_role', 'APEX User');
  expect(196, 'client-apex', 'ann@lab.water.example', false, apex_t_varchar2('Auditor'),
    'refuse', 'unverified_email', null);
  expect(197, 'client-apex', 'ann@lab.water.example', true, apex_t_varchar2('ORG:'),
    'admit', 'default_role', 'APEX User');
  expect(198, 'client-apex', 'ann@lab.water.example', false, apex_t_varchar2('ORG:'),
    'refuse', 'unverified_email', null);
  expect(199, 'client-apex', 'ann@lab.water.example', true, apex_t_varchar2('ORG:  '),
    'admit', 'default_role', 'APEX User');
  expect(200, 'client-apex', 'ann@lab.water.example', false, apex_t_varchar2('ORG:  '),
    'refuse', 'unverified_email', null);
  if l_failed = 0 then
    dbms_output.put_line('pass: visitors 101 to 200');
  end if;
end;
/
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
  expect(201, 'client-apex', 'ann@lab.water.example', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'admit', 'default_role', 'APEX User');
  expect(202, 'client-apex', 'ann@lab.water.example', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'unverified_email', null);
  expect(203, 'client-apex', 'ann@lab.water.example', true, apex_t_varchar2('ORG:X'),
    'admit', 'organization_member', null);
  expect(204, 'client-apex', 'ann@lab.water.example', false, apex_t_varchar2('ORG:X'),
    'refuse', 'unverified_email', null);
  expect(205, 'client-apex', 'ann@lab.water.example', true, apex_t_varchar2('org:x'),
    'admit', 'default_role', 'APEX User');
  expect(206, 'client-apex', 'ann@lab.water.example', false, apex_t_varchar2('org:x'),
    'refuse', 'unverified_email', null);
  expect(207, 'client-apex', 'ann@lab.water.example', true, apex_t_varchar2('xORG:X'),
    'admit', 'default_role', 'APEX User');
  expect(208, 'client-apex', 'ann@lab.water.example', false, apex_t_varchar2('xORG:X'),
    'refuse', 'unverified_email', null);
  expect(209, 'client-apex', 'ann@lab.water.example', true, apex_t_varchar2('APEX User'),
    'admit', 'default_role_holder', null);
  expect(210, 'client-apex', 'ann@lab.water.example', false, apex_t_varchar2('APEX User'),
    'refuse', 'unverified_email', null);
  expect(211, 'client-apex', 'ann@lab.water.example', true, apex_t_varchar2('APEX User '),
    'admit', 'default_role', 'APEX User');
  expect(212, 'client-apex', 'ann@lab.water.example', false, apex_t_varchar2('APEX User '),
    'refuse', 'unverified_email', null);
  expect(213, 'client-apex', 'ann@lab.water.example', true, apex_t_varchar2('apex user'),
    'admit', 'default_role', 'APEX User');
  expect(214, 'client-apex', 'ann@lab.water.example', false, apex_t_varchar2('apex user'),
    'refuse', 'unverified_email', null);
  expect(215, 'client-apex', 'ann@lab.water.example', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'admit', 'organization_member', null);
  expect(216, 'client-apex', 'ann@lab.water.example', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'unverified_email', null);
  expect(217, 'client-apex', 'ann@evilwater.example', true, apex_t_varchar2(),
    'admit', 'default_role', 'APEX User');
  expect(218, 'client-apex', 'ann@evilwater.example', false, apex_t_varchar2(),
    'refuse', 'unverified_email', null);
  expect(219, 'client-apex', 'ann@evilwater.example', true, apex_t_varchar2('Auditor'),
    'admit', 'default_role', 'APEX User');
  expect(220, 'client-apex', 'ann@evilwater.example', false, apex_t_varchar2('Auditor'),
    'refuse', 'unverified_email', null);
  expect(221, 'client-apex', 'ann@evilwater.example', true, apex_t_varchar2('ORG:'),
    'admit', 'default_role', 'APEX User');
  expect(222, 'client-apex', 'ann@evilwater.example', false, apex_t_varchar2('ORG:'),
    'refuse', 'unverified_email', null);
  expect(223, 'client-apex', 'ann@evilwater.example', true, apex_t_varchar2('ORG:  '),
    'admit', 'default_role', 'APEX User');
  expect(224, 'client-apex', 'ann@evilwater.example', false, apex_t_varchar2('ORG:  '),
    'refuse', 'unverified_email', null);
  expect(225, 'client-apex', 'ann@evilwater.example', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'admit', 'default_role', 'APEX User');
  expect(226, 'client-apex', 'ann@evilwater.example', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'unverified_email', null);
  expect(227, 'client-apex', 'ann@evilwater.example', true, apex_t_varchar2('ORG:X'),
    'admit', 'organization_member', null);
  expect(228, 'client-apex', 'ann@evilwater.example', false, apex_t_varchar2('ORG:X'),
    'refuse', 'unverified_email', null);
  expect(229, 'client-apex', 'ann@evilwater.example', true, apex_t_varchar2('org:x'),
    'admit', 'default_role', 'APEX User');
  expect(230, 'client-apex', 'ann@evilwater.example', false, apex_t_varchar2('org:x'),
    'refuse', 'unverified_email', null);
  expect(231, 'client-apex', 'ann@evilwater.example', true, apex_t_varchar2('xORG:X'),
    'admit', 'default_role', 'APEX User');
  expect(232, 'client-apex', 'ann@evilwater.example', false, apex_t_varchar2('xORG:X'),
    'refuse', 'unverified_email', null);
  expect(233, 'client-apex', 'ann@evilwater.example', true, apex_t_varchar2('APEX User'),
    'admit', 'default_role_holder', null);
  expect(234, 'client-apex', 'ann@evilwater.example', false, apex_t_varchar2('APEX User'),
    'refuse', 'unverified_email', null);
  expect(235, 'client-apex', 'ann@evilwater.example', true, apex_t_varchar2('APEX User '),
    'admit', 'default_role', 'APEX User');
  expect(236, 'client-apex', 'ann@evilwater.example', false, apex_t_varchar2('APEX User '),
    'refuse', 'unverified_email', null);
  expect(237, 'client-apex', 'ann@evilwater.example', true, apex_t_varchar2('apex user'),
    'admit', 'default_role', 'APEX User');
  expect(238, 'client-apex', 'ann@evilwater.example', false, apex_t_varchar2('apex user'),
    'refuse', 'unverified_email', null);
  expect(239, 'client-apex', 'ann@evilwater.example', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'admit', 'organization_member', null);
  expect(240, 'client-apex', 'ann@evilwater.example', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'unverified_email', null);
  expect(241, 'client-apex', 'ann@water.example.evil.example', true, apex_t_varchar2(),
    'admit', 'default_role', 'APEX User');
  expect(242, 'client-apex', 'ann@water.example.evil.example', false, apex_t_varchar2(),
    'refuse', 'unverified_email', null);
  expect(243, 'client-apex', 'ann@water.example.evil.example', true, apex_t_varchar2('Auditor'),
    'admit', 'default_role', 'APEX User');
  expect(244, 'client-apex', 'ann@water.example.evil.example', false, apex_t_varchar2('Auditor'),
    'refuse', 'unverified_email', null);
  expect(245, 'client-apex', 'ann@water.example.evil.example', true, apex_t_varchar2('ORG:'),
    'admit', 'default_role', 'APEX User');
  expect(246, 'client-apex', 'ann@water.example.evil.example', false, apex_t_varchar2('ORG:'),
    'refuse', 'unverified_email', null);
  expect(247, 'client-apex', 'ann@water.example.evil.example', true, apex_t_varchar2('ORG:  '),
    'admit', 'default_role', 'APEX User');
  expect(248, 'client-apex', 'ann@water.example.evil.example', false, apex_t_varchar2('ORG:  '),
    'refuse', 'unverified_email', null);
  expect(249, 'client-apex', 'ann@water.example.evil.example', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'admit', 'default_role', 'APEX User');
  expect(250, 'client-apex', 'ann@water.example.evil.example', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'unverified_email', null);
  expect(251, 'client-apex', 'ann@water.example.evil.example', true, apex_t_varchar2('ORG:X'),
    'admit', 'organization_member', null);
  expect(252, 'client-apex', 'ann@water.example.evil.example', false, apex_t_varchar2('ORG:X'),
    'refuse', 'unverified_email', null);
  expect(253, 'client-apex', 'ann@water.example.evil.example', true, apex_t_varchar2('org:x'),
    'admit', 'default_role', 'APEX User');
  expect(254, 'client-apex', 'ann@water.example.evil.example', false, apex_t_varchar2('org:x'),
    'refuse', 'unverified_email', null);
  expect(255, 'client-apex', 'ann@water.example.evil.example', true, apex_t_varchar2('xORG:X'),
    'admit', 'default_role', 'APEX User');
  expect(256, 'client-apex', 'ann@water.example.evil.example', false, apex_t_varchar2('xORG:X'),
    'refuse', 'unverified_email', null);
  expect(257, 'client-apex', 'ann@water.example.evil.example', true, apex_t_varchar2('APEX User'),
    'admit', 'default_role_holder', null);
  expect(258, 'client-apex', 'ann@water.example.evil.example', false, apex_t_varchar2('APEX User'),
    'refuse', 'unverified_email', null);
  expect(259, 'client-apex', 'ann@water.example.evil.example', true, apex_t_varchar2('APEX User '),
    'admit', 'default_role', 'APEX User');
  expect(260, 'client-apex', 'ann@water.example.evil.example', false, apex_t_varchar2('APEX User '),
    'refuse', 'unverified_email', null);
  expect(261, 'client-apex', 'ann@water.example.evil.example', true, apex_t_varchar2('apex user'),
    'admit', 'default_role', 'APEX User');
  expect(262, 'client-apex', 'ann@water.example.evil.example', false, apex_t_varchar2('apex user'),
    'refuse', 'unverified_email', null);
  expect(263, 'client-apex', 'ann@water.example.evil.example', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'admit', 'organization_member', null);
  expect(264, 'client-apex', 'ann@water.example.evil.example', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'unverified_email', null);
  expect(265, 'client-apex', 'ann@water.example@evil.example', true, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(266, 'client-apex', 'ann@water.example@evil.example', false, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(267, 'client-apex', 'ann@water.example@evil.example', true, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(268, 'client-apex', 'ann@water.example@evil.example', false, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(269, 'client-apex', 'ann@water.example@evil.example', true, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(270, 'client-apex', 'ann@water.example@evil.example', false, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(271, 'client-apex', 'ann@water.example@evil.example', true, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(272, 'client-apex', 'ann@water.example@evil.example', false, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(273, 'client-apex', 'ann@water.example@evil.example', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(274, 'client-apex', 'ann@water.example@evil.example', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(275, 'client-apex', 'ann@water.example@evil.example', true, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(276, 'client-apex', 'ann@water.example@evil.example', false, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(277, 'client-apex', 'ann@water.example@evil.example', true, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(278, 'client-apex', 'ann@water.example@evil.example', false, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(279, 'client-apex', 'ann@water.example@evil.example', true, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(280, 'client-apex', 'ann@water.example@evil.example', false, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(281, 'client-apex', 'ann@water.example@evil.example', true, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(282, 'client-apex', 'ann@water.example@evil.example', false, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(283, 'client-apex', 'ann@water.example@evil.example', true, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(284, 'client-apex', 'ann@water.example@evil.example', false, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(285, 'client-apex', 'ann@water.example@evil.example', true, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(286, 'client-apex', 'ann@water.example@evil.example', false, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(287, 'client-apex', 'ann@water.example@evil.example', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(288, 'client-apex', 'ann@water.example@evil.example', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(289, 'client-apex', 'ann@.water.example', true, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(290, 'client-apex', 'ann@.water.example', false, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(291, 'client-apex', 'ann@.water.example', true, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(292, 'client-apex', 'ann@.water.example', false, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(293, 'client-apex', 'ann@.water.example', true, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(294, 'client-apex', 'ann@.water.example', false, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(295, 'client-apex', 'ann@.water.example', true, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(296, 'client-apex', 'ann@.water.example', false, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(297, 'client-apex', 'ann@.water.example', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(298, 'client-apex', 'ann@.water.example', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(299, 'client-apex', 'ann@.water.example', true, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(300, 'client-apex', 'ann@.water.example', false, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  if l_failed = 0 then
    dbms_output.put_line('pass: visitors 201 to 300');
  end if;
end;
/
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
  expect(301, 'client-apex', 'ann@.water.example', true, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(302, 'client-apex', 'ann@.water.example', false, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(303, 'client-apex', 'ann@.water.example', true, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(304, 'client-apex', 'ann@.water.example', false, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(305, 'client-apex', 'ann@.water.example', true, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(306, 'client-apex', 'ann@.water.example', false, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(307, 'client-apex', 'ann@.water.example', true, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(308, 'client-apex', 'ann@.water.example', false, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(309, 'client-apex', 'ann@.water.example', true, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(310, 'client-apex', 'ann@.water.example', false, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(311, 'client-apex', 'ann@.water.example', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(312, 'client-apex', 'ann@.water.example', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(313, 'client-apex', 'ann@-water.example', true, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(314, 'client-apex', 'ann@-water.example', false, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(315, 'client-apex', 'ann@-water.example', true, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(316, 'client-apex', 'ann@-water.example', false, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(317, 'client-apex', 'ann@-water.example', true, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(318, 'client-apex', 'ann@-water.example', false, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(319, 'client-apex', 'ann@-water.example', true, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(320, 'client-apex', 'ann@-water.example', false, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(321, 'client-apex', 'ann@-water.example', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(322, 'client-apex', 'ann@-water.example', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(323, 'client-apex', 'ann@-water.example', true, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(324, 'client-apex', 'ann@-water.example', false, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(325, 'client-apex', 'ann@-water.example', true, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(326, 'client-apex', 'ann@-water.example', false, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(327, 'client-apex', 'ann@-water.example', true, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(328, 'client-apex', 'ann@-water.example', false, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(329, 'client-apex', 'ann@-water.example', true, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(330, 'client-apex', 'ann@-water.example', false, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(331, 'client-apex', 'ann@-water.example', true, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(332, 'client-apex', 'ann@-water.example', false, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(333, 'client-apex', 'ann@-water.example', true, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(334, 'client-apex', 'ann@-water.example', false, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(335, 'client-apex', 'ann@-water.example', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(336, 'client-apex', 'ann@-water.example', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(337, 'client-apex', 'ann@water.example..', true, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(338, 'client-apex', 'ann@water.example..', false, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(339, 'client-apex', 'ann@water.example..', true, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(340, 'client-apex', 'ann@water.example..', false, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(341, 'client-apex', 'ann@water.example..', true, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(342, 'client-apex', 'ann@water.example..', false, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(343, 'client-apex', 'ann@water.example..', true, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(344, 'client-apex', 'ann@water.example..', false, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(345, 'client-apex', 'ann@water.example..', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(346, 'client-apex', 'ann@water.example..', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(347, 'client-apex', 'ann@water.example..', true, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(348, 'client-apex', 'ann@water.example..', false, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(349, 'client-apex', 'ann@water.example..', true, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(350, 'client-apex', 'ann@water.example..', false, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(351, 'client-apex', 'ann@water.example..', true, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(352, 'client-apex', 'ann@water.example..', false, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(353, 'client-apex', 'ann@water.example..', true, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(354, 'client-apex', 'ann@water.example..', false, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(355, 'client-apex', 'ann@water.example..', true, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(356, 'client-apex', 'ann@water.example..', false, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(357, 'client-apex', 'ann@water.example..', true, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(358, 'client-apex', 'ann@water.example..', false, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(359, 'client-apex', 'ann@water.example..', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(360, 'client-apex', 'ann@water.example..', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(361, 'client-apex', 'an n@water.example', true, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(362, 'client-apex', 'an n@water.example', false, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(363, 'client-apex', 'an n@water.example', true, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(364, 'client-apex', 'an n@water.example', false, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(365, 'client-apex', 'an n@water.example', true, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(366, 'client-apex', 'an n@water.example', false, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(367, 'client-apex', 'an n@water.example', true, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(368, 'client-apex', 'an n@water.example', false, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(369, 'client-apex', 'an n@water.example', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(370, 'client-apex', 'an n@water.example', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(371, 'client-apex', 'an n@water.example', true, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(372, 'client-apex', 'an n@water.example', false, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(373, 'client-apex', 'an n@water.example', true, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(374, 'client-apex', 'an n@water.example', false, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(375, 'client-apex', 'an n@water.example', true, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(376, 'client-apex', 'an n@water.example', false, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(377, 'client-apex', 'an n@water.example', true, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(378, 'client-apex', 'an n@water.example', false, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(379, 'client-apex', 'an n@water.example', true, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(380, 'client-apex', 'an n@water.example', false, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(381, 'client-apex', 'an n@water.example', true, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(382, 'client-apex', 'an n@water.example', false, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(383, 'client-apex', 'an n@water.example', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(384, 'client-apex', 'an n@water.example', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(385, 'client-apex', '"ann"@water.example', true, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(386, 'client-apex', '"ann"@water.example', false, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(387, 'client-apex', '"ann"@water.example', true, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(388, 'client-apex', '"ann"@water.example', false, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(389, 'client-apex', '"ann"@water.example', true, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(390, 'client-apex', '"ann"@water.example', false, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(391, 'client-apex', '"ann"@water.example', true, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(392, 'client-apex', '"ann"@water.example', false, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(393, 'client-apex', '"ann"@water.example', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(394, 'client-apex', '"ann"@water.example', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(395, 'client-apex', '"ann"@water.example', true, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(396, 'client-apex', '"ann"@water.example', false, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(397, 'client-apex', '"ann"@water.example', true, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(398, 'client-apex', '"ann"@water.example', false, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(399, 'client-apex', '"ann"@water.example', true, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(400, 'client-apex', '"ann"@water.example', false, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  if l_failed = 0 then
    dbms_output.put_line('pass: visitors 301 to 400');
  end if;
end;
/
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
  expect(401, 'client-apex', '"ann"@water.example', true, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(402, 'client-apex', '"ann"@water.example', false, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(403, 'client-apex', '"ann"@water.example', true, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(404, 'client-apex', '"ann"@water.example', false, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(405, 'client-apex', '"ann"@water.example', true, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(406, 'client-apex', '"ann"@water.example', false, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(407, 'client-apex', '"ann"@water.example', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(408, 'client-apex', '"ann"@water.example', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(409, 'client-apex', 'ann=?@water.example', true, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(410, 'client-apex', 'ann=?@water.example', false, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(411, 'client-apex', 'ann=?@water.example', true, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(412, 'client-apex', 'ann=?@water.example', false, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(413, 'client-apex', 'ann=?@water.example', true, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(414, 'client-apex', 'ann=?@water.example', false, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(415, 'client-apex', 'ann=?@water.example', true, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(416, 'client-apex', 'ann=?@water.example', false, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(417, 'client-apex', 'ann=?@water.example', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(418, 'client-apex', 'ann=?@water.example', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(419, 'client-apex', 'ann=?@water.example', true, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(420, 'client-apex', 'ann=?@water.example', false, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(421, 'client-apex', 'ann=?@water.example', true, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(422, 'client-apex', 'ann=?@water.example', false, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(423, 'client-apex', 'ann=?@water.example', true, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(424, 'client-apex', 'ann=?@water.example', false, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(425, 'client-apex', 'ann=?@water.example', true, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(426, 'client-apex', 'ann=?@water.example', false, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(427, 'client-apex', 'ann=?@water.example', true, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(428, 'client-apex', 'ann=?@water.example', false, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(429, 'client-apex', 'ann=?@water.example', true, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(430, 'client-apex', 'ann=?@water.example', false, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(431, 'client-apex', 'ann=?@water.example', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(432, 'client-apex', 'ann=?@water.example', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(433, 'client-apex', 'o''neill+tag@water.example', true, apex_t_varchar2(),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(434, 'client-apex', 'o''neill+tag@water.example', false, apex_t_varchar2(),
    'refuse', 'unverified_email', null);
  expect(435, 'client-apex', 'o''neill+tag@water.example', true, apex_t_varchar2('Auditor'),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(436, 'client-apex', 'o''neill+tag@water.example', false, apex_t_varchar2('Auditor'),
    'refuse', 'unverified_email', null);
  expect(437, 'client-apex', 'o''neill+tag@water.example', true, apex_t_varchar2('ORG:'),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(438, 'client-apex', 'o''neill+tag@water.example', false, apex_t_varchar2('ORG:'),
    'refuse', 'unverified_email', null);
  expect(439, 'client-apex', 'o''neill+tag@water.example', true, apex_t_varchar2('ORG:  '),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(440, 'client-apex', 'o''neill+tag@water.example', false, apex_t_varchar2('ORG:  '),
    'refuse', 'unverified_email', null);
  expect(441, 'client-apex', 'o''neill+tag@water.example', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(442, 'client-apex', 'o''neill+tag@water.example', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'unverified_email', null);
  expect(443, 'client-apex', 'o''neill+tag@water.example', true, apex_t_varchar2('ORG:X'),
    'admit', 'organization_member', null);
  expect(444, 'client-apex', 'o''neill+tag@water.example', false, apex_t_varchar2('ORG:X'),
    'refuse', 'unverified_email', null);
  expect(445, 'client-apex', 'o''neill+tag@water.example', true, apex_t_varchar2('org:x'),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(446, 'client-apex', 'o''neill+tag@water.example', false, apex_t_varchar2('org:x'),
    'refuse', 'unverified_email', null);
  expect(447, 'client-apex', 'o''neill+tag@water.example', true, apex_t_varchar2('xORG:X'),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(448, 'client-apex', 'o''neill+tag@water.example', false, apex_t_varchar2('xORG:X'),
    'refuse', 'unverified_email', null);
  expect(449, 'client-apex', 'o''neill+tag@water.example', true, apex_t_varchar2('APEX User'),
    'admit', 'default_role_holder', null);
  expect(450, 'client-apex', 'o''neill+tag@water.example', false, apex_t_varchar2('APEX User'),
    'refuse', 'unverified_email', null);
  expect(451, 'client-apex', 'o''neill+tag@water.example', true, apex_t_varchar2('APEX User '),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(452, 'client-apex', 'o''neill+tag@water.example', false, apex_t_varchar2('APEX User '),
    'refuse', 'unverified_email', null);
  expect(453, 'client-apex', 'o''neill+tag@water.example', true, apex_t_varchar2('apex user'),
    'admit', 'organization_domain', 'ORG:WATER');
  expect(454, 'client-apex', 'o''neill+tag@water.example', false, apex_t_varchar2('apex user'),
    'refuse', 'unverified_email', null);
  expect(455, 'client-apex', 'o''neill+tag@water.example', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'admit', 'organization_member', null);
  expect(456, 'client-apex', 'o''neill+tag@water.example', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'unverified_email', null);
  expect(457, 'client-apex', to_char(unistr('\00e4nn@water.example')), true, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(458, 'client-apex', to_char(unistr('\00e4nn@water.example')), false, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(459, 'client-apex', to_char(unistr('\00e4nn@water.example')), true, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(460, 'client-apex', to_char(unistr('\00e4nn@water.example')), false, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(461, 'client-apex', to_char(unistr('\00e4nn@water.example')), true, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(462, 'client-apex', to_char(unistr('\00e4nn@water.example')), false, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(463, 'client-apex', to_char(unistr('\00e4nn@water.example')), true, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(464, 'client-apex', to_char(unistr('\00e4nn@water.example')), false, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(465, 'client-apex', to_char(unistr('\00e4nn@water.example')), true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(466, 'client-apex', to_char(unistr('\00e4nn@water.example')), false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(467, 'client-apex', to_char(unistr('\00e4nn@water.example')), true, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(468, 'client-apex', to_char(unistr('\00e4nn@water.example')), false, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(469, 'client-apex', to_char(unistr('\00e4nn@water.example')), true, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(470, 'client-apex', to_char(unistr('\00e4nn@water.example')), false, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(471, 'client-apex', to_char(unistr('\00e4nn@water.example')), true, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(472, 'client-apex', to_char(unistr('\00e4nn@water.example')), false, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(473, 'client-apex', to_char(unistr('\00e4nn@water.example')), true, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(474, 'client-apex', to_char(unistr('\00e4nn@water.example')), false, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(475, 'client-apex', to_char(unistr('\00e4nn@water.example')), true, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(476, 'client-apex', to_char(unistr('\00e4nn@water.example')), false, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(477, 'client-apex', to_char(unistr('\00e4nn@water.example')), true, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(478, 'client-apex', to_char(unistr('\00e4nn@water.example')), false, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(479, 'client-apex', to_char(unistr('\00e4nn@water.example')), true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(480, 'client-apex', to_char(unistr('\00e4nn@water.example')), false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(481, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2(),
    'admit', 'default_role', 'APEX User');
  expect(482, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2(),
    'refuse', 'unverified_email', null);
  expect(483, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2('Auditor'),
    'admit', 'default_role', 'APEX User');
  expect(484, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2('Auditor'),
    'refuse', 'unverified_email', null);
  expect(485, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2('ORG:'),
    'admit', 'default_role', 'APEX User');
  expect(486, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2('ORG:'),
    'refuse', 'unverified_email', null);
  expect(487, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2('ORG:  '),
    'admit', 'default_role', 'APEX User');
  expect(488, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2('ORG:  '),
    'refuse', 'unverified_email', null);
  expect(489, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'admit', 'default_role', 'APEX User');
  expect(490, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'unverified_email', null);
  expect(491, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2('ORG:X'),
    'admit', 'organization_member', null);
  expect(492, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2('ORG:X'),
    'refuse', 'unverified_email', null);
  expect(493, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2('org:x'),
    'admit', 'default_role', 'APEX User');
  expect(494, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2('org:x'),
    'refuse', 'unverified_email', null);
  expect(495, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2('xORG:X'),
    'admit', 'default_role', 'APEX User');
  expect(496, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2('xORG:X'),
    'refuse', 'unverified_email', null);
  expect(497, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2('APEX User'),
    'admit', 'default_role_holder', null);
  expect(498, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2('APEX User'),
    'refuse', 'unverified_email', null);
  expect(499, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2('APEX User '),
    'admit', 'default_role', 'APEX User');
  expect(500, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2('APEX User '),
    'refuse', 'unverified_email', null);
  if l_failed = 0 then
    dbms_output.put_line('pass: visitors 401 to 500');
  end if;
end;
/
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
  expect(501, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2('apex user'),
    'admit', 'default_role', 'APEX User');
  expect(502, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2('apex user'),
    'refuse', 'unverified_email', null);
  expect(503, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'admit', 'organization_member', null);
  expect(504, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@lllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'unverified_email', null);
  expect(505, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(506, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(507, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(508, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(509, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(510, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(511, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(512, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(513, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(514, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(515, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(516, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(517, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(518, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(519, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(520, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(521, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(522, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(523, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(524, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(525, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(526, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(527, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(528, 'client-apex', 'ann@llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.water.example', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(529, 'client-apex', 'ann@10.0.0.1', true, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(530, 'client-apex', 'ann@10.0.0.1', false, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(531, 'client-apex', 'ann@10.0.0.1', true, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(532, 'client-apex', 'ann@10.0.0.1', false, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(533, 'client-apex', 'ann@10.0.0.1', true, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(534, 'client-apex', 'ann@10.0.0.1', false, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(535, 'client-apex', 'ann@10.0.0.1', true, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(536, 'client-apex', 'ann@10.0.0.1', false, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(537, 'client-apex', 'ann@10.0.0.1', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(538, 'client-apex', 'ann@10.0.0.1', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(539, 'client-apex', 'ann@10.0.0.1', true, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(540, 'client-apex', 'ann@10.0.0.1', false, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(541, 'client-apex', 'ann@10.0.0.1', true, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(542, 'client-apex', 'ann@10.0.0.1', false, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(543, 'client-apex', 'ann@10.0.0.1', true, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(544, 'client-apex', 'ann@10.0.0.1', false, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(545, 'client-apex', 'ann@10.0.0.1', true, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(546, 'client-apex', 'ann@10.0.0.1', false, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(547, 'client-apex', 'ann@10.0.0.1', true, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(548, 'client-apex', 'ann@10.0.0.1', false, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(549, 'client-apex', 'ann@10.0.0.1', true, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(550, 'client-apex', 'ann@10.0.0.1', false, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(551, 'client-apex', 'ann@10.0.0.1', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(552, 'client-apex', 'ann@10.0.0.1', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(553, 'client-apex', 'ann@host.123', true, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(554, 'client-apex', 'ann@host.123', false, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(555, 'client-apex', 'ann@host.123', true, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(556, 'client-apex', 'ann@host.123', false, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(557, 'client-apex', 'ann@host.123', true, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(558, 'client-apex', 'ann@host.123', false, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(559, 'client-apex', 'ann@host.123', true, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(560, 'client-apex', 'ann@host.123', false, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(561, 'client-apex', 'ann@host.123', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(562, 'client-apex', 'ann@host.123', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(563, 'client-apex', 'ann@host.123', true, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(564, 'client-apex', 'ann@host.123', false, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(565, 'client-apex', 'ann@host.123', true, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(566, 'client-apex', 'ann@host.123', false, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(567, 'client-apex', 'ann@host.123', true, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(568, 'client-apex', 'ann@host.123', false, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(569, 'client-apex', 'ann@host.123', true, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(570, 'client-apex', 'ann@host.123', false, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(571, 'client-apex', 'ann@host.123', true, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(572, 'client-apex', 'ann@host.123', false, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(573, 'client-apex', 'ann@host.123', true, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(574, 'client-apex', 'ann@host.123', false, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(575, 'client-apex', 'ann@host.123', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(576, 'client-apex', 'ann@host.123', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(577, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', true, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(578, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', false, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(579, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', true, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(580, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', false, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(581, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', true, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(582, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', false, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(583, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', true, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(584, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', false, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(585, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(586, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(587, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', true, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(588, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', false, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(589, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', true, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(590, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', false, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(591, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', true, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(592, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', false, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(593, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', true, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(594, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', false, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(595, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', true, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(596, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', false, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(597, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', true, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(598, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', false, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(599, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(600, 'client-apex', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' ||
      'a@x.example', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  if l_failed = 0 then
    dbms_output.put_line('pass: visitors 501 to 600');
  end if;
end;
/
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
  expect(601, 'client-apex', 'ann@x_y.example', true, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(602, 'client-apex', 'ann@x_y.example', false, apex_t_varchar2(),
    'refuse', 'missing_email', null);
  expect(603, 'client-apex', 'ann@x_y.example', true, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(604, 'client-apex', 'ann@x_y.example', false, apex_t_varchar2('Auditor'),
    'refuse', 'missing_email', null);
  expect(605, 'client-apex', 'ann@x_y.example', true, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(606, 'client-apex', 'ann@x_y.example', false, apex_t_varchar2('ORG:'),
    'refuse', 'missing_email', null);
  expect(607, 'client-apex', 'ann@x_y.example', true, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(608, 'client-apex', 'ann@x_y.example', false, apex_t_varchar2('ORG:  '),
    'refuse', 'missing_email', null);
  expect(609, 'client-apex', 'ann@x_y.example', true, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(610, 'client-apex', 'ann@x_y.example', false, apex_t_varchar2(to_char(unistr('ORG:\00a0'))),
    'refuse', 'missing_email', null);
  expect(611, 'client-apex', 'ann@x_y.example', true, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(612, 'client-apex', 'ann@x_y.example', false, apex_t_varchar2('ORG:X'),
    'refuse', 'missing_email', null);
  expect(613, 'client-apex', 'ann@x_y.example', true, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(614, 'client-apex', 'ann@x_y.example', false, apex_t_varchar2('org:x'),
    'refuse', 'missing_email', null);
  expect(615, 'client-apex', 'ann@x_y.example', true, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(616, 'client-apex', 'ann@x_y.example', false, apex_t_varchar2('xORG:X'),
    'refuse', 'missing_email', null);
  expect(617, 'client-apex', 'ann@x_y.example', true, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(618, 'client-apex', 'ann@x_y.example', false, apex_t_varchar2('APEX User'),
    'refuse', 'missing_email', null);
  expect(619, 'client-apex', 'ann@x_y.example', true, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(620, 'client-apex', 'ann@x_y.example', false, apex_t_varchar2('APEX User '),
    'refuse', 'missing_email', null);
  expect(621, 'client-apex', 'ann@x_y.example', true, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(622, 'client-apex', 'ann@x_y.example', false, apex_t_varchar2('apex user'),
    'refuse', 'missing_email', null);
  expect(623, 'client-apex', 'ann@x_y.example', true, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(624, 'client-apex', 'ann@x_y.example', false, apex_t_varchar2('Auditor', 'ORG:WATER'),
    'refuse', 'missing_email', null);
  expect(625, 'another-application', 'ann@elsewhere.example', true, apex_t_varchar2(),
    'ignore', 'unguarded_application', null);
  if l_failed = 0 then
    dbms_output.put_line('pass: visitors 601 to 625');
  end if;
end;
/
set verify on feedback on define on
