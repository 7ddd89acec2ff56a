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

  const TENANT = 'https://example.eu.auth0.com';
  const OTHER = 'https://other.eu.auth0.com';
  const back = `client_id=x&returnTo=${encodeURIComponent('https://a.example/ords/r/team/app/signed-out')}`;
  const oauth = {
    p_attribute_02: "'OAUTH2'",
    p_attribute_03: null,
    p_attribute_04: `'${TENANT}/authorize'`,
    p_attribute_05: `'${TENANT}/oauth/token'`,
    p_attribute_06: `'${TENANT}/userinfo'`,
  };

  it.each([
    ['Session Not Valid', { p_invalid_session_url: `'${TENANT}/authorize?client_id=x'` }, 'invalid-session-protected'],
    [
      'Session Not Valid, with a logout before it',
      {
        p_invalid_session_url: `'${TENANT}/v2/logout?client_id=x&returnTo=https%3A%2F%2Fa.example%2Fr%2Fteam%2Fapp%2Fhome'`,
      },
      'invalid-session-protected',
    ],
    ['Post-Logout', { p_logout_url: `'${TENANT}/authorize?client_id=x'` }, 'post-logout-signs-in'],
    [
      'Post-Logout, with a logout before it',
      {
        p_logout_url: `'${TENANT}/v2/logout?client_id=x&returnTo=${encodeURIComponent(`${TENANT}/authorize?client_id=x`)}'`,
      },
      'post-logout-signs-in',
    ],
  ])('finds that %s begins the next sign-in', (_, scheme, id) => {
    expect(findingsIn(sampleExport({ scheme })).map((one) => `${one.id} ${one.status}`)).toEqual([`${id} fail`]);
  });

  it('finds that the landing page is the authorization endpoint of the tenant', () => {
    const landing = { ...CONTEXT, policy: { ...policy, landingPage: `${TENANT}/authorize?client_id=x` } };
    expect(findingsIn(sampleExport(), landing).map(({ id }) => id)).toEqual(['landing-signs-in']);
  });

  it.each([
    ['Token Endpoint URL', { ...oauth, p_attribute_05: `'${OTHER}/oauth/token'` }, 'p_attribute_05'],
    ['User Info Endpoint URL', { ...oauth, p_attribute_06: `'${OTHER}/userinfo'` }, 'p_attribute_06'],
    ['Session Not Valid URL', { p_invalid_session_url: `'${OTHER}/v2/logout?${back}'` }, 'p_invalid_session_url'],
    ['Post-Logout URL', { p_logout_url: `'${OTHER}/oidc/logout?${back}'` }, 'p_logout_url'],
    ['address in the PL/SQL code', { p_plsql_code: `'c := ''${OTHER}/v2/logout?${back}'';'` }, 'p_plsql_code'],
  ])('finds that the %s of a scheme is at another tenant', (_, scheme, field) => {
    expect(findingsIn(sampleExport({ scheme }))).toMatchObject([
      { id: 'mixed-tenants', status: 'fail', text: expect.stringContaining(field) },
    ]);
  });

  it('warns of an address at a domain that may be the tenant’s custom one, and of none at the tenant itself', () => {
    const custom = `'https://login.example.com/v2/logout?${back}'`;
    expect(findingsIn(sampleExport({ scheme: { p_logout_url: custom } }))).toMatchObject([
      { id: 'mixed-tenants', status: 'warn' },
    ]);
    const own = `'${TENANT}/v2/logout?${back}'`;
    const scheme = { p_logout_url: own, p_plsql_code: `'c := '${own}';'` };
    expect(findingsIn(sampleExport({ scheme }))).toEqual([]);
    expect(findingsIn(sampleExport({ scheme: oauth }))).toEqual([]);
  });

  it.each([
    ["'f?p=&APP_ID.:9999'", 1],
    ["'f?p=&APP_ALIAS.:SIGNED-OUT:0'", 1],
    ["'f?p=APP:SIGNED-OUT:&SESSION.'", 1],
    [`'${TENANT}/v2/logout?client_id=x&returnTo=https%3A%2F%2Fa.example%2Ff%3Fp%3D%26APP_ID.%3ASIGNED-OUT'`, 1],
    ["'&AI_POST_LOGOUT_URL.'", 0],
    ["'f?p=APP:SIGNED-OUT:0'", 0],
  ])('warns of substitutions that APEX does not make in a Post-Logout URL: %s', (url, count) => {
    const ids = findingsIn(sampleExport({ scheme: { p_logout_url: url } })).map(({ id, status }) => `${id} ${status}`);
    expect(ids).toEqual(Array(count).fill('post-logout-substitution warn'));
  });

  it.each([
    ['Post-Logout URL', { p_logout_url: `'${TENANT}/v2/logout?${back.replace('client_id=x&', '')}'` }],
    ['Post-Logout URL, without a return address', { p_logout_url: `'${TENANT}/v2/logout'` }],
    [
      'Post-Logout URL of OpenID Connect',
      { p_logout_url: `'${TENANT}/oidc/logout?post_logout_redirect_uri=https%3A%2F%2Fa.example'` },
    ],
    ['Session Not Valid URL', { p_invalid_session_url: `'${TENANT}/v2/logout?returnTo=https%3A%2F%2Fa.example'` }],
    ['PL/SQL code', { p_plsql_code: `'c := ''${TENANT}/v2/logout?returnTo=x'';'` }],
  ])('warns of a logout that is checked against the tenant’s list: %s', (_, scheme) => {
    expect(findingsIn(sampleExport({ scheme })).map(({ id, status }) => `${id} ${status}`)).toEqual([
      'logout-without-client warn',
    ]);
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
