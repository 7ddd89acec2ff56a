import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { consoleForEachTest } from './console-for-each-test.ts';
import { consoleOf, tokenInTab } from './console-in-browser.ts';

const template = (heading: string) =>
  `<!DOCTYPE html><html><head><title>Shop</title>{%- auth0:head -%}<style>.top { color: rgb(1, 2, 3); }</style></head>
<body class="_widget-auto-layout"><p class="top" onclick="alert(1)">${heading} {{ application.name }}</p><script>document.title = 'ran'</script>{%- auth0:widget -%}</body></html>`;

describe('a preview in the console', () => {
  const console = consoleForEachTest();
  beforeEach(async () => {
    const { client_id = '' } = await console.management.clients.create({
      name: 'Shop',
      app_type: 'regular_web',
      callbacks: ['https://shop.example/callback'],
    });
    const [database] = (await console.management.connections.list({ strategy: ['auth0'] })).data;
    await console.management.connections.clients.update(database?.id ?? '', [{ client_id, status: true }]);
  });

  const frame = (page: Page) => page.frameLocator('iframe[title="Preview"]');
  const accent = (page: Page) =>
    frame(page).getByRole('button', { name: 'Continue', exact: true }).evaluate(styleOf, 'backgroundColor');

  it('shows the login page with colours and a logo that are not saved', async () => {
    const { page, management } = console;
    await console.open('resources/branding');
    await frame(page).getByRole('heading', { name: 'Welcome' }).waitFor();
    await frame(page).getByText('Log in to continue to Shop').waitFor();
    await page.locator('summary', { hasText: 'Colors' }).click();
    await page.getByLabel('Primary').fill('#0b7a75');
    await expect.poll(() => accent(page)).toBe('rgb(11, 122, 117)');
    expect((await management.branding.get()).colors).toBeUndefined();
    // The form keeps the focus, and the preview another screen that was chosen.
    expect(await page.evaluate('document.activeElement.tagName')).toBe('INPUT');
    await page.getByLabel('Screen', { exact: true }).selectOption('reset-password-request');
    await frame(page).getByRole('heading', { name: 'Forgot your password?' }).waitFor();
    await page.getByLabel('Primary').fill('#990000');
    await expect.poll(() => accent(page)).toBe('rgb(153, 0, 0)');
    await console.checkAppearance('a branding with its preview');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect.poll(async () => (await management.branding.get()).colors?.primary).toBe('#990000');
  });

  it('is what the login then shows, byte for byte', async () => {
    const { page, management, tenant } = console;
    await management.branding.templates.updateUniversalLogin({ template: template('Before') });
    await console.open('resources/branding/templates/universal-login');
    await frame(page).getByText('Before Shop').waitFor();
    await page
      .getByRole('textbox', { name: /Template|Body/ })
      .first()
      .fill(template('After'));
    await frame(page).getByText('After Shop').waitFor();
    const previewed = await page.locator('iframe').getAttribute('src');
    const answer = await fetch(new URL(String(previewed), tenant.loopbackUrl));
    const html = await answer.text();
    const policy = String(answer.headers.get('content-security-policy'));
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toContain('script-src');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('sandbox');
    // Its script did not run, its style applies.
    expect(await frame(page).locator('.top').evaluate(styleOf, 'color')).toBe('rgb(1, 2, 3)');
    expect(
      await frame(page)
        .locator('html')
        .evaluate((root) => (root as unknown as InFrame).ownerDocument.title),
    ).not.toBe('ran');

    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('It is saved.').waitFor();
    const [shop] = (await management.clients.list()).data.filter(({ name }) => name === 'Shop');
    const query = new URLSearchParams({
      client_id: shop?.client_id ?? '',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: 'https://shop.example/callback',
    });
    const redirect = await fetch(new URL(`authorize?${query}`, tenant.url), { redirect: 'manual' });
    const cookie = redirect.headers.getSetCookie().map((line) => line.split(';')[0]);
    const login = await fetch(new URL(String(redirect.headers.get('location')), tenant.url), {
      headers: { cookie: cookie.join('; ') },
    });
    expect(comparable(html)).toBe(comparable(await login.text()));
    // Chromium reports the script of the template that did not run.
    const isReport = (error: string) => error.startsWith('Blocked script execution in');
    console.browserErrors.splice(0, Infinity, ...console.browserErrors.filter((error) => !isReport(error)));
  });

  it('shows a mail with its sender and subject, and the mistake of a template', async () => {
    const { page, management } = console;
    await management.users.create({
      connection: 'Username-Password-Authentication',
      email: 'una@water.example',
      password: 'Correct-Horse-1',
    });
    await management.emailTemplates.create({
      template: 'verify_email',
      body: '<h1>Old</h1>',
      from: 'shop@water.example',
      subject: 'For {{ user.email }}',
      syntax: 'liquid',
      enabled: true,
    });
    await console.open('resources/email-templates/verify_email');
    await frame(page).getByRole('heading', { name: 'Old' }).waitFor();
    const preview = page.getByRole('region', { name: 'Preview' });
    await preview.getByText('For una@water.example').waitFor();
    await preview.getByText('shop@water.example').waitFor();
    await page
      .getByLabel('Body')
      .fill('<p style="color: rgb(9, 8, 7)">Hello {{ user.email }} of {{ application.name }}</p>');
    const line = frame(page).getByText('Hello una@water.example of Shop');
    await line.waitFor();
    expect(await line.evaluate(styleOf, 'color')).toBe('rgb(9, 8, 7)');
    await page.getByLabel('Body').fill('{% if %}');
    await preview.getByRole('alert').getByText('cannot be rendered').waitFor();
    await page.getByLabel('Body').fill('<p>Well again</p>');
    await frame(page).getByText('Well again').waitFor();
    await console.checkAppearance('a mail with its preview');
    expect((await management.emailTemplates.get('verify_email')).body).toBe('<h1>Old</h1>');
  });

  it('shows the texts of a screen, in a language that the tenant has not enabled', async () => {
    const { page, management } = console;
    await management.prompts.customText.set('signup', 'de', { signup: { title: 'Alt' } });
    await console.open('resources/prompts/signup/custom-text/de');
    await frame(page).getByRole('heading', { name: 'Alt' }).waitFor();
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder of Auth0.
    await page.getByLabel('Title', { exact: true }).fill('Konto bei ${companyName}');
    await frame(page)
      .getByRole('heading', { name: /^Konto bei/ })
      .waitFor();
  });

  it('has a field for each text of a prompt, with the text of the page, and names the keys without an effect', async () => {
    const { page, management } = console;
    await management.prompts.customText.set('reset-password', 'en', {
      'reset-password-request': { titel: 'Wrong' },
      'reset-password-mfa-otp-challenge': { title: 'Elsewhere' },
    });
    await console.open('resources/branding');
    await page.getByRole('link', { name: 'Prompts and texts' }).click();
    await page.getByRole('heading', { level: 1, name: 'Prompts and texts' }).waitFor();
    await page.getByLabel('Prompt', { exact: true }).selectOption('reset-password');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('heading', { level: 1, name: 'Reset password' }).waitFor();
    // The languages have names, and English is chosen.
    const language = page.getByLabel('Language', { exact: true });
    expect(await language.locator('option:checked').textContent()).toBe('English (en)');
    expect(await language.locator('option', { hasText: '(ar-EG)' }).textContent()).toBe('Arabic (Egypt) (ar-EG)');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('heading', { level: 1, name: 'Reset password: English (en)' }).waitFor();
    const request = page.getByRole('region', { name: 'Reset password request' });
    const success = page.getByRole('region', { name: 'Reset password success' });
    expect(await request.getByLabel('Title', { exact: true }).getAttribute('placeholder')).toBe(
      'Forgot your password?',
    );
    await page
      .getByText(/Stored, without an effect here.*reset-password-request › titel, reset-password-mfa-otp-challenge\.$/)
      .waitFor();
    await request.getByLabel('Title', { exact: true }).fill('Lost your key?');
    await frame(page).getByRole('heading', { name: 'Lost your key?' }).waitFor();
    // The preview shows the screen of the field that has the focus.
    await success.getByLabel('Event title').fill('All is well');
    await frame(page).getByRole('heading', { name: 'All is well' }).waitFor();
    await request.locator('summary', { hasText: 'Messages about mistakes' }).click();
    await request.getByLabel('No e-mail', { exact: true }).fill('Type an address');
    await console.checkAppearance('the texts of a prompt');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('It is saved.').waitFor();
    expect(await management.prompts.customText.get('reset-password', 'en')).toEqual({
      'reset-password-request': { titel: 'Wrong', title: 'Lost your key?', 'no-email': 'Type an address' },
      'reset-password-success': { eventTitle: 'All is well' },
      'reset-password-mfa-otp-challenge': { title: 'Elsewhere' },
    });
    // An empty field is no text: the page has its own again.
    await success.getByLabel('Event title').fill('');
    await frame(page).getByRole('heading', { name: 'Password changed!' }).waitFor();
    await page.locator('summary', { hasText: /^JSON$/ }).click();
    expect(JSON.parse(await page.getByLabel('All texts as JSON').inputValue())).not.toHaveProperty(
      'reset-password-success',
    );
  });

  it('says of a prompt without a page here that its texts are only stored', async () => {
    const { page, management } = console;
    await console.open('resources/prompts/consent/custom-text/en');
    await page.getByText('No page of this tenant has texts of this prompt.').waitFor();
    await page.getByLabel('All texts as JSON').fill('{"consent": {"title": "May we?"}}');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('It is saved.').waitFor();
    expect(await management.prompts.customText.get('consent', 'en')).toEqual({ consent: { title: 'May we?' } });
  });

  it('leads nowhere: after a click on a link or a button it is there again', async () => {
    const { page, management, browserErrors } = console;
    await management.emailTemplates.create({
      template: 'welcome_email',
      body: '<a href="https://shop.example/">To the shop</a><form action="/console"><button>Send</button></form>',
      from: '',
      subject: '',
      syntax: 'liquid',
      enabled: true,
    });
    await console.open('resources/email-templates/welcome_email');
    for (const [role, name] of [
      ['link', 'To the shop'],
      ['button', 'Send'],
    ] as const) {
      const target = frame(page).getByRole(role, { name });
      await target.waitFor();
      await target.click();
      await target.waitFor();
    }
    // Chromium reports what it refused, at the latest when the frame has its page again.
    await expect.poll(() => browserErrors.length).toBeGreaterThan(0);
    expect(browserErrors.splice(0).join()).toContain('frame-src http://localhost');
    await frame(page).getByRole('link', { name: 'To the shop' }).waitFor();
  });

  it('is rendered for the administrator’s own page alone, and shown by it alone', async () => {
    const { page, tenant } = console;
    await console.open('resources/branding');
    await frame(page).getByRole('heading', { name: 'Welcome' }).waitFor();
    const token = await tokenInTab(page);
    const { origin } = new URL(tenant.loopbackUrl);
    const post = (headers: Record<string, string>) =>
      fetch(`${consoleOf(tenant).url}/previews`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ path: 'branding', value: {} }),
      });
    expect((await post({ authorization: `Bearer ${token}` })).status).toBe(403);
    expect((await post({ authorization: `Bearer ${token}`, origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await post({ origin })).status).toBe(401);
    const created = await post({ authorization: `Bearer ${token}`, origin });
    const { path } = (await created.json()) as { path: string };
    const answer = await fetch(new URL(path, tenant.loopbackUrl));
    expect(answer.headers.get('content-security-policy')).toContain(`frame-ancestors ${origin};`);
    expect((await fetch(new URL('console/previews/unknown', tenant.loopbackUrl))).status).toBe(404);
  });
});

interface InFrame {
  readonly ownerDocument: {
    readonly title: string;
    readonly defaultView: { getComputedStyle(element: unknown): Record<string, string> };
  };
}

/** Runs in the frame, whose page allows no text as code. */
function styleOf(element: unknown, property: string): string | undefined {
  return (element as InFrame).ownerDocument.defaultView.getComputedStyle(element)[property];
}

/** A page without what differs between two logins: states, addresses, nonces and digests. */
function comparable(html: string): string {
  return html
    .replaceAll(/ nonce="[^"]*"/g, '')
    .replaceAll(/ (?:href|action)="[^"]*"/g, '')
    .replaceAll(/(name="state"[^>]*) value="[^"]*"/g, '$1')
    .replaceAll(/ autofocus\b/g, '');
}
