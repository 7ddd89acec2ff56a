import { afterEach, beforeEach, expect, it } from 'vitest';
import { type RunningTenant, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.close());

it('the front page shows the tenant’s issuer, regardless of the Host header', async () => {
  const answer = await fetch(tenant.issuer, { headers: { accept: 'text/html' } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'/);
  const page = await answer.text();
  const [link = ''] = /http[^"]+openid-configuration(?=")/.exec(page) ?? [];
  const discovery = await fetch(link);
  expect(await discovery.json()).toMatchObject({ issuer: tenant.issuer });
});

it('the tenant has no other page beside it', async () => {
  expect((await fetch(new URL('nothing-here', tenant.issuer))).status).toBe(404);
});
