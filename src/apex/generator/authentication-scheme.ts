import { usernameAttribute } from '../username-attribute.ts';
import { type ApexTarget, logoutUrl } from './apex-target.ts';
import { componentBlock, SCRIPT_END, SCRIPT_START } from './component.ts';
import { NEVER_RUN, sqlHeader } from './file-header.ts';
import { sqlLiteral } from './sql-literal.ts';

/** The values of the authentication scheme; set-up sheet and import file have the same. */
export function schemeValues(target: ApexTarget) {
  return {
    discoveryUrl: `https://${target.domain}/.well-known/openid-configuration`,
    scope: 'profile,email',
    username: usernameAttribute(target.policy),
    invalidSessionUrl: target.policy.landingPage,
    logoutUrl: logoutUrl(target, target.signedOutPage),
    // A browser keeps no secure cookie over HTTP: every page would start the sign-in again.
    secureCookie: !target.baseUrl.startsWith('http:'),
    procedure: 'portcullis_post_authentication',
    code: [
      'procedure portcullis_post_authentication is',
      'begin',
      '  portcullis_gate.post_authentication;',
      'end portcullis_post_authentication;',
    ],
  };
}

/** `authentication-scheme.sql`: the scheme as an importable component. */
export function authenticationSchemeSql(target: ApexTarget): string {
  const values = schemeValues(target);
  const text = (value: string) => sqlLiteral(value, 'plain');
  const scn = target.version.hasVersionScn ? '\n   ,p_version_scn=>1' : '';
  const call = `  wwv_flow_imp_shared.create_authentication(
    p_id=>wwv_flow_imp.id(${target.id('authentication')})
   ,p_name=>${text(target.scheme)}
   ,p_scheme_type=>'NATIVE_SOCIAL'
   ,p_attribute_01=>to_char(l_credential_id)
   ,p_attribute_02=>'OPENID_CONNECT'
   ,p_attribute_03=>${text(values.discoveryUrl)}
   ,p_attribute_07=>${text(values.scope)}
   ,p_attribute_09=>${text(values.username)}
   ,p_attribute_11=>'N'
   ,p_attribute_13=>'N'
   ,p_plsql_code=>wwv_flow_string.join(wwv_flow_t_varchar2(
${values.code.map((line) => `      ${text(line)}`).join(',\n')}))
   ,p_invalid_session_type=>'URL'
   ,p_invalid_session_url=>${text(values.invalidSessionUrl)}
   ,p_logout_url=>${text(values.logoutUrl)}
   ,p_post_auth_process=>'${values.procedure}'
   ,p_use_secure_cookie_yn=>'${values.secureCookie ? 'Y' : 'N'}'
   ,p_ras_mode=>0
   ,p_switch_in_session_yn=>'Y'${scn}
  );`;
  const lookup = `select credential_id into l_credential_id from apex_workspace_credentials where workspace = ${sqlLiteral(target.workspace)} and static_id = ${sqlLiteral(target.credentialStaticId)};`;
  const form =
    target.version.form === target.version.requested
      ? ''
      : ` The date that APEX ${target.version.requested} writes into its own exports is not known, so this file has the form of ${target.version.form}, which a newer APEX imports.`;
  return `${sqlHeader({
    what: `an authentication scheme of the type Social Sign-In for APEX ${target.version.requested}.${form} Modifying an import file is not supported by Oracle, and a generated one is in the same position: sheet.md has the same values to type in.`,
    changes: 'adds one authentication scheme to the application. It does not make it the current one.',
    run: 'after credential.sql and post-authentication.sql, in SQL*Plus or SQLcl: @authentication-scheme.sql. Then: Shared Components > Authentication Schemes > the scheme > Make Current Scheme.',
    undo: 'make another scheme the current one, then delete this one on its page.',
    checked: NEVER_RUN,
  })}
-- E-mail verification is left to the Action (attribute 13 is N): APEX refusing an address a second time is a loop.
${SCRIPT_START}
${componentBlock(target, [call], [lookup])}
${SCRIPT_END}
`;
}
