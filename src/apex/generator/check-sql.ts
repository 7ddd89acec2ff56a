import type { ApexTarget } from './apex-target.ts';
import { ORGANIZATION_ITEM, schemeRoles } from './authorization-schemes.ts';
import { NEVER_RUN, sqlHeader } from './file-header.ts';
import { groupName } from './group-name.ts';
import { sqlLiteral } from './sql-literal.ts';

/** `check.sql`: reports what is there and what is missing. Each question runs separately, so that one failure hides no other. */
export function checkSql(target: ApexTarget): string {
  const workspace = sqlLiteral(target.workspace);
  const application = `(to_char(application_id) = ${sqlLiteral(target.application)} or upper(alias) = upper(${sqlLiteral(target.application)}))`;
  const inApplication = `workspace = ${workspace} and application_id in (select application_id from apex_applications where workspace = ${workspace} and ${application})`;
  const count = (name: string, from: string, cure: string) =>
    `  ask(${sqlLiteral(name)}, ${sqlLiteral(`select count(*) from ${from}`)}, ${sqlLiteral(cure)});`;
  const asks = [
    count(
      'application',
      `apex_applications where workspace = ${workspace} and ${application}`,
      'Correct apex.workspace and apex.application in the configuration.',
    ),
    count(
      'web credential',
      `apex_workspace_credentials where workspace = ${workspace} and static_id = ${sqlLiteral(target.credentialStaticId)}`,
      'Run credential.sql.',
    ),
    count(
      'authentication scheme',
      `apex_application_auth where ${inApplication} and authentication_scheme_name = ${sqlLiteral(target.scheme)}`,
      'Run authentication-scheme.sql, or type sheet.md in.',
    ),
    count(
      'it is the current scheme',
      `apex_application_auth where ${inApplication} and authentication_scheme_name = ${sqlLiteral(target.scheme)} and is_current_authentication = 'Y'`,
      'Make Current Scheme on its page.',
    ),
    count(
      'application item',
      `apex_application_items where ${inApplication} and item_name = '${ORGANIZATION_ITEM}'`,
      'Run authorization-schemes.sql.',
    ),
    count(
      'package portcullis_gate',
      "user_objects where object_name = 'PORTCULLIS_GATE' and object_type = 'PACKAGE BODY' and status = 'VALID'",
      'Run post-authentication.sql as the parsing schema; select * from user_errors says what does not compile.',
    ),
    ...schemeRoles(target).map((role) =>
      count(
        `authorization scheme for ${role}`,
        `apex_application_authorization where ${inApplication} and attribute_01 = ${sqlLiteral(groupName(role))}`,
        'Run authorization-schemes.sql.',
      ),
    ),
  ];
  return `${sqlHeader({
    what: 'a report of what is there and what is missing.',
    changes: 'nothing. It makes one HTTPS request to the tenant.',
    run: 'as the parsing schema, in SQLcl or SQL*Plus: @check.sql. In SQL Workshop without its first line (set serveroutput on). Column names of the APEX views differ between versions: what cannot be asked says "unknown", not "missing".',
    undo: 'nothing to undo.',
    checked: NEVER_RUN,
  })}
set serveroutput on
declare
  l_answer clob;
  procedure say(p_name in varchar2, p_state in varchar2, p_more in varchar2 default null) is
  begin
    dbms_output.put_line(rpad(p_state, 9) || p_name || case when p_more is not null then ': ' || p_more end);
  end say;
  procedure ask(p_name in varchar2, p_query in varchar2, p_cure in varchar2) is
    l_count number;
  begin
    execute immediate p_query into l_count;
    if l_count > 0 then
      say(p_name, 'there');
    else
      say(p_name, 'missing', p_cure);
    end if;
  exception
    when others then
      say(p_name, 'unknown', sqlerrm);
  end ask;
begin
  begin
    apex_util.set_workspace(p_workspace => ${workspace});
  exception
    when others then
      say('workspace', 'missing', sqlerrm);
  end;
  begin
    say('callback URL, to be listed in Auth0', 'see', regexp_replace(apex_authentication.get_callback_url, '[?].*$'));
  exception
    when others then
      say('callback URL', 'unknown', 'ask in SQL Workshop, where APEX knows its own address. ' || sqlerrm);
  end;
${asks.join('\n')}
  say('Source for Role or Group Schemes', 'see', 'Shared Components > Security Attributes: it must be Custom Code. Which view shows it is not known.');
  begin
    l_answer := apex_web_service.make_rest_request(
      p_url => ${sqlLiteral(`https://${target.domain}/.well-known/openid-configuration`)}, p_http_method => 'GET');
    say('the tenant', case when apex_web_service.g_status_code = 200 then 'there' else 'missing' end, 'HTTP ' || apex_web_service.g_status_code);
  exception
    when others then
      say('the tenant', 'missing', case
        when sqlerrm like '%ORA-24247%' then 'network ACL: the APEX schema may not reach it (dbms_network_acl_admin.append_host_ace). '
        when sqlerrm like '%ORA-29024%' then 'wallet: the certificate of the authority is not in it. '
        when sqlerrm like '%ORA-20001%' then 'the quota of web service requests of the workspace may be used up. '
      end || sqlerrm);
  end;
end;
/
`;
}
