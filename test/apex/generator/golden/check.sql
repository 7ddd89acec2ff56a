-- What it is: a report of what is there and what is missing.
-- What it changes: nothing. It makes one HTTPS request to the tenant.
-- How to run it: as the parsing schema, in SQLcl or SQL*Plus: @check.sql. In SQL Workshop without its first line (set serveroutput on). Column names of the APEX views differ between versions: what cannot be asked says "unknown", not "missing".
-- How to undo it: nothing to undo.
-- How it was checked: by a tokenizer of quotes, blocks and literals. It was never run on an Oracle database: try it on a copy first.
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
    apex_util.set_workspace(p_workspace => 'TEAM');
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
  ask('application', 'select count(*) from apex_applications where workspace = ''TEAM'' and (to_char(application_id) = ''app'' or upper(alias) = upper(''app''))', 'Correct apex.workspace and apex.application in the configuration.');
  ask('web credential', 'select count(*) from apex_workspace_credentials where workspace = ''TEAM'' and static_id = ''PORTCULLIS_AUTH0''', 'Run credential.sql.');
  ask('authentication scheme', 'select count(*) from apex_application_auth where workspace = ''TEAM'' and application_id in (select application_id from apex_applications where workspace = ''TEAM''' ||
      ' and (to_char(application_id) = ''app'' or upper(alias) = upper(''app''))) and authentication_scheme_name = ''Auth0''', 'Run authentication-scheme.sql, or type sheet.md in.');
  ask('it is the current scheme', 'select count(*) from apex_application_auth where workspace = ''TEAM'' and application_id in (select application_id from apex_applications where workspace = ''TEAM''' ||
      ' and (to_char(application_id) = ''app'' or upper(alias) = upper(''app''))) and authentication_scheme_name = ''Auth0'' and is_current_authentication = ''Y''', 'Make Current Scheme on its page.');
  ask('application item', 'select count(*) from apex_application_items where workspace = ''TEAM'' and application_id in (select application_id from apex_applications where workspace = ''TEAM' ||
      ''' and (to_char(application_id) = ''app'' or upper(alias) = upper(''app''))) and item_name = ''G_ORGANIZATION''', 'Run authorization-schemes.sql.');
  ask('package portcullis_gate', 'select count(*) from user_objects where object_name = ''PORTCULLIS_GATE'' and object_type = ''PACKAGE BODY'' and status = ''VALID''', 'Run post-authentication.sql as the parsing schema; select * from user_errors says what does not compile.');
  ask('authorization scheme for ORG:WATER', 'select count(*) from apex_application_authorization where workspace = ''TEAM'' and application_id in (select application_id from apex_applications where workspace' ||
      ' = ''TEAM'' and (to_char(application_id) = ''app'' or upper(alias) = upper(''app''))) and attribute_01 = ''ORG:WATER''', 'Run authorization-schemes.sql.');
  ask('authorization scheme for APEX User', 'select count(*) from apex_application_authorization where workspace = ''TEAM'' and application_id in (select application_id from apex_applications where workspace' ||
      ' = ''TEAM'' and (to_char(application_id) = ''app'' or upper(alias) = upper(''app''))) and attribute_01 = ''APEX User''', 'Run authorization-schemes.sql.');
  say('Source for Role or Group Schemes', 'see', 'Shared Components > Security Attributes: it must be Custom Code. Which view shows it is not known.');
  begin
    l_answer := apex_web_service.make_rest_request(
      p_url => 'https://example.eu.auth0.com/.well-known/openid-configuration', p_http_method => 'GET');
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
