import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHttpBrowser, type HttpBrowser, type Page } from '../../src/testing/http-browser.ts';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { makeRelyingParty, type RelyingParty } from '../sign-in-with-openid-client.ts';
import { installTool } from './install-tool.ts';

const person = { username: 'ann@example.com', password: 'Correct-horse-9' };

let local: LocalTenant;
let party: RelyingParty;
let browser: HttpBrowser;
let running: ChildProcess[] = [];

beforeAll(async () => {
  local = await startLocalTenant();
  party = await makeRelyingParty(local, { redirectUri: 'http://localhost/callback' }, person);
});
afterAll(() => local?.tenant.close());
beforeEach(() => {
  browser = createHttpBrowser();
});
afterEach(() => {
  for (const child of running) child.kill();
  running = [];
});

/** Starts the application, and allows its address on the tenant. */
async function start(script: string, settings: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(`./relying-parties/${script}`, import.meta.url))], {
    env: {
      PATH: process.env.PATH,
      NODE_EXTRA_CA_CERTS: local.tenant.caFile,
      CLIENT_ID: party.clientId,
      CLIENT_SECRET: party.clientSecret,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  const [address] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  await local.management.clients.update(party.clientId, {
    callbacks: [`${address}/callback`],
    allowed_logout_urls: [address, `${address}/`],
  });
  return address;
}

/** Fills in the login page. If the answer is a form that posts itself, posts it. */
async function logIn(start: string): Promise<Page> {
  const page = await browser.open(start);
  expect(page.url.pathname).toBe('/u/login');
  const state = page.url.searchParams.get('state') ?? '';
  return throughForm(await browser.submit(page.url, { state, ...person, action: 'default' }));
}

async function throughForm(page: Page): Promise<Page> {
  const target = /<form[^>]*action="([^"]+)"/.exec(page.body)?.[1];
  if (target === undefined) return page;
  const fields = [...page.body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return browser.submit(target, Object.fromEntries(fields.map(([, name, value]) => [name, value])));
}

describe('express-openid-connect', () => {
  const version = '3.4.0';
  const settings = async (responseType: string) => ({
    TOOL_FOLDER: await installTool('express-openid-connect', version),
    ISSUER_BASE_URL: local.tenant.url,
    SECRET: 'a secret of at least thirty-two characters',
    RESPONSE_TYPE: responseType,
  });

  it('signs in with a posted ID token, its default, signs in again silently, and signs out of the tenant', async () => {
    const address = await start('express-openid-connect-app.ts', await settings(''));
    expect(JSON.parse((await logIn(`${address}/login`)).body)).toEqual({ in: true, email: person.username });

    await browser.forget(address, 'appSession');
    expect(JSON.parse((await browser.open(address)).body)).toEqual({ in: false });
    expect(JSON.parse((await throughForm(await browser.open(`${address}/silent`))).body)).toMatchObject({ in: true });

    expect(JSON.parse((await browser.open(`${address}/logout`)).body)).toEqual({ in: false });
    expect((await browser.open(`${address}/login`)).url.pathname).toBe('/u/login');
  });

  it('signs in with a code, reads userinfo, and renews its tokens', async () => {
    const address = await start('express-openid-connect-app.ts', await settings('code'));
    expect(JSON.parse((await logIn(`${address}/profile`)).body)).toMatchObject({ email: person.username });
    const refreshed = JSON.parse((await browser.open(`${address}/refresh`)).body);
    expect(refreshed).toEqual({ renewed: true, email: person.username });
    expect(JSON.parse((await browser.open(`${address}/logout`)).body)).toEqual({ in: false });
    expect((await browser.open(`${address}/profile`)).url.pathname).toBe('/u/login');
  });
});

describe('passport-auth0', () => {
  it('signs in, signs in again silently, and signs out of the tenant', async () => {
    const address = await start('passport-auth0-app.ts', {
      TOOL_FOLDER: await installTool('passport-auth0', '1.4.5'),
      PASSPORT_FOLDER: await installTool('passport', '0.7.0'),
      EXPRESS_FOLDER: await installTool('express', '5.3.0'),
      EXPRESS_SESSION_FOLDER: await installTool('express-session', '1.19.0'),
      AUTH0_DOMAIN: local.tenant.domain,
    });
    const user = { id: expect.stringMatching(/^auth0\|/), email: person.username, refreshable: true };
    expect(JSON.parse((await logIn(`${address}/login`)).body)).toEqual(user);

    await browser.forget(address, 'connect.sid');
    expect(JSON.parse((await browser.open(address)).body)).toEqual({});
    expect(JSON.parse((await browser.open(`${address}/silent`)).body)).toEqual(user);

    expect(JSON.parse((await browser.open(`${address}/logout`)).body)).toEqual({});
    expect(JSON.parse((await browser.open(`${address}/silent`)).body)).toEqual({ refused: true });
  });
});
