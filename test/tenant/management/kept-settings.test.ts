import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

describe('what was never set up', () => {
  it('has an empty list, bare or with totals as requested', async () => {
    expect((await tenant.call('GET', '/rules')).body).toEqual([]);
    const { body } = await tenant.call('GET', '/rules?page=2&per_page=10&include_totals=true');
    expect(body).toEqual({ rules: [], start: 20, limit: 10, total: 0 });
    const refused = await tenant.call('GET', '/rules?per_page=101');
    expect(refused).toMatchObject({ status: 400, body: { errorCode: 'invalid_query_string' } });
  });

  it('has an empty list by checkpoint, in an object even if the bare list is not', async () => {
    expect((await tenant.call('GET', '/event-streams?take=50')).body).toEqual({ eventStreams: [] });
    expect((await tenant.call('GET', '/custom-domains')).body).toEqual([]);
    expect((await tenant.call('GET', '/custom-domains?take=10')).body).toEqual({ custom_domains: [] });
    expect((await tenant.call('GET', '/event-streams?take=0')).status).toBe(400);
  });

  it.each([
    ['/email-templates/welcome_email', 404, 'inexistent_email_template'],
    ['/emails/provider', 404, 'inexistent_email_provider'],
    ['/branding/themes/default', 404, 'theme_not_found'],
    ['/email-templates/no_such_template', 400, 'invalid_uri'],
    ['/prompts/login/custom-text/xx', 400, 'invalid_uri'],
  ])('refuses %s with %i %s', async (path, status, errorCode) => {
    expect(await tenant.call('GET', path)).toMatchObject({ status, body: { statusCode: status, errorCode } });
  });

  it.each(['scim-configuration', 'directory-provisioning'])(
    'is not found on a connection that does not use it: %s',
    async (feature) => {
      const { body: connection } = await tenant.call('POST', '/connections', { name: feature, strategy: 'oidc' });
      for (const id of [connection.id, 'con_unknown']) {
        const { status, body } = await tenant.call('GET', `/connections/${id}/${feature}`);
        const unknown = { message: 'The connection does not exist', errorCode: 'inexistent_connection' };
        const expected = id === 'con_unknown' ? unknown : { message: 'Not Found' };
        expect({ status, body }).toEqual({ status: 404, body: { statusCode: 404, error: 'Not Found', ...expected } });
      }
    },
  );

  it('is read with only its own scope', async () => {
    const answer = await tenant.call('GET', '/branding', undefined, { scopes: ['read:rules'] });
    expect(answer).toMatchObject({ status: 403, body: { errorCode: 'insufficient_scope' } });
  });
});

describe('a setting', () => {
  it.each([
    ['PATCH', '/attack-protection/suspicious-ip-throttling', { stage: { 'pre-login': { rate: 34_560 } } }],
    ['PATCH', '/attack-protection/brute-force-protection', { shields: ['block'], max_attempts: 3 }],
    ['PATCH', '/branding', { colors: { primary: '#ff0000' } }],
    ['PUT', '/guardian/factors/phone/message-types', { message_types: ['sms'] }],
    ['PATCH', '/prompts', { identifier_first: true }],
    ['PATCH', '/prompts/mfa-push', { app_name: 'Acme' }],
    ['PUT', '/guardian/factors/webauthn-roaming/settings', { userVerification: 'preferred' }],
    ['PUT', '/guardian/factors/webauthn-platform/settings', { overrideRelyingParty: true }],
    ['PUT', '/prompts/login/custom-text/en', { login: { title: 'Welcome' } }],
    ['PUT', '/prompts/signup/partials', { signup: { 'form-content-start': '<b>Hello</b>' } }],
    ['PATCH', '/risk-assessments/settings', { enabled: true }],
    ['PATCH', '/supplemental-signals', { akamai_enabled: true }],
    ['PATCH', '/prompts/login/screen/login/rendering', { rendering_mode: 'advanced' }],
  ] as const)('that is changed is read as it was changed: %s %s', async (method, path, body) => {
    expect(await tenant.call(method, path, body), path).toMatchObject({ status: 200, body });
    expect(await tenant.call('GET', path), path).toMatchObject({ status: 200, body });
  });

  it('keeps what a change does not name', async () => {
    const { body } = await tenant.call('GET', '/attack-protection/suspicious-ip-throttling');
    expect(body.stage['pre-login']).toEqual({ max_attempts: 100, rate: 34_560 });
    expect(body.stage['pre-user-registration']).toEqual({ max_attempts: 50, rate: 1200 });
  });

  it('can be a list', async () => {
    expect((await tenant.call('PUT', '/guardian/policies', ['all-applications'])).body).toEqual(['all-applications']);
    expect((await tenant.call('GET', '/guardian/policies')).body).toEqual(['all-applications']);
  });

  it('checks the names in the path, the body, and the scope', async () => {
    const unknown = await tenant.call('PUT', '/guardian/factors/smoke-signals', { enabled: false });
    expect(unknown).toMatchObject({ status: 400, body: { errorCode: 'invalid_uri' } });
    const wrong = await tenant.call('PATCH', '/branding', { colors: { primary: 'red' } });
    expect(wrong).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } });
    const reader = await tenant.call('PATCH', '/branding', {}, { scopes: ['read:branding'] });
    expect(reader).toMatchObject({ status: 403, body: { errorCode: 'insufficient_scope' } });
  });

  it('can be a page, whatever its content type is', async () => {
    const page = '<!DOCTYPE html><html><head>{%- auth0:head -%}</head><body>{%- auth0:widget -%}</body></html>';
    for (const [body, type] of [
      [page, 'application/json'],
      [page, 'text/html'],
      [JSON.stringify(page), 'application/json'],
      [JSON.stringify({ template: page }), 'application/json'],
    ] as const) {
      const path = '/branding/templates/universal-login';
      const set = await tenant.call('PUT', path, body, { headers: { 'content-type': type } });
      expect(set, JSON.stringify(set.body)).toMatchObject({ status: 201 });
      expect((await tenant.call('GET', path)).body).toEqual({ body: page });
      expect(await tenant.call('DELETE', path)).toMatchObject({ status: 204 });
    }
  });

  it('of a mail provider ends with the provider', async () => {
    const ses = { name: 'ses', credentials: { accessKeyId: 'a', secretAccessKey: 'b', region: 'us-east-1' } };
    const settings = { message: { configuration_set_name: 'acme' } };
    await tenant.call('POST', '/emails/provider', { ...ses, settings });
    expect((await tenant.call('PATCH', '/emails/provider', ses)).body).toMatchObject({ settings });
    const changed = await tenant.call('PATCH', '/emails/provider', { name: 'mandrill', credentials: { api_key: 'c' } });
    expect(changed.body).toEqual({ name: 'mandrill', enabled: true, credentials: {} });
    await tenant.call('DELETE', '/emails/provider');
  });

  it('shows no secret', async () => {
    const provider = {
      name: 'smtp',
      credentials: { smtp_host: 'smtp.acme.example', smtp_port: 587, smtp_user: 'ada', smtp_pass: 'secret' },
    };
    expect(await tenant.call('POST', '/emails/provider', provider)).toMatchObject({ status: 201 });
    expect(await tenant.call('POST', '/emails/provider', provider)).toMatchObject({ status: 409 });
    const { body } = await tenant.call('GET', '/emails/provider');
    expect(body.credentials).toEqual({ smtp_host: 'smtp.acme.example', smtp_port: 587, smtp_user: 'ada' });
    expect(await tenant.call('DELETE', '/emails/provider')).toMatchObject({ status: 204 });
    expect(await tenant.call('GET', '/emails/provider')).toMatchObject({ status: 404 });
  });
});

it('applications are associated with an organization, and leave it with their removal', async () => {
  const { body: organization } = await tenant.call('POST', '/organizations', { name: 'associated' });
  const { body: client } = await tenant.call('POST', '/clients', { name: 'Associated' });
  const path = `/organizations/${organization.id}/clients`;
  const sent = { clients: [{ client_id: client.client_id, use_for_member_access: true }] };
  const expected = { client_id: client.client_id, use_for_member_access: true, client: { name: 'Associated' } };
  expect(await tenant.call('POST', path, sent)).toMatchObject({ status: 201, body: [expected] });
  expect((await tenant.call('POST', path, { clients: [{ client_id: 'unknown' }] })).status).toBe(400);
  const changed = await tenant.call('PATCH', `${path}/${client.client_id}`, { use_for_member_access: false });
  expect(changed.body).toMatchObject({ use_for_member_access: false });
  expect((await tenant.call('GET', `${path}?take=50`)).body.clients).toHaveLength(1);
  await tenant.call('DELETE', `/clients/${client.client_id}`);
  expect((await tenant.call('GET', path)).body).toEqual({ clients: [] });
  expect((await tenant.call('GET', `${path}/${client.client_id}`)).status).toBe(404);
});

it('groups of a directory are set as a whole, added and removed', async () => {
  const options = { domain: 'acme.example' };
  const { body: apps } = await tenant.call('POST', '/connections', { name: 'apps', strategy: 'google-apps', options });
  const path = `/connections/${apps.id}/directory-provisioning`;
  await tenant.call('POST', path, {});
  const groups = (...ids: string[]) => ({ groups: ids.map((id) => ({ id })) });
  for (const [method, sent, expected] of [
    ['PUT', groups('one'), groups('one')],
    ['POST', groups('two', 'one'), groups('one', 'two')],
    ['DELETE', groups('one'), groups('two')],
  ] as const) {
    expect(await tenant.call(method, `${path}/synchronized-groups`, sent)).toMatchObject({ status: 204 });
    expect((await tenant.call('GET', `${path}/synchronized-groups`)).body).toEqual(expected);
  }
});

it('tokens can be blacklisted', async () => {
  await tenant.call('POST', '/blacklists/tokens', { aud: 'one', jti: 'a' });
  await tenant.call('POST', '/blacklists/tokens', { aud: 'two', jti: 'b' });
  expect((await tenant.call('GET', '/blacklists/tokens?aud=one')).body).toEqual([{ aud: 'one', jti: 'a' }]);
});

it('a credential of a device belongs to the user whose token created it, and goes with this token or a wider scope', async () => {
  const scopes = ['create:current_user_device_credentials', 'delete:current_user_device_credentials'];
  const token = await tenant.token({ scopes, subject: 'auth0|ada' });
  const other = await tenant.token({ scopes, subject: 'auth0|bo' });
  const credential = { device_name: 'phone', type: 'public_key', value: 'abc', device_id: 'abc123' };
  const { body: one } = await tenant.call('POST', '/device-credentials', credential, { token });
  const { body: two } = await tenant.call('POST', '/device-credentials', credential, { token });
  expect((await tenant.call('GET', '/device-credentials?user_id=auth0%7Cada')).body).toHaveLength(2);
  expect((await tenant.call('DELETE', `/device-credentials/${one.id}`, undefined, { token: other })).status).toBe(403);
  expect((await tenant.call('DELETE', `/device-credentials/${one.id}`, undefined, { token })).status).toBe(204);
  expect((await tenant.call('DELETE', `/device-credentials/${two.id}`)).status).toBe(204);
  expect((await tenant.call('GET', '/device-credentials')).body).toEqual([]);
});

describe('the global client', () => {
  it('exists once, is found as such, and grants nothing', async () => {
    const { body } = await tenant.call('GET', '/clients?is_global=true&include_totals=true');
    expect(body).toMatchObject({ total: 1, clients: [{ name: 'All Applications', global: true }] });
    expect(body.clients[0]).not.toHaveProperty('grant_types');
    const others = await tenant.call('GET', '/clients?is_global=false');
    expect(others.body.map(({ name }: { name: string }) => name)).not.toContain('All Applications');
  });
});
