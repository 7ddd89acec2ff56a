import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadConsoleSite } from '../../../src/cli/console/load-console-site.ts';
import { startLocalTenant } from '../../local-tenant.ts';
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

it('the front page leads to the applications that users sign in to, and says which address is for which program', async () => {
  const { tenant: whole, management } = await startLocalTenant({ console: { site: loadConsoleSite } });
  try {
    const clients = [
      { name: 'Shop & Co', callbacks: ['http://localhost:3000/callback'] },
      {
        name: 'Portal',
        callbacks: ['https://{organization_name}.example.com/callback', 'https://portal.example.com/cb'],
      },
      { name: 'Intranet', callbacks: ['https://a.example.com/cb'], initiate_login_uri: 'https://a.example.com/start' },
      { name: 'Phone', callbacks: ['com.example.phone://callback'] },
      { name: 'Nightly job', callbacks: [] },
    ];
    for (const one of clients) await management.clients.create(one);
    const page = await (await fetch(whole.loopbackUrl)).text();
    const links = [...page.matchAll(/<a href="([^"]+)">(?:<bdi>)?(.*?)(?:<\/bdi>)?<\/a>/g)];
    expect(links.map(([, href, text]) => [text, href])).toEqual([
      ['Shop &amp; Co', 'http://localhost:3000/'],
      ['Portal', 'https://portal.example.com/'],
      ['Intranet', 'https://a.example.com/start'],
      ['Open the console', `${whole.loopbackUrl}console`],
      ['openid-configuration', `${whole.loopbackUrl}.well-known/openid-configuration`],
    ]);
    expect(page).toContain('<bdi>Phone</bdi>, whose address is not known');
    expect(page).not.toMatch(/Nightly job|Portcullis Console/);
    expect(page).toContain(`Browsers</dt>\n<dd><code>${whole.loopbackUrl}</code>`);
    expect(page).toContain(`SDKs, tools</dt>\n<dd><code>${whole.url}</code>`);
  } finally {
    await whole.close();
  }
});

it('the front page of an empty tenant says where to create an application, and that of a large one how many more there are', async () => {
  const { tenant: whole, management } = await startLocalTenant();
  const read = async () => await (await fetch(whole.loopbackUrl)).text();
  try {
    expect(await read()).toContain('There is none that users sign in to yet. Create one with the Management API.');
    for (let one = 1; one <= 23; one += 1) {
      await management.clients.create({ name: `Shop ${one}`, callbacks: [`http://localhost:${3000 + one}/callback`] });
    }
    const page = await read();
    expect(page.match(/<li>/g)).toHaveLength(20);
    expect(page).toContain('and 3 more');
  } finally {
    await whole.close();
  }
});
