import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Browser, locationOf } from './browser.ts';
import { authorizeUrl, exchange, payloadOf } from './login-steps.ts';
import { PASSWORD, type RunningTenant, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
let browser: Browser;
beforeEach(async () => {
  tenant = await startTenant();
  browser = new Browser();
  identifierFirst(true);
});
afterEach(() => tenant.close());

function identifierFirst(identifier_first: boolean) {
  tenant.store.records.put({ kind: '/prompts' }, '', { value: { identifier_first } });
}

const open = (parameters: Record<string, string> = {}) => browser.follow(authorizeUrl(tenant, parameters));

/** Sends the form of the page, and follows the redirects. */
async function send(page: URL, fields: Record<string, string>) {
  const state = page.searchParams.get('state') ?? '';
  const response = await browser.post(page, { state, action: 'default', ...fields });
  const next = locationOf(response, page);
  return next === undefined ? { response, url: page } : browser.follow(next);
}

describe('a tenant that asks for the name first', () => {
  it('asks for the name, then for the password, and lets the user in', async () => {
    const first = await open({ login_hint: 'eve@example.com' });
    expect(first.url.pathname).toBe('/u/login/identifier');
    const html = await first.response.text();
    expect(html).toContain('value="eve@example.com"');
    expect(html).not.toContain('name="password"');
    const second = await send(first.url, { username: ' ada@example.com ' });
    expect(second.url.pathname).toBe('/u/login/password');
    const asking = await second.response.text();
    expect(asking).toContain('<input type="hidden" name="username" value="ada@example.com">');
    expect(asking).toContain('name="password"');
    const wrong = await send(second.url, { username: 'ada@example.com', password: 'wrong' });
    expect(wrong.response.status).toBe(400);
    expect(await wrong.response.text()).toContain('Wrong email or password');
    // The name is that of the page before, whatever the form says.
    const { url } = await send(second.url, { username: 'eve@example.com', password: PASSWORD });
    const { body } = await exchange(tenant, url.searchParams.get('code') ?? '');
    expect(payloadOf(body.id_token).sub).toBe('auth0|ada');
  });

  it('asks for the name again without one, and shows what is wrong', async () => {
    const first = await open();
    const refused = await send(first.url, { username: '' });
    expect(refused.response.status).toBe(400);
    expect(await refused.response.text()).toContain('data-error-code="no-email"');
    const password = new URL(first.url.href.replace('identifier', 'password'));
    expect((await browser.follow(password)).url.pathname).toBe('/u/login/identifier');
    expect((await browser.follow(new URL(first.url.href.replace('/identifier', '')))).url.pathname).toBe(
      '/u/login/identifier',
    );
  });

  it('does not reveal on the first page which users exist', async () => {
    const second = await send((await open()).url, { username: 'unknown@example.com' });
    expect(second.url.pathname).toBe('/u/login/password');
  });

  it('signs up in two steps too', async () => {
    const first = await open({ screen_hint: 'signup' });
    expect(first.url.pathname).toBe('/u/signup/identifier');
    expect(await first.response.text()).not.toContain('name="password"');
    const second = await send(first.url, { email: 'new@example.com' });
    expect(second.url.pathname).toBe('/u/signup/password');
    const html = await second.response.text();
    expect(html).toContain('<input type="hidden" name="email" value="new@example.com">');
    expect(html).not.toContain('id="email"');
    const weak = await send(second.url, { password: 'weak' });
    expect(weak.response.status).toBe(400);
    const { url } = await send(second.url, { email: 'other@example.com', password: PASSWORD });
    expect(url.searchParams.has('code')).toBe(true);
    expect(
      tenant.store.users.findInConnection('Username-Password-Authentication', { email: 'new@example.com' }),
    ).toBeDefined();
  });

  it('is a tenant with one page again as soon as the setting is off', async () => {
    const first = await open();
    identifierFirst(false);
    expect((await browser.follow(first.url)).url.pathname).toBe('/u/login');
    const page = await open();
    expect(page.url.pathname).toBe('/u/login');
    expect((await browser.signIn(page.url, 'ada@example.com', PASSWORD)).url.searchParams.has('code')).toBe(true);
  });
});
