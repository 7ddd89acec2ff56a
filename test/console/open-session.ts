import * as client from 'openid-client';
import type { Page } from 'playwright-core';
import type { Tenant } from '../../src/tenant/tenant.ts';

/**
 * Signs the administrator in by the requests of a sign-in, without its pages, which `access.test.ts` tests. Afterwards the browser has the
 * session with the tenant, and the tab has the tokens and shows the console at an address of no screen: it reads nothing.
 */
export async function openSession(page: Page, { loopbackUrl }: Tenant, login: Credentials): Promise<void> {
  const { request } = page.context();
  const settings = readConsoleSettings(await (await request.get(login.url)).text());
  const verifier = client.randomPKCECodeVerifier();
  const configuration = consoleClient(settings);
  const address = client.buildAuthorizationUrl(configuration, {
    redirect_uri: `${loopbackUrl}console/callback`,
    scope: ['openid', 'profile', 'email', ...settings.scopes].join(' '),
    audience: settings.audience,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const loginPage = new URL((await request.get(address.href)).url());
  const state = loginPage.searchParams.get('state') ?? '';
  const form = { state, username: login.email, password: login.password, action: 'default' };
  const callback = await request.post(loginPage.href, { form });
  const tokens = await client.authorizationCodeGrant(configuration, new URL(callback.url()), {
    pkceCodeVerifier: verifier,
  });
  const claims = tokens.claims();
  const session = {
    accessToken: tokens.access_token,
    expiresAt: Date.now() + (tokens.expires_in ?? 0) * 1000,
    scopes: (tokens.scope ?? '').split(' '),
    name: String(claims?.name ?? claims?.email ?? ''),
    email: String(claims?.email ?? ''),
  };
  const key = `portcullis.session.${settings.clientId}`;
  await loadWithStorage(page, `${login.url}/start`, { [key]: JSON.stringify(session) });
}

/** Loads a page of the console. The storage of the tab has these entries, and no others, before the page's own scripts run. */
export async function loadWithStorage(page: Page, url: string, entries: Record<string, string>): Promise<void> {
  const protocol = await page.context().newCDPSession(page);
  const source = `localStorage.clear(); sessionStorage.clear(); Object.assign(sessionStorage, ${JSON.stringify(entries)})`;
  await protocol.send('Page.enable');
  const { identifier } = await protocol.send('Page.addScriptToEvaluateOnNewDocument', { source });
  await page.goto(url);
  await protocol.send('Page.removeScriptToEvaluateOnNewDocument', { identifier });
  await protocol.detach();
}

interface Credentials {
  /** The address of the console. */
  readonly url: string;
  readonly email: string;
  readonly password: string;
}

interface PageSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly audience: string;
  readonly scopes: readonly string[];
}

/** The settings that the console's page gives to its script. */
export function readConsoleSettings(html: string): PageSettings {
  const content = /<meta name="portcullis-console"[^>]* content="([^"]*)"/.exec(html)?.[1];
  if (content === undefined) throw new Error('The page of the console has no settings.');
  return JSON.parse(
    content.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&'),
  ) as PageSettings;
}

function consoleClient({ issuer, clientId }: PageSettings): client.Configuration {
  const server = {
    issuer,
    token_endpoint: `${issuer}oauth/token`,
    authorization_endpoint: `${issuer}authorize`,
    jwks_uri: `${issuer}.well-known/jwks.json`,
  };
  const configuration = new client.Configuration(server, clientId, undefined, client.None());
  client.allowInsecureRequests(configuration);
  return configuration;
}
