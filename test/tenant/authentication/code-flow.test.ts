import * as client from 'openid-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from './browser.ts';
import { API, CALLBACK, continueOutcome, PASSWORD, type RunningTenant, SECRET, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.close());

function discover(clientId = 'web'): Promise<client.Configuration> {
  return client.discovery(
    new URL(tenant.issuer),
    clientId,
    clientId === 'spa' ? undefined : SECRET,
    clientId === 'spa' ? client.None() : client.ClientSecretPost(SECRET),
    { execute: [client.allowInsecureRequests] },
  );
}

async function login(config: client.Configuration, parameters: Record<string, string>, browser = new Browser()) {
  const url = client.buildAuthorizationUrl(config, { redirect_uri: CALLBACK, ...parameters });
  const start = await browser.follow(url);
  expect(start.url.pathname).toBe('/u/login');
  return browser.signIn(start.url, 'ada@example.com', PASSWORD);
}

describe('a strict client', () => {
  it('completes code with PKCE, userinfo, refresh and logout', async () => {
    tenant.actions.onRun = () =>
      continueOutcome({ idTokenClaims: { 'https://example.com/roles': ['ORG:default'] }, accessTokenClaims: {} });
    const config = await discover();
    const code_verifier = client.randomPKCECodeVerifier();
    const nonce = client.randomNonce();
    const state = client.randomState();
    const { url } = await login(config, {
      scope: 'openid profile email offline_access unknown',
      code_challenge: await client.calculatePKCECodeChallenge(code_verifier),
      code_challenge_method: 'S256',
      nonce,
      state,
    });
    expect(url.origin + url.pathname).toBe(CALLBACK);
    expect([...url.searchParams.keys()].sort()).toEqual(['code', 'state']);
    const tokens = await client.authorizationCodeGrant(config, url, {
      pkceCodeVerifier: code_verifier,
      expectedNonce: nonce,
      expectedState: state,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    expect(claims).toMatchObject({
      iss: tenant.issuer,
      sub: 'auth0|ada',
      aud: 'web',
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      email_verified: true,
      'https://example.com/roles': ['ORG:default'],
    });
    expect(claims?.sid).toEqual(expect.any(String));
    expect((claims?.exp ?? 0) - (claims?.iat ?? 0)).toBe(36000);
    expect(tokens.scope).toBe('openid profile email offline_access');
    expect(tokens.access_token.split('.')).toHaveLength(1);
    expect(tokens.expires_in).toBe(86400);

    const userinfo = await client.fetchUserInfo(config, tokens.access_token, 'auth0|ada');
    expect(userinfo).toMatchObject({ email: 'ada@example.com', 'https://example.com/roles': ['ORG:default'] });

    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(refreshed.claims()?.sub).toBe('auth0|ada');
    expect(refreshed.refresh_token).toBe(tokens.refresh_token);
    expect(tenant.actions.runs.map((run) => run.protocol)).toEqual(['oidc-basic-profile', 'oauth2-refresh-token']);

    const logout = client.buildEndSessionUrl(config, {
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: 'http://localhost:9999/bye',
    });
    expect(logout.origin).toBe(new URL(tenant.issuer).origin);
  });

  it('gets a signed access token for an API, with the claims of the Actions', async () => {
    tenant.actions.onRun = () => continueOutcome({ accessTokenClaims: { 'https://example.com/roles': ['a'] } });
    const config = await discover();
    const { url } = await login(config, { scope: 'openid read:orders delete:orders', audience: API });
    const tokens = await client.authorizationCodeGrant(config, url);
    const payload = JSON.parse(Buffer.from(tokens.access_token.split('.')[1] ?? '', 'base64url').toString());
    expect(payload).toEqual({
      'https://example.com/roles': ['a'],
      iss: tenant.issuer,
      sub: 'auth0|ada',
      aud: [API, `${tenant.issuer}userinfo`],
      iat: expect.any(Number),
      exp: payload.iat + 86400,
      scope: 'openid read:orders',
      azp: 'web',
    });
    expect(await client.fetchUserInfo(config, tokens.access_token, 'auth0|ada')).toEqual({ sub: 'auth0|ada' });
  });
});
