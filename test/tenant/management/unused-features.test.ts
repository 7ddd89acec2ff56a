import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unusedFeatureOperations } from '../../../src/tenant/management/unused-features.ts';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

const names: Record<string, string> = { templateName: 'verify_email', prompt: 'login', language: 'en', id: 'con_1' };

describe('a feature that is not in use', () => {
  it('answers every read as a feature that is not set up, never as not built', async () => {
    for (const { method, path } of unusedFeatureOperations()) {
      if (method !== 'GET') continue;
      const { status } = await tenant.call(
        method,
        path.replace(/\{(\w+)\}/g, (_all, name: string) => names[name] ?? ''),
      );
      expect([200, 204, 403, 404], `${method} ${path}`).toContain(status);
    }
  });

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
        expect({ status, body }).toEqual({
          status: 404,
          body: { statusCode: 404, error: 'Not Found', message: 'Not Found' },
        });
      }
    },
  );

  it('is read with only its own scope', async () => {
    const answer = await tenant.call('GET', '/branding', undefined, { scopes: ['read:rules'] });
    expect(answer).toMatchObject({ status: 403, body: { errorCode: 'insufficient_scope' } });
  });
});

describe('a write of settings that were never changed', () => {
  it('is accepted if it sets the current values, and changes nothing', async () => {
    const { body: throttling } = await tenant.call('GET', '/attack-protection/suspicious-ip-throttling');
    for (const [method, path, body] of [
      ['PATCH', '/attack-protection/suspicious-ip-throttling', throttling],
      ['PATCH', '/attack-protection/suspicious-ip-throttling', { stage: { 'pre-login': { rate: 864_000 } } }],
      ['PATCH', '/branding', {}],
      ['PUT', '/guardian/factors/otp', { enabled: false }],
      ['PUT', '/guardian/policies', []],
      ['PUT', '/guardian/factors/phone/message-types', { message_types: [] }],
      ['PUT', '/prompts/login/custom-text/en', {}],
    ] as const) {
      expect(await tenant.call(method, path, body), `${method} ${path}`).toMatchObject({ status: 200 });
    }
    expect((await tenant.call('GET', '/attack-protection/suspicious-ip-throttling')).body).toEqual(throttling);
  });

  it.each([
    ['PUT', '/guardian/factors/sms', { enabled: true }, 'put_factors_by_name'],
    ['PUT', '/guardian/policies', ['all-applications'], 'put_policies'],
    ['PATCH', '/branding', { colors: { primary: '#ff0000' } }, 'patch_branding'],
    ['PATCH', '/attack-protection/brute-force-protection', { shields: ['block'] }, 'patch_brute-force-protection'],
  ] as const)(
    'is refused with the name of the missing operation if it would change something: %s %s',
    async (method, path, body, name) => {
      const refused = await tenant.call(method, path, body);
      expect(refused).toMatchObject({ status: 400, body: { errorCode: 'operation_not_built' } });
      expect(refused.body.message).toContain(name);
    },
  );

  it('checks the names in the path, and the scope', async () => {
    const unknown = await tenant.call('PUT', '/guardian/factors/smoke-signals', { enabled: false });
    expect(unknown).toMatchObject({ status: 400, body: { errorCode: 'invalid_uri' } });
    const reader = await tenant.call('PATCH', '/branding', {}, { scopes: ['read:branding'] });
    expect(reader).toMatchObject({ status: 403, body: { errorCode: 'insufficient_scope' } });
  });
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
