import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tenant } from '../../src/tenant/tenant.ts';
import { startLocalTenant } from '../local-tenant.ts';
import { emptySite, rawRequest } from './raw-request.ts';

let tenant: Tenant;
beforeAll(async () => {
  ({ tenant } = await startLocalTenant({ console: { site: emptySite } }));
});
afterAll(() => tenant.close());

const send = (origin: string, path: string, headers: Record<string, string> = {}, method = 'GET') =>
  rawRequest(origin, path, { headers, method });

const PATHS = [
  '/',
  '/.well-known/openid-configuration',
  '/authorize?client_id=x',
  '/api/v2/roles',
  '/console',
  '/u/login',
];

describe.each(['url', 'loopbackUrl'] as const)('the port of %s', (domain) => {
  it.each(PATHS)('refuses %s for hosts that are not its own', async (path) => {
    const url = tenant[domain];
    const { port } = new URL(url);
    const other = new URL(domain === 'url' ? tenant.loopbackUrl : tenant.url).host;
    for (const host of ['evil.example', `evil.example:${port}`, `localhost.evil.example:${port}`, other, 'localhost']) {
      expect((await send(url, path, { host })).statusCode, host).toBe(421);
    }
    expect((await send(url, path, { host: `LOCALHOST:${port}` })).statusCode).not.toBe(421);
  });

  it('says which host it answers for, whatever the method is', async () => {
    const { host, href } = new URL(tenant[domain]);
    for (const method of ['POST', 'DELETE', 'OPTIONS']) {
      const response = await send(href, '/oauth/token', { host: 'evil.example' }, method);
      expect(response.headers['access-control-allow-origin']).toBeUndefined();
      expect(await json(response)).toEqual({
        statusCode: 421,
        error: 'Misdirected Request',
        message: `This port answers for ${host} only. Use ${href} instead.`,
      });
    }
  });

  it('refuses an absolute target of another host', async () => {
    const { host, href } = new URL(tenant[domain]);
    expect((await send(href, 'http://evil.example/authorize', { host })).statusCode).toBe(421);
    expect((await send(href, `${href}authorize`, { host })).statusCode).not.toBe(421);
  });
});
