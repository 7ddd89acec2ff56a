import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

const change = (body: object) => tenant.call('PATCH', '/tenants/settings', body);
const read = async () => (await tenant.call('GET', '/tenants/settings')).body;

describe('settings of the tenant', () => {
  it('take each flag that an export of a real tenant has, and show it as it was written', async () => {
    const flags = {
      use_scope_descriptions_for_consent: false,
      new_universal_login_experience_enabled: true,
      enable_custom_domain_in_emails: true,
      enable_legacy_logs_search_v2: false,
      require_signed_request_object: true,
      universal_login: false,
      allow_other_legacy_grant_types: true,
      dashboard_new_onboarding: false,
      enforce_client_authentication_on_passwordless_start: false,
    };
    expect(await change({ flags })).toMatchObject({ status: 200, body: { flags } });
    expect((await read()).flags).toMatchObject(flags);
    const refused = await change({ flags: { no_such_flag: true } });
    expect(refused).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } });
  });

  it('have the look of Universal Login', async () => {
    const universal_login = { colors: { primary: '#112233', page_background: '#ffffff' } };
    expect(await change({ universal_login })).toMatchObject({ status: 200, body: { universal_login } });
    expect((await read()).universal_login).toEqual(universal_login);
    expect((await change({ universal_login: {} })).status).toBe(200);
    expect((await read()).universal_login).toEqual({});
  });

  it('keep the page of a feature that is turned off', async () => {
    await change({ change_password: { enabled: true, html: '<p>New</p>' }, guardian_mfa_page: { html: '<p>MFA</p>' } });
    const { body } = await change({ change_password: { enabled: false }, guardian_mfa_page: { enabled: false } });
    expect(body.change_password).toEqual({ enabled: false, html: '<p>New</p>' });
    expect(body.guardian_mfa_page).toEqual({ enabled: false, html: '<p>MFA</p>' });
  });

  it('lose a member that is written empty, except the defaults of a login', async () => {
    await change({ default_redirection_uri: 'https://app.example/', default_audience: 'urn:api', support_url: '' });
    await change({ default_redirection_uri: '', default_audience: '' });
    const settings = await read();
    expect(settings).not.toHaveProperty('default_redirection_uri');
    expect(settings).not.toHaveProperty('support_url');
    expect(settings.default_audience).toBe('');
  });
});
