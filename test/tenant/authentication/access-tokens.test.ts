import { createHmac, generateKeyPairSync, type webcrypto } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signingKeys } from '../../../src/tenant/authentication/provider/signing-keys.ts';
import { Browser } from './browser.ts';
import { exchange, freshCode, logIn, payloadOf, requestToken, userinfo } from './login-steps.ts';
import { API, continueOutcome, PASSWORD, type RunningTenant, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.close());

async function currentKey() {
  await signingKeys(tenant.store);
  const key = tenant.store.signingKeys.list().find((candidate) => candidate.state === 'current');
  if (key === undefined) throw new Error('no key');
  return {
    kid: key.kid,
    key: await crypto.subtle.importKey('jwk', key.private_jwk as webcrypto.JsonWebKey, RS256, false, ['sign']),
  };
}

const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');

function claims(audience: string | string[], more: Record<string, unknown> = {}) {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: tenant.issuer,
    sub: 'auth0|ada',
    aud: audience,
    iat: now,
    exp: now + 60,
    scope: 'openid read:users',
    azp: 'web',
    ...more,
  };
}

/** Forged tokens that must not be accepted as the tenant's own. */
async function forgeries(audience: string | string[], real: string): Promise<[string, string][]> {
  const { kid, key } = await currentKey();
  const [header = '', payload = '', signature = ''] = real.split('.');
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const jwks = (await (await fetch(new URL('.well-known/jwks.json', tenant.issuer))).json()) as { keys: unknown[] };
  const hmac = (secret: string) => {
    const signed = `${encode({ alg: 'HS256', kid, typ: 'JWT' })}.${encode(claims(audience))}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };
  const sign = (body: Record<string, unknown>) => new SignJWT(body).setProtectedHeader({ alg: 'RS256', kid }).sign(key);
  return [
    ['nothing', 'x'],
    ['alg none', `${encode({ alg: 'none' })}.${encode(claims(audience))}.`],
    ['alg none with the signature', `${encode({ alg: 'none', kid })}.${payload}.${signature}`],
    ['another key', await new SignJWT(claims(audience)).setProtectedHeader({ alg: 'RS256', kid }).sign(other)],
    ['another kid', await new SignJWT(claims(audience)).setProtectedHeader({ alg: 'RS256', kid: 'x' }).sign(key)],
    ['the public key as a secret', hmac(JSON.stringify(jwks.keys[0]))],
    ['a changed payload', `${header}.${encode({ ...payloadOf(real), sub: 'auth0|bob' })}.${signature}`],
    ['another issuer', await sign(claims(audience, { iss: 'https://evil.example.com/' }))],
    ['the issuer without its slash', await sign(claims(audience, { iss: tenant.issuer.slice(0, -1) }))],
    ['no expiry', await sign({ ...claims(audience), exp: undefined })],
    ['no subject', await sign({ ...claims(audience), sub: undefined })],
  ];
}

describe('the Management API', () => {
  it('refuses every forged token', async () => {
    const { body } = await requestToken(tenant, {
      grant_type: 'client_credentials',
      audience: tenant.managementAudience,
    });
    for (const [name, token] of await forgeries(tenant.managementAudience, String(body.access_token))) {
      const refused = tenant.authentication.verifyAccessToken(token);
      const isSigned = name === 'another key' || name === 'a changed payload';
      const code = isSigned ? 'bad_signature' : 'invalid_token';
      await expect(refused, name).rejects.toMatchObject({ code });
    }
  });

  it('reports an expired token and a token for another API', async () => {
    const { kid, key } = await currentKey();
    const sign = (body: Record<string, unknown>) =>
      new SignJWT(body).setProtectedHeader({ alg: 'RS256', kid }).sign(key);
    const now = Math.floor(Date.now() / 1000);
    const expired = await sign(claims(tenant.managementAudience, { exp: now - 1 }));
    await expect(tenant.authentication.verifyAccessToken(expired)).rejects.toMatchObject({ code: 'expired_token' });
    const code = await freshCode(tenant, { audience: API });
    const { body } = await exchange(tenant, code);
    await expect(tenant.authentication.verifyAccessToken(String(body.access_token))).rejects.toMatchObject({
      code: 'bad_audience',
      message: `Bad audience: ${tenant.managementAudience}`,
    });
    // An ID token is signed with the same key.
    await expect(tenant.authentication.verifyAccessToken(String(body.id_token))).rejects.toMatchObject({
      code: 'bad_audience',
    });
  });

  it('refuses a token that it has accepted once it has expired, and its claims under another signature', async () => {
    const { kid, key } = await currentKey();
    const body = claims(tenant.managementAudience);
    const sign = (signer: Parameters<SignJWT['sign']>[0]) =>
      new SignJWT(body).setProtectedHeader({ alg: 'RS256', kid }).sign(signer);
    const token = await sign(key);
    await tenant.authentication.verifyAccessToken(token);
    const forged = await sign(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
    await expect(tenant.authentication.verifyAccessToken(forged)).rejects.toMatchObject({ code: 'bad_signature' });
    vi.useFakeTimers({ toFake: ['Date'], now: (body.exp - 1) * 1000 });
    try {
      await tenant.authentication.verifyAccessToken(token);
      vi.setSystemTime(body.exp * 1000);
      await expect(tenant.authentication.verifyAccessToken(token)).rejects.toMatchObject({ code: 'expired_token' });
    } finally {
      vi.useRealTimers();
    }
  });

  it('gives a user access to that user only, regardless of the requested scopes', async () => {
    const code = await freshCode(tenant, {
      audience: tenant.managementAudience,
      scope: 'openid read:users update:roles read:current_user',
    });
    const { body } = await exchange(tenant, code);
    const bearer = await tenant.authentication.verifyAccessToken(String(body.access_token));
    expect(bearer).toEqual({ clientId: 'web', subject: 'auth0|ada', scopes: ['openid', 'read:current_user'] });
  });

  it('ignores its own scopes if an Action adds them, in every grant', async () => {
    tenant.actions.onRun = () => continueOutcome({ addedScopes: ['read:users', 'create:everything'] });
    const audience = tenant.managementAudience;
    const scope = 'openid offline_access read:current_user';
    const scopesOf = async (body: Record<string, unknown>) =>
      (await tenant.authentication.verifyAccessToken(String(body.access_token))).scopes;
    const { body } = await exchange(tenant, await freshCode(tenant, { audience, scope }));
    const refreshed = await requestToken(tenant, {
      grant_type: 'refresh_token',
      refresh_token: String(body.refresh_token),
    });
    const owner = { grant_type: 'password', username: 'ada@example.com', password: PASSWORD };
    const direct = await requestToken(tenant, { ...owner, audience, scope });
    for (const answer of [body, refreshed.body, direct.body]) {
      for (const beyond of ['read:users', 'create:everything']) expect(await scopesOf(answer)).not.toContain(beyond);
      expect(await scopesOf(answer)).toContain('openid');
    }
  });
});

describe('an API', () => {
  const orders = () => {
    const api = tenant.store.resourceServers.findByIdentifier(API);
    if (api === undefined) throw new Error('no API');
    return api;
  };
  const open = (client: string, user: string) =>
    tenant.store.resourceServers.update({
      ...orders(),
      other: { subject_type_authorization: { client: { policy: client }, user: { policy: user } } },
    });
  const grant = (subject_type: 'client' | 'user') =>
    tenant.store.clientGrants.insert({
      id: `cgr_${subject_type}`,
      client_id: 'web',
      audience: API,
      scope: ['read:orders'],
      subject_type,
      other: {},
    });
  const scope = 'openid offline_access read:orders write:orders';
  const owner = { grant_type: 'password', username: 'ada@example.com', password: PASSWORD, audience: API, scope };
  const machine = { grant_type: 'client_credentials', audience: API };

  it('refuses applications that its policy denies, even with a client grant, also when a token is refreshed', async () => {
    const { body } = await exchange(tenant, await freshCode(tenant, { audience: API, scope }));
    const refresh = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) };
    grant('client');
    grant('user');
    expect((await requestToken(tenant, machine)).status).toBe(200);
    open('deny_all', 'deny_all');
    for (const fields of [refresh, owner, machine]) {
      const { status, body } = await requestToken(tenant, fields as Record<string, string>);
      expect([status, body.error]).toEqual([403, 'access_denied']);
    }
    const { url } = await logIn(tenant, new Browser(), { audience: API, scope });
    expect(url.searchParams.get('error')).toBe('access_denied');
    expect(tenant.actions.runs).toHaveLength(1);
  });

  it('that requires a client grant gives only the scopes of the grant', async () => {
    open('require_client_grant', 'require_client_grant');
    grant('client');
    const without = await logIn(tenant, new Browser(), { audience: API, scope });
    expect(without.url.searchParams.get('error')).toBe('access_denied');
    expect((await requestToken(tenant, owner)).status).toBe(403);
    grant('user');
    const { body } = await exchange(tenant, await freshCode(tenant, { audience: API, scope }));
    const refresh = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) };
    for (const answer of [body, (await requestToken(tenant, owner)).body, (await requestToken(tenant, refresh)).body]) {
      expect(answer.scope).toBe('openid offline_access read:orders');
      expect(payloadOf(answer.access_token).scope).toBe('openid offline_access read:orders');
    }
  });
});

describe('userinfo', () => {
  it('refuses forged tokens, other kinds of tokens, and a missing token', async () => {
    const audience = [API, `${tenant.issuer}userinfo`];
    const code = await freshCode(tenant, { audience: API, scope: 'openid offline_access' });
    const { body } = await exchange(tenant, code);
    expect((await userinfo(tenant, String(body.access_token))).status).toBe(200);
    const tokens = [
      ...(await forgeries(audience, String(body.access_token))).map(([, token]) => token),
      String(body.id_token),
      String(body.refresh_token),
      code,
    ];
    for (const token of tokens) {
      const response = await userinfo(tenant, token);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
    }
    const { key, kid } = await currentKey();
    const unknown = await new SignJWT(claims(audience)).setProtectedHeader({ alg: 'RS256', kid }).sign(key);
    expect((await userinfo(tenant, unknown)).status).toBe(401);
    expect((await fetch(new URL('userinfo', tenant.issuer))).status).toBe(401);
    expect((await fetch(new URL(`userinfo?access_token=${unknown}`, tenant.issuer))).status).toBe(401);
  });

  it('accepts a token in the query, as passport-auth0 sends it, and does not log it', async () => {
    const { body } = await exchange(tenant, await freshCode(tenant));
    const answer = await fetch(new URL(`userinfo?access_token=${body.access_token}`, tenant.issuer));
    expect(await answer.json()).toMatchObject({ sub: 'auth0|ada' });
    const logged = JSON.stringify(tenant.store.logs.list({}, { page: 0, perPage: 100 }).rows);
    expect(logged).not.toContain(String(body.access_token));
  });

  it('requires openid and a user who exists and is not blocked', async () => {
    const without = await exchange(tenant, await freshCode(tenant, { scope: 'email' }));
    expect((await userinfo(tenant, String(without.body.access_token))).status).toBe(401);
    for (const audience of ['', API]) {
      const { body } = await exchange(tenant, await freshCode(tenant, { audience }));
      const ask = async () => (await userinfo(tenant, String(body.access_token))).status;
      const user = tenant.store.users.find('auth0|ada');
      if (user === undefined) throw new Error('no user');
      expect(await ask()).toBe(200);
      tenant.store.users.update({ ...user, blocked: true });
      expect(await ask()).toBe(401);
      tenant.store.users.update({ ...user, blocked: false });
    }
  });

  it('refuses a token whose grant has ended', async () => {
    const code = await freshCode(tenant, { audience: API, scope: 'openid' });
    const { body } = await exchange(tenant, code);
    expect((await userinfo(tenant, String(body.access_token))).status).toBe(200);
    await exchange(tenant, code);
    expect((await userinfo(tenant, String(body.access_token))).status).toBe(401);
  });

  it('accepts a token in a form, and answers pages of other origins', async () => {
    tenant.actions.onRun = () => continueOutcome({ idTokenClaims: { 'https://x/y': 1 } });
    const { body } = await exchange(tenant, await freshCode(tenant, { scope: 'openid profile' }));
    const response = await fetch(new URL('userinfo', tenant.issuer), {
      method: 'POST',
      body: new URLSearchParams({ access_token: String(body.access_token) }),
    });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toMatchObject({ sub: 'auth0|ada', nickname: 'ada', 'https://x/y': 1 });
  });
});

describe('the documents', () => {
  it('have the content of Auth0’s documents', async () => {
    const document = await (await fetch(new URL('.well-known/openid-configuration', tenant.issuer))).json();
    expect(document).toMatchObject({
      issuer: tenant.issuer,
      authorization_endpoint: `${tenant.issuer}authorize`,
      token_endpoint: `${tenant.issuer}oauth/token`,
      jwks_uri: `${tenant.issuer}.well-known/jwks.json`,
      end_session_endpoint: `${tenant.issuer}oidc/logout`,
    });
    expect(Object.keys(document as object).slice(0, 4)).toEqual([
      'issuer',
      'authorization_endpoint',
      'token_endpoint',
      'userinfo_endpoint',
    ]);
    const { keys } = (await (await fetch(new URL('.well-known/jwks.json', tenant.issuer))).json()) as {
      keys: Record<string, unknown>[];
    };
    expect(keys).toHaveLength(2);
    for (const key of keys) {
      expect(Object.keys(key)).toEqual(['kty', 'use', 'n', 'e', 'kid', 'x5t', 'x5c', 'alg']);
      expect(JSON.stringify(key)).not.toContain('"d"');
    }
  });
});
