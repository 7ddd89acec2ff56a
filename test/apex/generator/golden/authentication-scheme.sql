-- What it is: an authentication scheme of the type Social Sign-In for APEX 24.2. Modifying an import file is not supported by Oracle, and a generated one is in the same position: sheet.md has the same values to type in.
-- What it changes: adds one authentication scheme to the application. It does not make it the current one.
-- How to run it: after credential.sql and post-authentication.sql, in SQL*Plus or SQLcl: @authentication-scheme.sql. Then: Shared Components > Authentication Schemes > the scheme > Make Current Scheme.
-- How to undo it: make another scheme the current one, then delete this one on its page.
-- How it was checked: by a tokenizer of quotes, blocks and literals. It was never run on an Oracle database: try it on a copy first.
-- E-mail verification is left to the Action (attribute 13 is N): APEX refusing an address a second time is a loop.
set define off verify off feedback off
whenever sqlerror exit sql.sqlcode rollback
declare
  l_workspace_id number;
  l_application_id number;
  l_owner varchar2(128);
  l_credential_id number;
begin
  apex_util.set_workspace(p_workspace => 'TEAM');
  select workspace_id, application_id, owner
    into l_workspace_id, l_application_id, l_owner
    from apex_applications
   where workspace = 'TEAM'
     and upper(alias) = upper('app');
  select credential_id into l_credential_id from apex_workspace_credentials where workspace = 'TEAM' and static_id = 'PORTCULLIS_AUTH0';
  wwv_flow_imp.component_begin(
    p_version_yyyy_mm_dd=>'2024.11.30'
   ,p_release=>'24.2.0'
   ,p_default_workspace_id=>l_workspace_id
   ,p_default_application_id=>l_application_id
   ,p_default_id_offset=>0
   ,p_default_owner=>l_owner
  );
  wwv_flow_imp_shared.create_authentication(
    p_id=>wwv_flow_imp.id(921495638517762)
   ,p_name=>'Auth0'
   ,p_scheme_type=>'NATIVE_SOCIAL'
   ,p_attribute_01=>to_char(l_credential_id)
   ,p_attribute_02=>'OPENID_CONNECT'
   ,p_attribute_03=>'https://example.eu.auth0.com/.well-known/openid-configuration'
   ,p_attribute_07=>'profile,email'
   ,p_attribute_09=>'email'
   ,p_attribute_11=>'N'
   ,p_attribute_13=>'N'
   ,p_plsql_code=>wwv_flow_string.join(wwv_flow_t_varchar2(
      'procedure portcullis_post_authentication is',
      'begin',
      '  portcullis_gate.post_authentication;',
      'end portcullis_post_authentication;'))
   ,p_invalid_session_type=>'URL'
   ,p_invalid_session_url=>'https://apex.example.com/ords/r/team/app/refused'
   ,p_logout_url=>'https://example.eu.auth0.com/v2/logout?client_id=client-apex&returnTo=https%3A%2F%2Fapex.example.com%2Fords%2Fr%2Fteam%2Fapp%2Fsigned-out'
   ,p_post_auth_process=>'portcullis_post_authentication'
   ,p_use_secure_cookie_yn=>'Y'
   ,p_ras_mode=>0
   ,p_switch_in_session_yn=>'Y'
   ,p_version_scn=>1
  );
  wwv_flow_imp.component_end;
  commit;
end;
/
set verify on feedback on define on
