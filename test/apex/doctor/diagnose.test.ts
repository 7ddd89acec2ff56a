import { describe, expect, it } from 'vitest';
import { policy } from '../../policy/example-policy.ts';
import { CONTEXT, call, findingsIn, page, sampleExport } from './sample-export.ts';

const GROUPS =
  "wwv_flow_string.join(wwv_flow_t_varchar2(\n'procedure p is',\n'begin',\n'  apex_authorization.enable_dynamic_groups(g);',\n'end;'))";

describe('the doctor', () => {
  it('finds nothing in a healthy application', () => {
    expect(findingsIn(sampleExport())).toEqual([]);
    expect(findingsIn(sampleExport(), {})).toEqual([]);
  });

  it.each([
    ['the address is the name', { scheme: {} }, ['username-unverified']],
    [
      'the address is part of the name',
      { scheme: { p_attribute_09: "'#email# (#APEX_AUTH_NAME#)'" } },
      ['username-unverified'],
    ],
    ['the name is the subject', { scheme: { p_attribute_09: "'sub'" } }, []],
  ])(
    'finds that users can sign up as another user, if the policy admits unverified addresses: %s',
    (_, changes, ids) => {
      const admitting = { ...CONTEXT, policy: { ...policy, unverifiedEmail: 'admit' as const } };
      expect(findingsIn(sampleExport(changes), admitting).map(({ id }) => id)).toEqual(ids);
    },
  );

  it.each([
    ['post-logout-home', { scheme: { p_logout_url: null } }, 'wwv_flow_imp_shared.create_authentication('],
    ['post-logout-protected', { scheme: { p_logout_url: "'f?p=APP:HOME:0'" } }, "f?p=APP:HOME:0'"],
    [
      'post-logout-signs-in',
      {
        scheme: {
          p_logout_url:
            "'https://example.eu.auth0.com/v2/logout?returnTo=https%3A%2F%2Fa.example%2Fr%2Fw%2Fa%2Fhome%3Frequest%3DAPEX_AUTHENTICATION%253DAUTH0'",
        },
      },
      'v2/logout',
    ],
    [
      'invalid-session-protected',
      { scheme: { p_invalid_session_url: "'f?p=&APP_ID.:HOME:0'" } },
      'p_invalid_session_url',
    ],
    ['email-not-asked', { scheme: { p_attribute_07: "'profile'" } }, "'profile'"],
    ['discovery-missing', { scheme: { p_attribute_03: null } }, 'create_authentication'],
    [
      'other-tenant',
      { scheme: { p_attribute_03: "'https://other.eu.auth0.com/.well-known/openid-configuration'" } },
      'other.eu',
    ],
    ['prompt-none', { scheme: { p_attribute_08: "'prompt=none'" } }, 'prompt=none'],
    [
      'groups-not-custom',
      { scheme: { p_plsql_code: GROUPS }, flow: { p_populate_roles: "'R'" } },
      "p_populate_roles=>'R'",
    ],
    ['landing-protected', { pages: page(2, 'REFUSED', false) + page(3, 'SIGNED-OUT', true) }, 'create_page'],
    [
      'landing-protected',
      { pages: page(2, 'REFUSED', true, { p_required_role: 'wwv_flow_imp.id(9)' }) },
      'create_page',
    ],
    ['landing-missing', { pages: page(3, 'SIGNED-OUT', true) }, 'create_flow'],
    [
      'landing-behind-authorization',
      { flow: { p_security_scheme: 'wwv_flow_imp.id(9)', p_authorize_public_pages_yn: "'Y'" } },
      'p_authorize_public_pages_yn',
    ],
    [
      'claim-not-quoted',
      { scheme: { p_plsql_code: "'x := apex_json.get_varchar2(''https://apex.example.com/roles'');'" } },
      'get_varchar2',
    ],
    [
      'way-around',
      {
        more: `${call('wwv_flow_imp_shared.create_authentication', { p_id: 'wwv_flow_imp.id(13)', p_name: "'Door'", p_scheme_type: "'NATIVE_OPEN_DOOR'", p_switch_in_session_yn: "'Y'" })}\n`,
      },
      'p_switch_in_session_yn',
    ],
  ] as const)('finds %s, at its line', (id, changes, text) => {
    const found = findingsIn(sampleExport(changes)).find((one) => one.id === id);
    expect(found?.status).toBe('fail');
    expect(found?.text).toContain(text);
  });

  it('finds verify-clash by the policy’s rule for unverified addresses', () => {
    const sql = sampleExport({ scheme: { p_attribute_13: "'Y'" } });
    const { policy } = CONTEXT;
    const admitting =
      policy === undefined ? {} : { ...CONTEXT, policy: { ...policy, unverifiedEmail: 'admit' as const } };
    expect(findingsIn(sql, admitting)).toMatchObject([{ id: 'verify-clash', status: 'fail' }]);
    expect(findingsIn(sql, {})).toMatchObject([{ id: 'verify-clash', status: 'warn' }]);
    expect(findingsIn(sql)).toEqual([]);
  });

  it('reports that it does not know the scheme', () => {
    const scheme = { p_attribute_03: "'https://*****/.well-known/openid-configuration'" };
    const { policy } = CONTEXT;
    const nameless = policy === undefined ? {} : { policy };
    expect(findingsIn(sampleExport({ scheme }), nameless)).toMatchObject([{ id: 'no-gate-scheme', status: 'warn' }]);
    expect(findingsIn(sampleExport({ scheme })).map(({ id }) => id)).toEqual(['other-tenant']);
  });

  it('only warns of documented behaviour that was not observed on a real APEX', () => {
    const blanks = sampleExport({ scheme: { p_attribute_07: "'profile email'" } });
    expect(findingsIn(blanks)).toMatchObject([
      { id: 'comma-scope', status: 'warn', text: ",p_attribute_07=>'profile email'" },
    ]);
    expect(findingsIn(sampleExport({ scheme: { p_attribute_07: "'profile, email'" } }))).toEqual([]);
    const { policy } = CONTEXT;
    const admitting =
      policy === undefined ? {} : { ...CONTEXT, policy: { ...policy, unverifiedEmail: 'admit' as const } };
    const template = sampleExport({ scheme: { p_attribute_09: "'#email#'", p_attribute_13: "'Y'" } });
    expect(findingsIn(template, admitting)).toMatchObject([{ id: 'verify-clash', status: 'warn' }]);
  });

  it('gives the line within a procedure of several lines', () => {
    const code =
      "wwv_flow_string.join(wwv_flow_t_varchar2(\n'begin',\n'  l := apex_json.get_count(''https://apex.example.com/roles'');',\n'end;'))";
    expect(findingsIn(sampleExport({ scheme: { p_plsql_code: code } }))[0]).toMatchObject({
      text: expect.stringContaining('get_count'),
    });
  });

  it('knows a local tenant by its port as well', () => {
    const scheme = { p_attribute_03: "'https://localhost:4000/.well-known/openid-configuration'" };
    expect(findingsIn(sampleExport({ scheme }), { ...CONTEXT, domain: 'localhost:4000' })).toEqual([]);
    expect(findingsIn(sampleExport({ scheme }), { ...CONTEXT, domain: 'localhost:4001' })).toMatchObject([
      { id: 'other-tenant' },
    ]);
  });

  it('ignores schemes of other providers if only Auth0 is known', () => {
    const scheme = { p_attribute_02: "'GOOGLE'", p_attribute_03: null, p_attribute_13: "'Y'", p_logout_url: null };
    expect(findingsIn(sampleExport({ scheme }), {})).toEqual([]);
  });
});
