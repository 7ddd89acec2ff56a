-- What it is: the web credential that the authentication scheme proves itself to Auth0 with.
-- What it changes: creates the web credential PORTCULLIS_AUTH0 in the workspace; it fails if there is one of that name.
-- How to run it: in SQL*Plus or SQLcl, as the schema of the workspace: @credential.sql. It asks for the client secret and does not show it. A secret with ]' in it has to be typed in on the page of the credential.
-- How to undo it: begin apex_util.set_workspace(...); apex_credential.drop_credential('PORTCULLIS_AUTH0'); end;
-- How it was checked: by a tokenizer of quotes, blocks and literals. It was never run on an Oracle database: try it on a copy first.
set define on verify off feedback off
whenever sqlerror exit sql.sqlcode rollback
accept client_secret char prompt 'Client secret of the application in Auth0: ' hide
begin
  apex_util.set_workspace(p_workspace => 'TEAM');
  apex_credential.create_credential(
    p_credential_name => 'Portcullis Auth0',
    p_credential_static_id => 'PORTCULLIS_AUTH0',
    p_authentication_type => 'OAUTH2_CLIENT_CREDENTIALS',
    p_allowed_urls => apex_t_varchar2('https://example.eu.auth0.com/'),
    p_prompt_on_install => false);
  apex_credential.set_persistent_credentials(
    p_credential_static_id => 'PORTCULLIS_AUTH0',
    p_client_id => 'client-apex',
    p_client_secret => q'[&client_secret.]');
  commit;
end;
/
undefine client_secret
set verify on feedback on
