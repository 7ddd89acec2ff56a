import { createHmac } from 'node:crypto';
import * as client from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHttpBrowser, type HttpBrowser } from '../../src/testing/http-browser.ts';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { discover, makeRelyingParty, type RelyingParty, throughLoginPage } from '../sign-in-with-openid-client.ts';

const person = { username: 'ann@example.com', password: 'Correct-horse-9' };
const redirectUri = 'http://localhost:4040/ords/apex_authentication.callback';
const signedOut = 'http://localhost:4040/ords/r/demo/gate/signed-out';

let local: LocalTenant;
let party: RelyingParty;
let configuration: client.Configuration;
let browser: HttpBrowser;

beforeAll(async () => {
  local = await startLocalTenant();
  party = await makeRelyingParty(local, { redirectUri, signedOut }, person);
  configuration = await discover(party);
});
afterAll(() => local.tenant.close());
beforeEach(() => {
  browser = createHttpBrowser();
});

interface Callback {
  readonly url: URL;
  readonly checks: {
    readonly pkceCodeVerifier: string;
    readonly expectedState: string;
    readonly expectedNonce: string;
  };
}

/** Signs in the user and returns the callback to the application, with the values to check it against. */
async function comeBack(parameters: Record<string, string> = {}): Promise<Callback> {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const expectedNonce = client.randomNonce();
  const start = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: 'openid profile email offline_access',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    ...parameters,
  });
  const url = await throughLoginPage(browser, start, redirectUri, person);
  return { url, checks: { pkceCodeVerifier, expectedState, expectedNonce } };
}

function redeem({ url, checks }: Callback, as = configuration) {
  return client.authorizationCodeGrant(as, url, { ...checks, idTokenExpected: true });
}

async function signIn() {
  const tokens = await redeem(await comeBack());
  const { id_token: idToken, refresh_token: refreshToken } = tokens;
  const claims = tokens.claims();
  if (idToken === undefined || refreshToken === undefined || claims === undefined)
    throw new Error('A token is missing.');
  return { accessToken: tokens.access_token, idToken, refreshToken, claims };
}

/** Requests a login without a page, and returns the parameters of the callback. */
async function silently(): Promise<URLSearchParams> {
  return (await comeBack({ prompt: 'none' })).url.searchParams;
}

describe('a strict, certified client over HTTPS', () => {
  it('discovers the tenant under the issuer that its tokens name', async () => {
    const { issuer, token_endpoint, end_session_endpoint, jwks_uri } = configuration.serverMetadata();
    expect(issuer).toBe(local.tenant.url);
    for (const endpoint of [token_endpoint, end_session_endpoint, jwks_uri]) {
      expect(endpoint?.startsWith(issuer)).toBe(true);
    }
  });

  it('signs in with code and PKCE, reads userinfo, refreshes, and signs out', async () => {
    const { accessToken, idToken, refreshToken, claims } = await signIn();
    expect(claims).toMatchObject({ iss: local.tenant.url, aud: party.clientId, email: person.username });

    const userinfo = await client.fetchUserInfo(configuration, accessToken, claims.sub);
    expect(userinfo).toMatchObject({ sub: claims.sub, email: person.username, email_verified: true });

    const refreshed = await client.refreshTokenGrant(configuration, refreshToken);
    expect(refreshed.claims()).toMatchObject({ sub: claims.sub, aud: party.clientId });
    await client.fetchUserInfo(configuration, refreshed.access_token, claims.sub);

    expect((await silently()).has('code')).toBe(true);
    const out = client.buildEndSessionUrl(configuration, {
      id_token_hint: idToken,
      post_logout_redirect_uri: signedOut,
      state: 'bye',
    });
    const end = await browser.open(out, { stopAt: signedOut });
    expect(end.url.href).toBe(`${signedOut}?state=bye`);
    expect((await silently()).get('error')).toBe('login_required');
  });

  it('cannot redeem a code without its verifier, or with another one', async () => {
    for (const pkceCodeVerifier of [client.randomPKCECodeVerifier(), undefined]) {
      const { url, checks } = await comeBack();
      const { expectedState, expectedNonce } = checks;
      await expect(
        client.authorizationCodeGrant(configuration, url, {
          expectedState,
          expectedNonce,
          ...(pkceCodeVerifier === undefined ? {} : { pkceCodeVerifier }),
        }),
      ).rejects.toMatchObject({ status: 403, error: 'invalid_grant' });
    }
  });

  it('cannot redeem a code twice, and loses the tokens of the first time', async () => {
    const callback = await comeBack();
    const { refresh_token = '', access_token } = await redeem(callback);
    await expect(redeem(callback)).rejects.toMatchObject({ status: 403, error: 'invalid_grant' });
    await expect(client.refreshTokenGrant(configuration, refresh_token)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    await expect(client.fetchUserInfo(configuration, access_token, client.skipSubjectCheck)).rejects.toMatchObject({
      status: 401,
    });
  });

  it('is refused with a wrong secret, in the body and in the header, and the code stays valid', async () => {
    const callback = await comeBack();
    const url = new URL(party.issuer);
    for (const authentication of [client.ClientSecretPost('wrong'), client.ClientSecretBasic('wrong')]) {
      const impostor = await client.discovery(url, party.clientId, undefined, authentication);
      await expect(redeem(callback, impostor)).rejects.toMatchObject({ status: 401, error: 'access_denied' });
    }
    const withHeader = await client.discovery(
      url,
      party.clientId,
      undefined,
      client.ClientSecretBasic(party.clientSecret),
    );
    expect((await redeem(callback, withHeader)).claims()?.aud).toBe(party.clientId);
  });

  it('is never sent to a foreign callback', async () => {
    for (const foreign of ['https://evil.example.com/callback', `${redirectUri}/`, `${redirectUri}?x=1`]) {
      const page = await browser.open(
        client.buildAuthorizationUrl(configuration, { redirect_uri: foreign, scope: 'openid', prompt: 'none' }),
        { stopAt: foreign },
      );
      expect(page.url.origin).toBe(new URL(party.issuer).origin);
      expect(page.status).toBe(403);
      expect(page.body).toContain('Callback URL mismatch');
    }
  });

  it('gets an error for an unknown response type', async () => {
    const { url, checks } = await comeBack({ response_type: 'nonsense' });
    expect(url.searchParams.get('error')).toBe('unsupported_response_type');
    expect(url.searchParams.has('code')).toBe(false);
    await expect(redeem({ url, checks })).rejects.toMatchObject({ error: 'unsupported_response_type' });
  });

  it('is refused with forged tokens, at userinfo and at the Management API', async () => {
    const { accessToken, idToken } = await signIn();
    const { access_token: machine } = await client.clientCredentialsGrant(
      await client.discovery(
        new URL(party.issuer),
        local.tenant.management.clientId,
        undefined,
        client.ClientSecretPost(local.tenant.management.clientSecret),
      ),
      { audience: local.tenant.management.audience },
    );
    const users = new URL('api/v2/users', local.tenant.url);
    const status = async (url: URL, token: string) =>
      (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status;
    const userinfo = new URL('userinfo', local.tenant.url);
    expect(await status(users, machine)).toBe(200);
    expect(await status(userinfo, accessToken)).toBe(200);

    const { keys } = (await (await fetch(new URL('.well-known/jwks.json', local.tenant.url))).json()) as {
      keys: { kid: string; x5c: string[] }[];
    };
    for (const genuine of [machine, idToken]) {
      for (const forged of [genuine, ...forgeries(genuine, keys[0])]) {
        expect(await status(userinfo, forged)).toBe(401);
        if (forged !== machine) expect(await status(users, forged)).toBe(401);
      }
    }
    // An opaque token does not even have the right form there.
    expect(await status(users, accessToken)).toBe(400);
  });
});

/** The token without a signature, signed with a public value, with another key, and with other contents. */
function forgeries(genuine: string, key: { readonly kid: string; readonly x5c: string[] } | undefined): string[] {
  const [header = '', payload = '', signature = ''] = genuine.split('.');
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  const certificate = `-----BEGIN CERTIFICATE-----\n${key?.x5c[0]}\n-----END CERTIFICATE-----\n`;
  const withSecret = (secret: string) => {
    const signed = `${encoded({ alg: 'HS256', kid: key?.kid, typ: 'JWT' })}.${payload}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };
  return [
    `${encoded({ alg: 'none' })}.${payload}.`,
    `${encoded({ alg: 'none', kid: key?.kid })}.${payload}.${signature}`,
    `${header}.${encoded({ ...claims, sub: 'auth0|other', scope: 'openid read:users' })}.${signature}`,
    `${encoded({ alg: 'RS256', kid: 'other', jku: 'https://evil.example.com/jwks.json' })}.${payload}.${signature}`,
    withSecret(certificate),
    withSecret(JSON.stringify(key)),
  ];
}
