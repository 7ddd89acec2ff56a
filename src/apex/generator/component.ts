import type { ApexTarget } from './apex-target.ts';
import { sqlLiteral } from './sql-literal.ts';

/**
 * Writes a block that puts components into the application. It looks up workspace and application when it runs, since
 * their numbers differ from one database to the next; a missing one ends the script.
 */
export function componentBlock(target: ApexTarget, calls: readonly string[], lookups: readonly string[] = []): string {
  const { version } = target;
  const isNumber = /^\d{1,15}$/.test(target.application);
  const condition = isNumber
    ? `application_id = ${target.application}`
    : `upper(alias) = upper(${sqlLiteral(target.application)})`;
  return `declare
  l_workspace_id number;
  l_application_id number;
  l_owner varchar2(128);
  l_credential_id number;
begin
  apex_util.set_workspace(p_workspace => ${sqlLiteral(target.workspace)});
  select workspace_id, application_id, owner
    into l_workspace_id, l_application_id, l_owner
    from apex_applications
   where workspace = ${sqlLiteral(target.workspace)}
     and ${condition};
${lookups.map((line) => `  ${line}\n`).join('')}  wwv_flow_imp.component_begin(
    p_version_yyyy_mm_dd=>'${version.versionDate}'
   ,p_release=>'${version.form}.0'
   ,p_default_workspace_id=>l_workspace_id
   ,p_default_application_id=>l_application_id
   ,p_default_id_offset=>0
   ,p_default_owner=>l_owner
  );
${calls.join('\n')}
  wwv_flow_imp.component_end;
  commit;
end;
/`;
}

export const SCRIPT_START = `set define off verify off feedback off
whenever sqlerror exit sql.sqlcode rollback`;
export const SCRIPT_END = 'set verify on feedback on define on';
