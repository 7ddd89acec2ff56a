import type { ApexTarget } from './apex-target.ts';
import { NEVER_RUN, sqlHeader } from './file-header.ts';
import { sqlLiteral } from './sql-literal.ts';

/** `credential.sql`: the web credential. It asks for the secret when it runs; no file contains the secret. */
export function credentialSql(target: ApexTarget): string {
  const id = sqlLiteral(target.credentialStaticId);
  return `${sqlHeader({
    what: 'the web credential that the authentication scheme proves itself to Auth0 with.',
    changes: `creates the web credential ${target.credentialStaticId} in the workspace; it fails if there is one of that name.`,
    run: "in SQL*Plus or SQLcl, as the schema of the workspace: @credential.sql. It asks for the client secret and does not show it. A secret with ]' in it has to be typed in on the page of the credential.",
    undo: `begin apex_util.set_workspace(...); apex_credential.drop_credential('${target.credentialStaticId}'); end;`,
    checked: NEVER_RUN,
  })}
set define on verify off feedback off
whenever sqlerror exit sql.sqlcode rollback
accept client_secret char prompt 'Client secret of the application in Auth0: ' hide
begin
  apex_util.set_workspace(p_workspace => ${sqlLiteral(target.workspace)});
  apex_credential.create_credential(
    p_credential_name => 'Portcullis Auth0',
    p_credential_static_id => ${id},
    p_authentication_type => 'OAUTH2_CLIENT_CREDENTIALS',
    p_allowed_urls => apex_t_varchar2(${sqlLiteral(`https://${target.domain}/`)}),
    p_prompt_on_install => false);
  apex_credential.set_persistent_credentials(
    p_credential_static_id => ${id},
    p_client_id => ${sqlLiteral(target.clientId)},
    p_client_secret => q'[&client_secret.]');
  commit;
end;
/
undefine client_secret
set verify on feedback on
`;
}
