-- What it is: authorization schemes that ask for the roles, and the application item with the organisation.
-- What it changes: adds 3 authorization schemes and the application item G_ORGANIZATION to the application. Nothing uses them until you choose them on a page, a region or the application.
-- How to run it: in SQL*Plus or SQLcl: @authorization-schemes.sql. Then set Shared Components > Security Attributes > Source for Role or Group Schemes to Custom Code: without it no scheme passes.
-- How to undo it: delete them on their pages: Shared Components > Authorization Schemes, and Application Items.
-- How it was checked: by a tokenizer of quotes, blocks and literals. It was never run on an Oracle database: try it on a copy first.
-- A comma in a role's name is %2C in the group's name, and a percent sign %25.
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
  wwv_flow_imp.component_begin(
    p_version_yyyy_mm_dd=>'2024.11.30'
   ,p_release=>'24.2.0'
   ,p_default_workspace_id=>l_workspace_id
   ,p_default_application_id=>l_application_id
   ,p_default_id_offset=>0
   ,p_default_owner=>l_owner
  );
  wwv_flow_imp_shared.create_flow_item(
    p_id=>wwv_flow_imp.id(986956574243462)
   ,p_name=>'G_ORGANIZATION'
   ,p_protection_level=>'I'
   ,p_version_scn=>1
  );
  wwv_flow_imp_shared.create_security_scheme(
    p_id=>wwv_flow_imp.id(910433740315405)
   ,p_name=>'Member of any organisation'
   ,p_scheme_type=>'NATIVE_FUNCTION_BODY'
   ,p_attribute_01=>'return v(''G_ORGANIZATION'') is not null;'
   ,p_error_message=>'Your account is not a member of an organisation.'
   ,p_caching=>'BY_USER_BY_SESSION'
   ,p_version_scn=>1
  );
  wwv_flow_imp_shared.create_security_scheme(
    p_id=>wwv_flow_imp.id(978243022674969)
   ,p_name=>'Holds ORG:WATER'
   ,p_scheme_type=>'NATIVE_IS_IN_GROUP'
   ,p_attribute_01=>'ORG:WATER'
   ,p_attribute_02=>'C'
   ,p_error_message=>'Your account does not hold the role that this needs.'
   ,p_caching=>'BY_USER_BY_SESSION'
   ,p_version_scn=>1
  );
  wwv_flow_imp_shared.create_security_scheme(
    p_id=>wwv_flow_imp.id(941019476628077)
   ,p_name=>'Holds APEX User'
   ,p_scheme_type=>'NATIVE_IS_IN_GROUP'
   ,p_attribute_01=>'APEX User'
   ,p_attribute_02=>'C'
   ,p_error_message=>'Your account does not hold the role that this needs.'
   ,p_caching=>'BY_USER_BY_SESSION'
   ,p_version_scn=>1
  );
  wwv_flow_imp.component_end;
  commit;
end;
/
set verify on feedback on define on
