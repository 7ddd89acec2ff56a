import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newClient } from '../../../src/tenant/management/applications/client-record.ts';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

const page = 'https://page.example.com';
let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

const preflight = (path: string, origin: string) =>
  tenant.api.request(`/api/v2${path}`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization,content-type',
    },
  });
const allowedOrigin = ({ headers }: { readonly headers: Headers }) => headers.get('access-control-allow-origin');

describe('a page of another origin', () => {
  it('may ask about any operation only if an application has its origin', async () => {
    const path = '/users/auth0%7Cada';
    expect(allowedOrigin(await preflight(path, page))).toBeNull();
    const { managementClient } = tenant;
    tenant.store.clients.update({ ...managementClient, web_origins: [page, 'https://*.pages.example.com'] });
    for (const origin of [page, 'https://a.pages.example.com']) {
      const answer = await preflight(path, origin);
      expect(answer.status).toBe(204);
      expect(allowedOrigin(answer)).toBe(origin);
      expect(answer.headers.get('access-control-allow-methods')).toContain('PATCH');
      expect(answer.headers.get('access-control-allow-headers')).toContain('authorization');
      expect(answer.headers.get('vary')).toMatch(/origin/i);
    }
    for (const origin of [
      'https://evil.example',
      'null',
      'https://page.example.com.evil.example',
      'http://page.example.com',
    ])
      expect(allowedOrigin(await preflight(path, origin)), origin).toBeNull();
  });

  it('may read answers and errors if the application of the token has its origin', async () => {
    const { managementClient, store } = tenant;
    store.clients.update({ ...managementClient, web_origins: [page] });
    const answers = [
      await tenant.call('GET', '/roles', undefined, { headers: { origin: page } }),
      await tenant.call('GET', '/roles/rol_unknown00000000', undefined, { headers: { origin: page } }),
      await tenant.call('POST', '/roles', { nonsense: true }, { headers: { origin: page } }),
      await tenant.call('GET', '/roles', undefined, { headers: { origin: page }, scopes: [] }),
      await tenant.call('GET', '/roles', undefined, { headers: { origin: page }, token: '' }),
      await tenant.call('GET', '/nothing', undefined, { headers: { origin: page } }),
      await tenant.call('POST', '/keys/signing/rotate', undefined, { headers: { origin: page } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 400, 403, 401, 404, 400]);
    for (const answer of answers) {
      expect(allowedOrigin(answer), String(answer.status)).toBe(page);
      expect(answer.headers.get('vary')).toMatch(/origin/i);
    }
  });

  it('may not read what the token of another application reads', async () => {
    const { managementClient, store } = tenant;
    store.clients.update({ ...managementClient, web_origins: [] });
    store.clients.insert(newClient({ name: 'Page', web_origins: [page] }, new Date().toISOString()));
    const headers = { origin: page };
    expect(allowedOrigin(await tenant.call('GET', '/roles', undefined, { headers }))).toBeNull();
    expect(allowedOrigin(await preflight('/roles', page))).toBe(page);
    expect(allowedOrigin(await tenant.call('GET', '/roles'))).toBeNull();
  });

  it('may read that there were too many requests', async () => {
    const limited = await openManagement({ rateLimit: { plan: 'free', now: () => 0 } });
    try {
      limited.store.clients.update({ ...limited.managementClient, callbacks: [`${page}/callback`] });
      const call = () => limited.call('GET', '/roles', undefined, { headers: { origin: page } });
      const answers = [await call(), await call(), await call()];
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
      expect(answers.map(allowedOrigin)).toEqual([page, page, page]);
      expect(answers[2]?.headers.get('access-control-expose-headers')).toContain('x-ratelimit-reset');
    } finally {
      await limited.close();
    }
  });
});
