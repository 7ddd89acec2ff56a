import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { makeRelyingParty } from '../sign-in-with-openid-client.ts';
import { installTool } from './install-tool.ts';

/** The newest version whose dependencies are all in the registry. */
const version = '2.27.0';
const person = { username: 'ann@example.com', password: 'Correct-horse-9' };

let local: LocalTenant;
let server: Server;
let browser: Browser;
let address: string;
let clientId: string;

beforeAll(async () => {
  const folder = await installTool('@auth0/auth0-spa-js', version);
  const script = join(folder, 'node_modules', '@auth0', 'auth0-spa-js', 'dist', 'auth0-spa-js.production.js');
  const library = await readFile(script, 'utf8');
  server = createServer((request, response) => {
    const wantsScript = request.url === '/auth0-spa-js.js';
    response.setHeader('content-type', wantsScript ? 'text/javascript' : 'text/html');
    response.end(wantsScript ? library : '<!doctype html><title>App</title><script src="/auth0-spa-js.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  address = `http://localhost:${(server.address() as AddressInfo).port}`;
  local = await startLocalTenant();
  ({ clientId } = await makeRelyingParty(local, { redirectUri: address, signedOut: address }, person));
  await local.management.clients.update(clientId, {
    app_type: 'spa',
    token_endpoint_auth_method: 'none',
    web_origins: [address],
    grant_types: ['authorization_code', 'refresh_token'],
  });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  server?.close();
  await local?.tenant.close();
});

/** Runs a call in the page, with a client that lives as long as the page. */
async function call(page: Page, useRefreshTokens: boolean, expression: string): Promise<unknown> {
  const options = {
    domain: local.tenant.domain,
    clientId,
    useRefreshTokens,
    cacheLocation: useRefreshTokens ? 'localstorage' : 'memory',
    authorizationParams: { redirect_uri: address, scope: 'openid profile email' },
  };
  return page.evaluate(`(async () => {
    const client = globalThis.client ??= new auth0.Auth0Client(${JSON.stringify(options)});
    return ${expression};
  })()`);
}

const reason = (promise: string) => `${promise}.then(() => 'renewed', (error) => error.error ?? String(error))`;

describe.each([
  ['by a hidden frame that answers with a message', false, 'login_required'],
  ['with refresh tokens', true, 'missing_refresh_token'],
])('auth0-spa-js in Chromium, renewing %s', (_way, useRefreshTokens, signedOut) => {
  it('signs in, renews silently, and signs out', async () => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(address);
    expect(await call(page, useRefreshTokens, reason('client.getTokenSilently()'))).toBe(signedOut);

    // The page is left during the call.
    await call(page, useRefreshTokens, 'client.loginWithRedirect()').catch(() => undefined);
    await page.waitForURL(/\/u\/login/);
    await page.fill('input[name=username]', person.username);
    await page.fill('input[name=password]', person.password);
    await page.press('input[name=password]', 'Enter');
    await page.waitForURL(/[?&]code=/);
    await call(page, useRefreshTokens, 'client.handleRedirectCallback()');
    expect(await call(page, useRefreshTokens, 'client.getUser()')).toMatchObject({ email: person.username });

    const first = await call(page, useRefreshTokens, 'client.getTokenSilently()');
    const renewed = await call(page, useRefreshTokens, "client.getTokenSilently({ cacheMode: 'off' })");
    expect(renewed).toEqual(expect.any(String));
    expect(renewed).not.toBe(first);

    const leave = 'client.logout({ logoutParams: { returnTo: location.origin } })';
    const home = page.waitForURL((url) => url.origin === address && url.search === '');
    await call(page, useRefreshTokens, leave).catch(() => undefined);
    await home;
    await page.waitForFunction('globalThis.client === undefined && globalThis.auth0 !== undefined');
    expect(await call(page, useRefreshTokens, 'client.isAuthenticated()')).toBe(false);
    expect(await call(page, useRefreshTokens, reason('client.getTokenSilently()'))).toBe(signedOut);
    await context.close();
  });
});
