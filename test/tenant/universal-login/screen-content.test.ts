import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalTenant, startLocalTenant } from '../../local-tenant.ts';

let local: LocalTenant;
let clientId: string;
beforeAll(async () => {
  local = await startLocalTenant();
  const { management } = local;
  await management.tenants.settings.update({ friendly_name: 'Water & Co', enabled_locales: ['en', 'de'] });
  const client = await management.clients.create({
    name: 'Shop',
    app_type: 'regular_web',
    callbacks: ['https://shop.example/callback'],
  });
  clientId = String(client.client_id);
  await management.prompts.customText.set('login', 'en', {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders of Auth0.
    login: { title: 'Hello <b>you</b>', description: 'On to ${clientName} of ${companyName}', buttonText: 'Enter' },
  });
  await management.prompts.customText.set('login', 'de', { login: { title: 'Guten Tag' } });
  await management.prompts.customText.set('signup', 'en', { signup: { title: 'Join us' } });
  await management.prompts.partials.set('login', {
    login: { 'form-content-start': '<p class="note">For {{ application.name | escape }} alone</p>' },
  });
  await management.prompts.partials.set('signup', { signup: { 'form-footer-end': '{% if %}' } });
});
afterAll(() => local.tenant.close());

/** Opens the page with a browser's cookies, which are those of the redirect. */
async function page(parameters: Record<string, string> = {}, headers: Record<string, string> = {}) {
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: 'https://shop.example/callback',
    ...parameters,
  });
  const redirect = await fetch(new URL(`authorize?${query}`, local.tenant.url), { redirect: 'manual', headers });
  const cookie = redirect.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const target = new URL(String(redirect.headers.get('location')), local.tenant.url);
  const answer = await fetch(target, { headers: { ...headers, cookie } });
  return { html: await answer.text(), policy: String(answer.headers.get('content-security-policy')), target, cookie };
}

it('the login page has the operator’s texts, as texts', async () => {
  const { html } = await page();
  expect(html).toContain('<h1>Hello &lt;b&gt;you&lt;/b&gt;</h1>');
  expect(html).toContain('On to Shop of Water &amp; Co');
  expect(html).toMatch(/<button[^>]*>Enter<\/button>/);
});

it.each([
  ['the application asks for', { ui_locales: 'fr de' }, {}],
  ['the browser asks for', {}, { 'accept-language': 'de-AT,en;q=0.5' }],
])('the language is the enabled one that %s', async (_, parameters, headers) => {
  expect((await page(parameters, headers)).html).toContain('<h1>Guten Tag</h1>');
});

it('a language that the tenant has not enabled is the default', async () => {
  expect((await page({ ui_locales: 'fr' })).html).toContain('Hello &lt;b&gt;');
});

it('a partial is inserted at its place, with its variables', async () => {
  const { html } = await page();
  expect(html).toMatch(/<form[^>]*>\s*<input[^>]*name="state"[^>]*>\s*<p class="note">For Shop alone<\/p>/);
});

it('a partial that cannot be rendered leaves the page as it is', async () => {
  const { target, cookie } = await page({ screen_hint: 'signup' });
  const signUp = new URL(target.href.replace('/u/login', '/u/signup'));
  const html = await (await fetch(signUp, { headers: { cookie } })).text();
  expect(html).toContain('<h1>Join us</h1>');
  expect(html).toContain('name="password"');
});

it('a page may load the logo and the font of the branding, and nothing else', async () => {
  expect((await page()).policy).toContain('img-src data:;');
  await local.management.branding.update({
    logo_url: 'https://pictures.shop.example/logo.png',
    font: { url: 'https://fonts.shop.example/one.woff2' },
  });
  const { policy } = await page();
  expect(policy).toContain('img-src data: https://pictures.shop.example;');
  expect(policy).toContain('font-src https://fonts.shop.example');
});

it.each([
  ['has no place for the form', '<html><head>{%- auth0:head -%}</head><body></body></html>'],
  ['cannot be rendered', '{%- auth0:head -%}{%- auth0:widget -%}{% if %}'],
  ['names an unknown part', '{%- auth0:head -%}{%- auth0:widget -%}{%- auth0:body -%}'],
])('a page template that %s leaves the page as it is', async (_, template) => {
  await local.management.branding.templates.updateUniversalLogin({ template });
  const { html } = await page();
  await local.management.branding.templates.deleteUniversalLogin();
  expect(html).toContain('<body class="_widget-auto-layout">\n<main class="card">');
  expect(html).toContain('name="password"');
});

it('a page template is around the form, with the values that it names', async () => {
  await local.management.clients.update(clientId, {
    logo_uri: 'https://shop.example/own.png',
    client_metadata: { a: 'b' },
  });
  await local.management.branding.templates.updateUniversalLogin({
    template: `<html><head>{%- auth0:head -%}</head><body>{{ application.id }}, {{ application.logo_url }}, {{ application.metadata.a }},
{{ tenant.friendly_name | escape }}, {{ locale }}, {{ prompt.screen.texts.title }}{%- auth0:widget -%}</body></html>`,
  });
  const { html } = await page({ ui_locales: 'de' });
  await local.management.branding.templates.deleteUniversalLogin();
  expect(html).toContain(
    `<body>${clientId}, https://shop.example/own.png, b,\nWater &amp; Co, de, Guten Tag<main class="card">`,
  );
  expect(html).toContain('name="password"');
  expect(html).toContain('Local tenant — not Auth0.');
});

it('the operator’s texts are on the pages of a forgotten password and of a logout', async () => {
  await local.management.prompts.customText.set('reset-password', 'en', {
    'reset-password-request': { title: 'Lost it?', descriptionEmail: 'Tell us', backToLoginLinkText: 'Back' },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders of Auth0.
    'reset-password-email': { emailDescription: 'Look into ${email} of ${clientName}' },
  });
  await local.management.prompts.customText.set('logout', 'en', { logout: { acceptButtonText: 'Off we go' } });
  const { target, cookie } = await page();
  const path = new URL(target.href.replace('/u/login', '/u/reset-password/request'));
  const request = await (await fetch(path, { headers: { cookie } })).text();
  for (const text of ['<h1>Lost it?</h1>', '<p>Tell us</p>', '>Back</a>']) expect(request).toContain(text);
  const body = new URLSearchParams({ state: path.searchParams.get('state') ?? '', email: 'ada@shop.example' });
  const sent = await (await fetch(path, { method: 'POST', headers: { cookie }, body })).text();
  expect(sent).toContain('Look into ada@shop.example of Shop');
});

it('the operator’s texts may name the address that the page knows', async () => {
  const { management, tenant } = local;
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders of Auth0.
  await management.prompts.customText.set('signup-id', 'en', { 'signup-id': { title: 'For ${email}' } });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders of Auth0.
  await management.prompts.customText.set('reset-password', 'en', { 'reset-password': { title: 'Key of ${email}' } });
  await management.prompts.updateSettings({ identifier_first: true });
  const { target, cookie } = await page({ screen_hint: 'signup', login_hint: 'eva@shop.example' });
  const first = new URL(target.href.replace(/u\/(login|signup)[^?]*/, 'u/signup/identifier'));
  expect(await (await fetch(first, { headers: { cookie } })).text()).toContain('<h1>For eva@shop.example</h1>');
  await management.prompts.updateSettings({ identifier_first: false });
  const { user_id = '' } = await management.users.create({
    connection: 'Username-Password-Authentication',
    email: 'eva@shop.example',
    password: 'Correct-Horse-1',
  });
  const { ticket } = await management.tickets.changePassword({ user_id });
  const reset = await fetch(new URL(new URL(ticket).pathname + new URL(ticket).search, tenant.url));
  expect(await reset.text()).toContain('<h1>Key of eva@shop.example</h1>');
});

it('the pages of a login to an organization have its logo and its colours', async () => {
  const { management } = local;
  const { id = '' } = await management.organizations.create({
    name: 'lake',
    branding: { logo_url: 'https://lake.example/logo.png', colors: { primary: '#123456', page_background: '#abcdef' } },
  });
  await management.clients.update(clientId, { organization_usage: 'allow' });
  const { html, policy } = await page({ organization: id });
  expect(policy).toContain('https://lake.example');
  const sheet = /<link rel="stylesheet" href="([^"]+)">/.exec(html)?.[1] ?? '';
  const read = async (path: string) => (await fetch(new URL(path, local.tenant.url))).text();
  expect(await read(sheet)).toContain('--accent: #123456');
  expect(await read(sheet)).toContain('url("https://lake.example/logo.png")');
  const other = await page();
  expect(other.policy).not.toContain('https://lake.example');
  expect(other.html).not.toContain(sheet);
  expect(await read(sheet.split('?')[0] ?? '')).not.toContain('#123456');
});

it('the operator’s texts are on both pages of a sign-in that begins with the name, and in its problems', async () => {
  const { management } = local;
  await management.prompts.updateSettings({ identifier_first: true });
  await management.prompts.customText.set('login-id', 'en', {
    'login-id': { title: 'Who are you?', 'no-email': 'A name, please' },
  });
  await management.prompts.customText.set('login-password', 'en', {
    'login-password': {
      title: 'And your secret?',
      editEmailText: 'Not me',
      'wrong-email-credentials': 'That is not it',
    },
  });
  try {
    const { html, target, cookie } = await page();
    expect(html).toContain('<h1>Who are you?</h1>');
    const state = target.searchParams.get('state') ?? '';
    const post = (url: URL, fields: Record<string, string>) =>
      fetch(url, { method: 'POST', headers: { cookie }, body: new URLSearchParams({ state, ...fields }) });
    expect(await (await post(target, { username: '' })).text()).toContain('>A name, please</span>');
    const second = await post(target, { username: 'ada@shop.example' });
    const asking = await second.text();
    for (const text of ['<h1>And your secret?</h1>', '>Not me</a>']) expect(asking).toContain(text);
    const wrong = await post(new URL(second.url), { password: 'wrong' });
    expect(await wrong.text()).toContain('data-error-code="wrong-email-credentials">That is not it</span>');
  } finally {
    await management.prompts.updateSettings({ identifier_first: false });
  }
});
