import * as client from 'openid-client';
import { createHttpBrowser, type HttpBrowser, type Page } from '../src/testing/http-browser.ts';
import type { LocalTenant } from './local-tenant.ts';

/** An application that signs users in with a certified client. */
export interface RelyingParty {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  /** Further parameters of the authorization request. */
  readonly parameters?: Readonly<Record<string, string>>;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Creates an application, enables every connection for it, and creates a user who can sign in there. */
export async function makeRelyingParty(
  { tenant, management }: LocalTenant,
  { redirectUri, signedOut }: { readonly redirectUri: string; readonly signedOut?: string },
  person: Credentials,
): Promise<RelyingParty> {
  const { client_id: clientId = '', client_secret: clientSecret = '' } = await management.clients.create({
    name: 'APEX',
    app_type: 'regular_web',
    callbacks: [redirectUri],
    ...(signedOut === undefined ? {} : { allowed_logout_urls: [signedOut] }),
  });
  for await (const connection of await management.connections.list()) {
    await management.connections.clients.update(connection.id ?? '', [{ client_id: clientId, status: true }]);
  }
  await management.users.create({
    connection: 'Username-Password-Authentication',
    email: person.username,
    email_verified: true,
    password: person.password,
  });
  return { issuer: tenant.url, clientId, clientSecret, redirectUri };
}

/**
 * Discovers the issuer, walks through the login page like a browser would, and redeems the code. The callback is never
 * opened: the last redirect is caught before it.
 */
export async function signIn(
  party: RelyingParty,
  credentials: Credentials,
  browser: HttpBrowser = createHttpBrowser(),
): Promise<client.TokenEndpointResponse & client.TokenEndpointResponseHelpers> {
  const configuration = await discover(party);
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const nonce = client.randomNonce();
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: party.redirectUri,
    scope: 'openid profile email',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...party.parameters,
  });
  const callback = await throughLoginPage(browser, url, party.redirectUri, credentials);
  return client.authorizationCodeGrant(configuration, callback, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
}

/** Discovers the tenant, for a client that sends its secret in the body, as APEX does. */
export async function discover(party: RelyingParty): Promise<client.Configuration> {
  const insecure = party.issuer.startsWith('http://') ? { execute: [client.allowInsecureRequests] } : {};
  return client.discovery(
    new URL(party.issuer),
    party.clientId,
    undefined,
    client.ClientSecretPost(party.clientSecret),
    insecure,
  );
}

/** Returns the address that the browser is sent back to, with the tenant's parameters. */
export async function throughLoginPage(
  browser: HttpBrowser,
  start: URL,
  redirectUri: string,
  { username, password }: Credentials,
): Promise<URL> {
  let page: Page = await browser.open(start, { stopAt: redirectUri });
  if (page.url.pathname === '/u/login') {
    const state = page.url.searchParams.get('state') ?? '';
    page = await browser.submit(page.url, { state, username, password, action: 'default' }, { stopAt: redirectUri });
  }
  if (!page.url.href.startsWith(redirectUri)) throw new Error(`Ended at ${page.url.pathname} (${page.status})`);
  return page.url;
}
