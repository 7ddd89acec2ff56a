// The login pages of a tenant with a look of its own: branding, page template, texts and mails.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { ManagementClient } from 'auth0';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { oneTimePassword, stepOf } from '../../src/tenant/factors/one-time-password.ts';
import type { OutboxRecord } from '../../src/tenant/store/records/tenant/outbox-repository.ts';
import type { Tenant } from '../../src/tenant/tenant.ts';
import { bindAction, startLocalTenant } from '../local-tenant.ts';
import { openContext } from './shared-browser.ts';

const email = 'ada@water.example';
const password = 'Correct-Horse-9';
const LOGO = 'https://pictures.water.example/logo.svg';
const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 180 40"><circle cx="20" cy="20" r="16" fill="#0b7a75"/>
<path d="M12 22q4-5 8 0t8 0" stroke="#fff" stroke-width="3" fill="none"/>
<text x="46" y="28" font-family="sans-serif" font-size="22" font-weight="700" fill="#0b7a75">Water &amp; Co</text></svg>`;

/** Takes a picture for the documents if `npm run pictures` runs the test. */
async function picture(page: Page, name: string, height = 760): Promise<void> {
  if (process.env.PORTCULLIS_PICTURES !== '1') return;
  await page.setViewportSize({ width: 1000, height });
  const path = fileURLToPath(new URL(`../../docs/pictures/${name}.png`, import.meta.url));
  await page.screenshot({ path, animations: 'disabled' });
}

describe('the login pages of a tenant with a look of its own', () => {
  let server: Server;
  let origin: string;
  let tenant: Tenant;
  let management: ManagementClient;
  let context: BrowserContext;
  let page: Page;
  let start: string;

  beforeAll(async () => {
    server = createServer((_request, response) => response.end('<!DOCTYPE html><title>Application</title>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(async () => {
    ({ tenant, management } = await startLocalTenant());
    const { client_id = '' } = await management.clients.create({
      name: 'Meters',
      app_type: 'regular_web',
      callbacks: [`${origin}/callback`],
    });
    const [database] = (await management.connections.list({ strategy: ['auth0'] })).data;
    await management.connections.clients.update(database?.id ?? '', [{ client_id, status: true }]);
    await management.users.create({ connection: database?.name ?? '', email, password, email_verified: true });
    const query = new URLSearchParams({
      client_id,
      response_type: 'code',
      redirect_uri: `${origin}/callback`,
      scope: 'openid',
    });
    start = `${tenant.loopbackUrl}authorize?${query}`;
    await management.tenants.settings.update({ friendly_name: 'Water & Co' });
    await management.branding.update({
      logo_url: LOGO,
      favicon_url: LOGO,
      colors: { primary: '#0b7a75', page_background: '#d8ecea' },
    });
    context = await openContext();
    await context.route(LOGO, (route) => route.fulfill({ contentType: 'image/svg+xml', body: logo }));
    page = await context.newPage();
  });
  afterEach(async () => {
    await context.close();
    await tenant.close();
  });

  async function setTemplate(template: string): Promise<void> {
    await management.branding.templates.updateUniversalLogin({ template });
  }

  const style = (selector: string, name: string) =>
    page.evaluate(`getComputedStyle(document.querySelector('${selector}')).getPropertyValue('${name}')`);

  async function signIn(): Promise<void> {
    await page.fill('input[name=username]', email);
    await page.fill('input[name=password]', password);
    await page.click('button[name=action][value=default]');
  }

  it('has its logo, its icon, its colours and its texts', async () => {
    await management.prompts.customText.set('login', 'en', {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders of Auth0.
      login: { title: 'Good morning', description: 'Sign in to ${clientName} of ${companyName}.', buttonText: 'Enter' },
    });
    const loaded = page.waitForResponse(LOGO);
    await page.goto(start);
    expect((await loaded).status()).toBe(200);
    expect(await page.getAttribute('link[rel=icon]', 'href')).toBe(LOGO);
    expect(await page.textContent('h1')).toBe('Good morning');
    await page.getByText('Sign in to Meters of Water & Co.').waitFor();
    await page.getByRole('button', { name: 'Enter' }).waitFor();
    expect(await style('button.primary', 'background-color')).toBe('rgb(11, 122, 117)');
    await picture(page, 'own-login');
    await setTemplate(`<!DOCTYPE html><html><head>{%- auth0:head -%}<style>
body { display: grid; grid-template-columns: 1fr 1fr; min-height: 100vh; background: #fff; }
aside { display: flex; flex-direction: column; justify-content: center; padding: 48px; background: #0b7a75; color: #fff; }
aside h2 { font-size: 34px; } .form { display: grid; place-items: center; }
</style></head><body><aside><h2>Every drop counts.</h2><p>{{ application.name | escape }} of {{ tenant.friendly_name | escape }}</p></aside>
<div class="form">{%- auth0:widget -%}</div></body></html>`);
    await page.goto(start);
    await page.getByRole('heading', { name: 'Every drop counts.' }).waitFor();
    await page.getByRole('heading', { name: 'Good morning' }).waitFor();
    await picture(page, 'own-template');
  });

  it('stands in its page template, on the page of a factor too, and no script of the template runs', async () => {
    await management.guardian.factors.set('otp', { enabled: true });
    await bindAction(
      management,
      'Factor',
      `exports.onExecutePostLogin = async (event, api) => api.authentication.enrollWith({ type: 'otp' });`,
    );
    const violations: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text());
    });
    await setTemplate(`<!DOCTYPE html>
<html lang="{{ locale }}">
<head>
{%- auth0:head -%}
<style>body { background: rgb(1, 2, 3); } .frame { padding: 40px; } h2 { color: rgb(4, 5, 6); }</style>
</head>
<body class="_widget-auto-layout">
<div class="frame" style="border-left: 7px solid rgb(7, 8, 9)" onclick="document.title = 'attribute'">
<h2>{{ tenant.friendly_name | escape }}: {{ application.name | escape }}, {{ prompt.name }}, {{ prompt.screen.name }}{% if user %}, {{ user.email }}{% endif %}</h2>
<img src="${LOGO}" alt="Water">
{%- auth0:widget -%}
</div>
<script>document.title = 'script';</script>
</body>
</html>`);
    const loaded = page.waitForResponse(LOGO);
    await page.goto(start);
    expect((await loaded).status()).toBe(200);
    expect(await page.textContent('h2')).toBe('Water & Co: Meters, login, login');
    expect(await style('body', 'background-color')).toBe('rgb(1, 2, 3)');
    expect(await style('h2', 'color')).toBe('rgb(4, 5, 6)');
    expect(await style('.frame', 'border-left-width')).toBe('7px');
    await page.click('.frame > h2');
    expect(await page.title()).toBe('Log in | Meters');
    expect(violations.filter((text) => !/script/i.test(text))).toEqual([]);
    await page.getByText('Local tenant — not Auth0.').waitFor();

    await signIn();
    await page.waitForURL(/\/u\/mfa-otp-enrollment-qr/);
    expect(await page.textContent('h2')).toBe(`Water & Co: Meters, mfa-otp, mfa-otp-enrollment-qr, ${email}`);
    const secret = ((await page.textContent('#otp-secret')) ?? '').replaceAll(' ', '');
    await page.fill('input[name=code]', oneTimePassword(secret, stepOf(Date.now())));
    await page.click('button[name=action][value=default]');
    await page.waitForURL(/callback\?code=/);
  });

  it('sends its own mail, whose link leads to a page with its own text', async () => {
    await management.emailTemplates.create({
      template: 'verify_email',
      enabled: true,
      syntax: 'liquid',
      from: 'Water & Co <hello@water.example>',
      subject: 'Welcome to {{ application.name }}',
      body: `<div style="max-width: 420px; margin: 40px auto; padding: 32px; border: 1px solid #cfe3e1; border-radius: 12px; font-family: sans-serif">
<img src="${LOGO}" alt="Water &amp; Co" height="40">
<h1 style="color: #0b7a75; font-size: 22px">Welcome to {{ application.name }}</h1>
<p>One click, and {{ user.email | escape }} is yours.</p>
<p><a href="{{ url }}" style="display: inline-block; padding: 12px 20px; border-radius: 6px; background: #0b7a75; color: #fff">Confirm my address</a></p>
</div>`,
    });
    await management.prompts.customText.set('email-verification', 'en', {
      'email-verification-result': {
        verifiedTitle: 'That was quick',
        verifiedDescription: 'Your address is confirmed.',
      },
    });
    const mails: OutboxRecord[] = [];
    tenant.onMail((mail) => mails.push(mail));
    await page.goto(start);
    await page.click('a[href^="/u/signup"]');
    await page.fill('input[name=email]', 'bob@water.example');
    await page.fill('input[name=password]', password);
    await page.click('button[name=action][value=default]');
    await page.waitForURL(/callback\?code=/);
    const [mail] = mails;
    expect(mail).toMatchObject({ subject: 'Welcome to Meters', from: 'Water & Co <hello@water.example>' });
    await page.goto('about:blank');
    await page.setContent(mail?.html ?? '');
    await page.getByText('One click, and bob@water.example is yours.').waitFor();
    await picture(page, 'own-mail', 350);
    await page.getByRole('link', { name: 'Confirm my address' }).click();
    await page.getByRole('heading', { name: 'That was quick' }).waitFor();
    await page.getByText('Your address is confirmed.').waitFor();
  });
});
