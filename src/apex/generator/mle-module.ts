import { basename, dirname, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { embeddedPolicy } from '../../action/embedded-values.ts';
import { javascriptLiteral } from '../../action/javascript-literal.ts';
import { Problem } from '../../problem/problem.ts';
import type { ApexTarget } from './apex-target.ts';
import { SCRIPT_END } from './component.ts';
import { DECISION_SPECIFICATION } from './decision-package.ts';
import { NEVER_RUN, sqlHeader } from './file-header.ts';

/** Bundles the policy as one ES module in ASCII that uses only the language itself. */
export async function mleBundle(target: ApexTarget): Promise<string> {
  const here = fileURLToPath(import.meta.url);
  const extension = extname(here);
  const result = await build({
    entryPoints: [`./${basename(dirname(here))}/mle-entry${extension}`],
    absWorkingDir: dirname(dirname(here)),
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    target: 'node18',
    charset: 'ascii',
    legalComments: 'none',
    tsconfigRaw: {},
    logLevel: 'silent',
  });
  const [file] = result.outputFiles;
  if (file === undefined) throw new Error('esbuild gave no output for the MLE module.');
  const code = `const POLICY = ${javascriptLiteral(embeddedPolicy(target.policy))};\n\n${file.text.replace(/^(\/\/ \S+)\.[jt]s$/gm, '$1')}`;
  return code.replace(/[^\n\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** `mle-decision.sql`: the module, its call specification, and the package that portcullis_gate calls. For 23ai. */
export function mleDecisionSql(bundle: string): string {
  // A slash alone on a line ends a statement in SQL*Plus.
  if (/^\s*[/.]\s*$/m.test(bundle)) {
    throw new Problem('apex_sql_unsafe', 'The module would end early in SQL*Plus.');
  }
  return `${sqlHeader({
    what: "the policy as a JavaScript module for the database's own engine (MLE), made from the files that the Action is made from.",
    changes:
      'creates or replaces the MLE module portcullis_policy, the function portcullis_decide and the package portcullis_mle in the schema it is run in.',
    run: 'on Oracle Database 23ai, as the parsing schema of the application: @mle-decision.sql. It needs the privileges CREATE MLE MODULE and EXECUTE ON JAVASCRIPT.',
    undo: 'drop package portcullis_mle; drop function portcullis_decide; drop mle module portcullis_policy;',
    checked: `${NEVER_RUN} The JavaScript was run in a bare engine, without anything of Node, and compared with the policy.`,
  })}
set define off verify off feedback off sqlblanklines on
whenever sqlerror exit sql.sqlcode rollback
create or replace mle module portcullis_policy language javascript as
${bundle}/
create or replace function portcullis_decide(
  p_application in varchar2, p_email in varchar2, p_email_verified in number, p_roles in varchar2,
  p_organization in varchar2, p_at in varchar2
) return varchar2 as mle module portcullis_policy
  signature 'decideVisitor(string, string, number, string, string, string)';
/
create or replace package portcullis_mle authid definer as
${DECISION_SPECIFICATION}
end portcullis_mle;
/
create or replace package body portcullis_mle as
  function names(p_list in json_array_t) return apex_t_varchar2 is
    l_names apex_t_varchar2 := apex_t_varchar2();
  begin
    for i in 1 .. p_list.get_size loop
      apex_string.push(l_names, p_list.get_string(i - 1));
    end loop;
    return l_names;
  end names;

  function decide(
    p_application in varchar2, p_email in varchar2, p_email_verified in boolean, p_roles in apex_t_varchar2,
    p_organization in varchar2 default null, p_at in timestamp default null
  ) return t_decision is
    l_decision t_decision;
    l_roles json_array_t := json_array_t();
    l_answer json_object_t;
  begin
    if p_roles is not null then
      for i in 1 .. p_roles.count loop
        l_roles.append(p_roles(i));
      end loop;
    end if;
    l_answer := json_object_t.parse(portcullis_decide(
      p_application, p_email, case when p_email_verified then 1 else 0 end, l_roles.to_string, p_organization,
      to_char(nvl(p_at, sys_extract_utc(systimestamp)), 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"')));
    l_decision.outcome := l_answer.get_string('outcome');
    l_decision.reason := l_answer.get_string('reason');
    l_decision.rules := names(l_answer.get_array('rules'));
    l_decision.assign := names(l_answer.get_array('assign'));
    return l_decision;
  end decide;
end portcullis_mle;
/
${SCRIPT_END}
`;
}
