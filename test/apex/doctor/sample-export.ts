import { diagnose } from '../../../src/apex/doctor/diagnose.ts';
import type { DoctorContext } from '../../../src/apex/doctor/diagnosed-scheme.ts';
import { apexExport } from '../../../src/apex/export/apex-export.ts';
import { policy } from '../../policy/example-policy.ts';

/** The test's differences from a healthy application; `null` leaves a line out. */
export type Changes = Readonly<Record<string, string | null>>;

const SCHEME: Changes = {
  p_id: 'wwv_flow_imp.id(11)',
  p_name: "'Auth0'",
  p_scheme_type: "'NATIVE_SOCIAL'",
  p_attribute_01: 'wwv_flow_imp.id(12)',
  p_attribute_02: "'OPENID_CONNECT'",
  p_attribute_03: "'https://example.eu.auth0.com/.well-known/openid-configuration'",
  p_attribute_07: "'profile,email'",
  p_attribute_09: "'email'",
  p_attribute_11: "'N'",
  p_attribute_13: "'N'",
  p_invalid_session_type: "'URL'",
  p_invalid_session_url: "'f?p=&APP_ID.:REFUSED:0'",
  p_logout_url: "'f?p=APP:SIGNED-OUT:0'",
};

const FLOW: Changes = {
  p_id: 'wwv_flow.g_flow_id',
  p_name: "nvl(wwv_flow_application_install.get_application_name,'It''s an application')",
  p_alias: "'APP'",
  p_authentication_id: 'wwv_flow_imp.id(11)',
  p_populate_roles: "'C'",
};

/** A healthy application as one file, with the test's differences. */
export function sampleExport(
  changes: { scheme?: Changes; flow?: Changes; pages?: string; more?: string } = {},
): string {
  const pages =
    changes.pages ??
    `${page(1, 'HOME', false)}${page(2, 'REFUSED', true)}${page(3, 'SIGNED-OUT', true)}${page(4, 'LOGIN', false)}`;
  return `prompt --application/don't stop here
set define off verify off feedback off
begin
wwv_flow_imp.import_begin (
 p_release=>'24.2.12'
);
end;
/
begin
wwv_flow_imp.component_begin (
 p_release=>'24.2.12'
);
${call('wwv_imp_workspace.create_flow', { ...FLOW, ...changes.flow })}
${call('wwv_flow_imp_shared.create_user_interface', { p_home_url: "'f?p=&APP_ID.:1:&SESSION.'", p_login_url: "'f?p=&APP_ID.:LOGIN:&SESSION.'" })}
${call('wwv_flow_imp_shared.create_authentication', { ...SCHEME, ...changes.scheme })}
${changes.more ?? ''}${pages}wwv_flow_imp.component_end;
end;
/
begin
wwv_flow_imp.import_end(p_auto_install_sup_obj => false);
end;
/
`;
}

/** A page's call. */
export function page(id: number, alias: string, isPublic: boolean, more: Changes = {}): string {
  const publicPage = isPublic ? { p_page_is_public_y_n: "'Y'" } : {};
  return `${call('wwv_flow_imp_page.create_page', { p_id: String(id), p_alias: `'${alias}'`, ...publicPage, ...more })}\n`;
}

/** A call as exports write it. */
export function call(name: string, parameters: Changes): string {
  const written = Object.entries(parameters).filter(([, value]) => value !== null);
  return `${name}(\n ${written.map(([key, value]) => `${key}=>${value}`).join('\n,')}\n);`;
}

export const CONTEXT: DoctorContext = {
  policy: { ...policy, landingPage: 'https://apex.example.com/ords/r/team/app/refused' },
  domain: 'example.eu.auth0.com',
  schemeName: 'Auth0',
};

/** The ids that the doctor finds, with their status, and the line's text. */
export function findingsIn(sql: string, context: DoctorContext = CONTEXT) {
  const { findings } = diagnose(apexExport([{ name: 'f100.sql', sql }]), context);
  return findings.map(({ id, status, line }) => ({ id, status, text: sql.split('\n')[line - 1] ?? '' }));
}
