import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestToken } from './login-steps.ts';
import { type RunningTenant, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
beforeAll(async () => {
  tenant = await startTenant();
  tenant.store.settings.set('tenant_settings', { pushed_authorization_requests_supported: true });
});
afterAll(() => tenant.close());

/** Auth0's own description, if it is available. */
const description = new URL('../../../../shared/facts/openapi.authentication.json', import.meta.url);

const served = ['/authorize', '/oauth/token', '/oauth/revoke', '/oauth/par', '/userinfo', '/v2/logout', '/oidc/logout'];
const databases = ['/dbconnections/signup', '/dbconnections/change_password'];

function publishedOperations(): [string, string][] {
  if (!existsSync(description)) {
    return [
      ['POST', '/oauth/device/code'],
      ['POST', '/passwordless/start'],
      ['POST', '/mfa/challenge'],
      ['DELETE', '/mfa/authenticators/{id}'],
      ['POST', '/bc-authorize'],
      ['POST', '/oidc/register'],
      ['GET', '/samlp/{clientId}'],
      ['GET', '/wsfed/{clientId}'],
    ];
  }
  const { paths } = JSON.parse(readFileSync(description, 'utf8')) as { paths: Record<string, Record<string, unknown>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method): [string, string] => [method.toUpperCase(), path]),
  );
}

describe("every endpoint of Auth0's Authentication API", () => {
  it.each(publishedOperations())('%s %s is served, or answers that it is not', async (method, path) => {
    const address = new URL(path.slice(1).replaceAll(/\{\w+\}/g, 'some%7Cthing'), tenant.issuer);
    const response = await fetch(address, { method, redirect: 'manual' });
    if ([...served, ...databases].includes(path)) {
      expect([404, 405, 500, 501]).not.toContain(response.status);
      return;
    }
    // Auth0's SDKs repeat a request that answers 5xx.
    expect(response.status).toBe(404);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toEqual({
      error: 'operation_not_built',
      error_description: `This tenant does not have ${path}. Use an Auth0 tenant for it.`,
    });
    const preflight = await fetch(address, { method: 'OPTIONS' });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    expect(preflight.headers.get('access-control-allow-methods')).toContain(method);
  });

  it('is not listed in the discovery document if it is not served', async () => {
    const document = await (await fetch(new URL('.well-known/openid-configuration', tenant.issuer))).json();
    const endpoints = Object.entries(document as Record<string, unknown>).filter(([name]) =>
      name.endsWith('_endpoint'),
    );
    expect(endpoints.map(([name]) => name).sort()).toEqual([
      'authorization_endpoint',
      'end_session_endpoint',
      'pushed_authorization_request_endpoint',
      'revocation_endpoint',
      'token_endpoint',
      'userinfo_endpoint',
    ]);
  });

  it.each([
    'urn:ietf:params:oauth:grant-type:device_code',
    'urn:ietf:params:oauth:grant-type:token-exchange',
    'urn:openid:params:grant-type:ciba',
    'http://auth0.com/oauth/grant-type/passwordless/otp',
    'http://auth0.com/oauth/grant-type/mfa-oob',
  ])('refuses the grant %s', async (grant_type) => {
    expect(await requestToken(tenant, { grant_type })).toEqual({
      status: 403,
      body: { error: 'unsupported_grant_type', error_description: `Unsupported grant type: ${grant_type}` },
    });
  });
});
