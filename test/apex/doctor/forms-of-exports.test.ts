import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/apex/doctor/diagnose.ts';
import { apexExport } from '../../../src/apex/export/apex-export.ts';
import { describeDiagnosis } from '../../../src/cli/apex/describe-diagnosis.ts';
import { type Colours, coloursFor } from '../../../src/cli/colours.ts';
import { type Changes, CONTEXT, call, findingsIn, page, sampleExport } from './sample-export.ts';

const ids = (sql: string, context = CONTEXT) => findingsIn(sql, context).map(({ id }) => id);
const NUMBERED = sampleExport().replace(
  " p_release=>'24.2.12'\n",
  " p_release=>'24.2.12'\n,p_default_application_id=>765\n",
);
const numbered = (scheme: Changes) =>
  sampleExport({
    scheme,
    pages: page(1, 'HOME', false) + page(2, 'REFUSED', true) + page(9999, 'LOGIN', false),
  }).replace(" p_release=>'24.2.12'\n", " p_release=>'24.2.12'\n,p_default_application_id=>765\n");
const landingPage = (address: string) => {
  const { policy } = CONTEXT;
  if (policy === undefined) throw new Error('The context has no policy.');
  return { ...CONTEXT, policy: { ...policy, landingPage: address } };
};
/** A component alone, as `apex export -split` writes it. */
const component = (scheme: Changes, number = '101') => `begin
wwv_flow_imp.component_begin (
 p_release=>'24.2.11'
,p_default_application_id=>${number}
);
${call('wwv_flow_imp_shared.create_authentication', {
  p_id: 'wwv_flow_imp.id(11)',
  p_name: "'Auth0'",
  p_scheme_type: "'NATIVE_SOCIAL'",
  p_attribute_02: "'OPENID_CONNECT'",
  p_attribute_03: "'https://example.eu.auth0.com/.well-known/openid-configuration'",
  p_attribute_07: "'profile,email'",
  p_attribute_09: "'email'",
  p_attribute_13: "'N'",
  p_invalid_session_type: "'URL'",
  p_invalid_session_url: "'f?p=&APP_ID.:REFUSED:0'",
  ...scheme,
})}
wwv_flow_imp.component_end;
end;
/
`;

describe('addresses in an export', () => {
  it('that lead to another application are ignored', () => {
    expect(ids(numbered({ p_logout_url: "'/ords/f?p=800:9999:0'" }))).toEqual([]);
    expect(ids(numbered({ p_logout_url: "'/ords/r/team/other/login'" }))).toEqual([]);
    expect(ids(numbered({ p_invalid_session_url: "'f?p=800:9999:0'" }))).toEqual([]);
    expect(ids(numbered({ p_logout_url: "'/ords/f?p=765:9999:0'" }))).toEqual(['post-logout-protected']);
    expect(ids(numbered({ p_invalid_session_url: "'f?p=&APP_ALIAS.:9999:0'" }))).toEqual(['invalid-session-protected']);
    expect(ids(numbered({ p_logout_url: "'/ords/r/team/765/login'" }))).toEqual(['post-logout-protected']);
  });

  it('whose page is in an item have no known page', () => {
    expect(ids(numbered({ p_invalid_session_url: "'f?p=&APP_ID.:&AI_GOODBYE.:0'" }))).toEqual([]);
    expect(ids(numbered({ p_logout_url: "'f?p=&AI_PORTAL.:9999:0'" }))).toEqual([]);
  });

  it('of another site are not parsed beyond their path', () => {
    const away = "'https://accounts.example.com/Logout?continue=https://apex.example.com/ords/r/team/app/login'";
    expect(ids(numbered({ p_logout_url: away }))).toEqual([]);
    expect(ids(numbered({ p_logout_url: away.replace('r/team/app/login', 'f?p=765:9999') }))).toEqual([]);
  });

  it('without a page lead to the home page', () => {
    expect(ids(numbered({ p_logout_url: "'f?p=765'" }))).toEqual(['post-logout-protected']);
    expect(ids(numbered({ p_logout_url: "'https://apex.example.com/ords/r/team/app'" }))).toEqual([
      'post-logout-protected',
    ]);
    expect(findingsIn(component({ p_logout_url: "'https://apex.example.com/ords/f?p=101'" }))).toMatchObject([
      { id: 'post-logout-home', status: 'warn' },
    ]);
    expect(ids(component({ p_logout_url: "'https://apex.example.com/ords/f?p=102'" }))).toEqual([]);
  });

  it('of a landing page are looked up only in this application', () => {
    expect(ids(NUMBERED, landingPage('https://apex.example.com/ords/f?p=800:GOODBYE:0'))).toEqual([]);
    expect(ids(NUMBERED, landingPage('https://apex.example.com/ords/f?p=765:GOODBYE:0'))).toEqual(['landing-missing']);
    expect(ids(NUMBERED, landingPage('https://apex.example.com/ords/r/team/765/goodbye'))).toEqual(['landing-missing']);
    expect(ids(NUMBERED, landingPage('https://apex.example.com/ords/r/team/app/home'))).toEqual(['landing-protected']);
  });
});

describe('schemes in an export', () => {
  it.each(['GOOGLE', 'FACEBOOK'])(
    'that the configuration names, and that sign in at %s, are not a gate',
    (provider) => {
      const scheme = { p_attribute_02: `'${provider}'`, p_attribute_03: null };
      const found = findingsIn(sampleExport({ scheme }));
      expect(found).toMatchObject([{ id: 'other-tenant', status: 'fail', text: `,p_attribute_02=>'${provider}'` }]);
      const { domain: _, ...nowhere } = CONTEXT;
      expect(ids(sampleExport({ scheme }), nowhere)).toEqual(['other-tenant']);
    },
  );

  it('of the generic provider are judged by their authorization endpoint', () => {
    const scheme = (host: string) => ({
      p_attribute_02: "'OAUTH2'",
      p_attribute_03: null,
      p_attribute_04: `'https://${host}/authorize'`,
    });
    expect(ids(sampleExport({ scheme: scheme('discord.com') }))).toEqual(['other-tenant']);
    expect(ids(sampleExport({ scheme: scheme('example.eu.auth0.com') }))).toEqual([]);
  });

  it('that send a failed sign-in to the Login Page may loop, even if that page is public', () => {
    const scheme = { p_invalid_session_type: "'LOGIN'", p_invalid_session_url: null };
    const pages = `${page(1, 'HOME', false)}${page(2, 'REFUSED', true)}${page(3, 'SIGNED-OUT', true)}${page(4, 'LOGIN', true)}`;
    const found = [{ id: 'invalid-session-login', status: 'warn', text: ",p_invalid_session_type=>'LOGIN'" }];
    expect(findingsIn(sampleExport({ scheme, pages }))).toMatchObject(found);
    expect(findingsIn(sampleExport({ scheme: { ...scheme, p_invalid_session_type: null }, pages }))).toMatchObject([
      { id: 'invalid-session-login' },
    ]);
    const builtin = { ...scheme, p_invalid_session_type: "'BUILTIN_LOGIN'" };
    expect(ids(sampleExport({ scheme: builtin, pages }))).toEqual([]);
  });

  it('whose username is a template with the address in it need the address', () => {
    const scheme = { p_attribute_07: "'profile'", p_attribute_09: "'#email# (#APEX_AUTH_NAME#)'" };
    expect(ids(sampleExport({ scheme }))).toEqual(['email-not-asked']);
  });

  it('are one if a folder has them split and as one file, and differ from two applications', () => {
    const files = [
      { name: 'f101/auth0.sql', sql: component({ p_logout_url: null }) },
      { name: 'f101.sql', sql: component({ p_logout_url: null }) },
    ];
    const { schemes, findings } = diagnose(apexExport(files), CONTEXT);
    expect(schemes).toHaveLength(1);
    expect(findings).toHaveLength(1);
    const whole = { name: 'f765.sql', sql: NUMBERED };
    expect(() => apexExport([whole, { ...whole, name: 'split.sql' }])).toThrow(/the application twice/);
    const other = { name: 'f766.sql', sql: NUMBERED.replaceAll('765', '766') };
    expect(() => apexExport([whole, other])).toThrow(/more than one application/);
  });
});

describe('an export without the scheme that the configuration names', () => {
  it('is reported by name', () => {
    const accounts = { p_scheme_type: "'NATIVE_APEX_ACCOUNTS'", p_attribute_03: null };
    const found = (schemeName?: string) => {
      const { policy } = CONTEXT;
      const context = {
        ...(policy === undefined ? {} : { policy }),
        ...(schemeName === undefined ? {} : { schemeName }),
      };
      return diagnose(apexExport([{ name: 'f100.sql', sql: sampleExport({ scheme: accounts }) }]), context).findings;
    };
    expect(found('Gate "1"')).toMatchObject([{ id: 'no-gate-scheme', status: 'warn' }]);
    expect(found('Gate "1"')[0]?.found).toContain('"Gate "1"", is not a Social Sign-In scheme');
    expect(found('Gate')[0]?.remedy).toContain('Correct apex.scheme');
    expect(found()[0]?.remedy).toContain('apex.scheme with the name of the scheme');
  });
});

describe('groups in an export', () => {
  const flow = { p_populate_roles: "'R'" };

  it('are set by the generated package, or by a process of the application', () => {
    const generated = { p_plsql_code: "'begin portcullis_gate.post_authentication; end;'" };
    expect(ids(sampleExport({ flow, scheme: generated }))).toEqual(['groups-not-custom']);
    expect(ids(sampleExport({ scheme: generated }))).toEqual([]);
    const named = { p_post_auth_process: "'portcullis_gate.post_authentication'" };
    expect(ids(sampleExport({ flow, scheme: named }))).toEqual(['groups-not-custom']);
    const process = call('wwv_flow_imp_shared.create_flow_process', {
      p_id: 'wwv_flow_imp.id(21)',
      p_process_name: "'Groups'",
      p_process_sql_clob: "'apex_authorization.enable_dynamic_groups(g);'",
    });
    expect(ids(sampleExport({ flow, more: `${process}\n` }))).toEqual(['groups-not-custom']);
  });

  it('are required by an authorization scheme of the type Custom', () => {
    const asking = (type: string, kind: string) =>
      `${call('wwv_flow_imp_shared.create_security_scheme', {
        p_id: 'wwv_flow_imp.id(31)',
        p_name: "'Member'",
        p_scheme_type: `'${type}'`,
        p_attribute_02: `'${kind}'`,
      })}\n`;
    expect(ids(sampleExport({ flow, more: asking('NATIVE_IS_IN_GROUP', 'C') }))).toEqual(['groups-not-custom']);
    expect(ids(sampleExport({ flow, more: asking('NATIVE_IS_IN_GROUP', 'A') }))).toEqual([]);
    expect(ids(sampleExport({ more: asking('NATIVE_IS_IN_GROUP', 'C') }))).toEqual([]);
  });
});

describe('the text output', () => {
  it('does not report unchecked parts as good', () => {
    const google = { p_attribute_02: "'GOOGLE'", p_attribute_03: null };
    const text = (sql: string) => {
      const colours: Colours = coloursFor({ stdout: {}, environment: {} });
      return describeDiagnosis(diagnose(apexExport([{ name: 'f100.sql', sql }]), {}), {}, colours);
    };
    expect(text(sampleExport({ scheme: google }))).toContain('little was checked');
    expect(text(sampleExport())).toContain('Nothing was found that loops, locks out or leaves open.');
  });
});
