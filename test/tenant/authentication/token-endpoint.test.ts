import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exchange, freshCode, logIn, payloadOf, requestToken } from './login-steps.ts';
import { API, CALLBACK, clientRecord, PASSWORD, type RunningTenant, SECRET, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.close());

const verifier = 'v'.repeat(50);
const challenge = createHash('sha256').update(verifier).digest('base64url');
const unauthorized = { status: 401, body: { error: 'access_denied', error_description: 'Unauthorized' } };

describe('the authorization code', () => {
  it('works once; reuse revokes everything that was issued from it', async () => {
    const code = await freshCode(tenant, { scope: 'openid offline_access' });
    const first = await exchange(tenant, code);
    expect(first.status).toBe(200);
    expect(await exchange(tenant, code)).toEqual({
      status: 403,
      body: { error: 'invalid_grant', error_description: 'Invalid authorization code' },
    });
    const refresh = { grant_type: 'refresh_token', refresh_token: String(first.body.refresh_token) };
    expect((await requestToken(tenant, refresh)).status).toBe(403);
    expect(tenant.logs.map((log) => log.type)).toEqual(['s', 'seacft', 'feacft', 'fertft']);
  });

  it('expires after at most ten minutes', async () => {
    const code = await freshCode(tenant);
    const stored = tenant.store.artifacts.find('AuthorizationCode', code);
    if (stored === undefined) throw new Error('no code');
    const now = Math.floor(Date.now() / 1000);
    expect(Number(stored.exp) - now).toBeLessThanOrEqual(600);
    tenant.store.artifacts.upsert('AuthorizationCode', code, { ...stored, exp: now - 1 }, now - 1);
    expect((await exchange(tenant, code)).body.error).toBe('invalid_grant');
  });

  it('works for one of several parallel requests', async () => {
    const code = await freshCode(tenant);
    const answers = await Promise.all(Array.from({ length: 6 }, () => exchange(tenant, code)));
    expect(answers.filter((answer) => answer.status === 200).length).toBeLessThanOrEqual(1);
  });

  it.each([
    ['S256', challenge],
    ['plain', verifier],
    ['', verifier],
  ])('requires the verifier of a %s challenge', async (code_challenge_method, code_challenge) => {
    const wrong = {
      status: 403,
      body: { error: 'invalid_grant', error_description: 'Failed to verify code verifier' },
    };
    const parameters = { code_challenge, code_challenge_method };
    expect(await exchange(tenant, await freshCode(tenant, parameters), { code_verifier: 'w'.repeat(50) })).toEqual(
      wrong,
    );
    expect(await exchange(tenant, await freshCode(tenant, parameters), { code_verifier: 'short' })).toEqual(wrong);
    expect(await exchange(tenant, await freshCode(tenant, parameters))).toEqual(wrong);
    const right = await exchange(tenant, await freshCode(tenant, parameters), { code_verifier: verifier });
    expect(right.status).toBe(200);
  });

  it('is refused with another callback, another application, a wrong secret or none', async () => {
    const code = await freshCode(tenant);
    expect((await exchange(tenant, code, { redirect_uri: 'http://localhost:9999/other' })).status).toBe(403);
    expect((await exchange(tenant, code, { client_id: 'other' })).status).toBe(403);
    expect(await exchange(tenant, code, { client_secret: 'wrong' })).toEqual(unauthorized);
    expect(await exchange(tenant, code, { client_secret: '' })).toEqual(unauthorized);
    expect(await exchange(tenant, code, { client_id: 'unknown' })).toEqual(unauthorized);
    expect((await exchange(tenant, 'no-such-code')).status).toBe(403);
    expect((await exchange(tenant, code)).status).toBe(200);
    expect(tenant.logs.filter((log) => log.type === 'feacft')).toHaveLength(6);
    expect(JSON.stringify(tenant.logs)).not.toContain(SECRET);
  });

  it('requires PKCE from an application without a secret', async () => {
    const { url } = await logIn(tenant, undefined, { client_id: 'spa' });
    expect(url.searchParams.get('error')).toBe('invalid_request');
    const code = await freshCode(tenant, {
      client_id: 'spa',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    const spa = { client_id: 'spa', client_secret: '', code_verifier: verifier };
    expect((await exchange(tenant, code, spa)).status).toBe(200);
  });
});

describe('credentials of an application', () => {
  it('are accepted in a form, in JSON and in a Basic header', async () => {
    const json = await fetch(new URL('oauth/token', tenant.issuer), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'authorization_code',
        client_id: 'web',
        client_secret: SECRET,
        code: await freshCode(tenant),
        redirect_uri: CALLBACK,
      }),
    });
    expect(json.status).toBe(200);
    const code = await freshCode(tenant);
    const header = (id: string, secret: string) => ({
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
    });
    const bare = { client_id: '', client_secret: '' };
    const ask = (fields: Record<string, string>, headers: Record<string, string>) =>
      requestToken(tenant, { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, ...fields }, headers);
    expect(await ask(bare, header('web', 'wrong'))).toEqual(unauthorized);
    expect(await ask(bare, { authorization: 'Basic !' })).toEqual(unauthorized);
    expect(await ask({}, header('web', 'wrong'))).toEqual(unauthorized);
    expect(await ask({}, header('other', SECRET))).toEqual(unauthorized);
    const good = await ask(bare, header('web', SECRET));
    expect(good.status).toBe(200);
    expect(Object.keys(good.body)).toEqual(['access_token', 'id_token', 'scope', 'expires_in', 'token_type']);
  });

  it('are not read from a header of another scheme', async () => {
    const fields = { grant_type: 'authorization_code', code: await freshCode(tenant), redirect_uri: CALLBACK };
    expect((await requestToken(tenant, fields, { authorization: 'Bearer an-old-token' })).status).toBe(200);
  });

  it('allow only the application’s grant types', async () => {
    const web = tenant.store.clients.find('web');
    if (web === undefined) throw new Error('no client');
    tenant.store.clients.update({ ...web, grant_types: ['authorization_code'] });
    const answer = await requestToken(tenant, {
      grant_type: 'client_credentials',
      audience: tenant.managementAudience,
    });
    expect(answer).toEqual({
      status: 403,
      body: {
        error: 'unauthorized_client',
        error_description: "Grant type 'client_credentials' not allowed for the client.",
        error_uri: 'https://auth0.com/docs/clients/client-grant-types',
      },
    });
    expect((await requestToken(tenant, { grant_type: 'nonsense' })).body.error).toBe('unsupported_grant_type');
    expect((await requestToken(tenant, { grant_type: '' })).body).toEqual({
      error: 'invalid_request',
      error_description: 'Missing required parameter: grant_type',
    });
    expect(await requestToken(tenant, { client_id: '', grant_type: 'authorization_code' })).toEqual(unauthorized);
  });
});

describe('client credentials', () => {
  it('give a token that the Management API accepts', async () => {
    const { status, body } = await requestToken(tenant, {
      grant_type: 'client_credentials',
      audience: tenant.managementAudience,
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      scope: 'read:users update:roles',
      expires_in: 86400,
      token_type: 'Bearer',
    });
    const payload = payloadOf(body.access_token);
    expect(payload).toEqual({
      iss: tenant.issuer,
      sub: 'web@clients',
      aud: tenant.managementAudience,
      iat: expect.any(Number),
      exp: expect.any(Number),
      scope: 'read:users update:roles',
      gty: 'client-credentials',
      azp: 'web',
    });
    expect(await tenant.authentication.verifyAccessToken(String(body.access_token))).toEqual({
      clientId: 'web',
      subject: 'web@clients',
      scopes: ['read:users', 'update:roles'],
    });
    expect(tenant.logs.at(-1)).toMatchObject({ type: 'seccft', client_id: 'web', audience: tenant.managementAudience });
  });

  it('are narrowed by the scope parameter, and refused beyond the client grant', async () => {
    const ask = (fields: Record<string, string>) =>
      requestToken(tenant, { grant_type: 'client_credentials', ...fields });
    const audience = tenant.managementAudience;
    expect((await ask({ audience, scope: 'read:users' })).body.scope).toBe('read:users');
    expect(await ask({ audience, scope: 'read:users delete:users' })).toEqual({
      status: 403,
      body: { error: 'access_denied', error_description: 'Client has not been granted scopes: delete:users' },
    });
    expect((await ask({ audience: API })).body.error_description).toBe(
      `Client "web" is not authorized to access resource server "${API}". You need to create a "client-grant" associated to this API.`,
    );
    expect((await ask({ audience: 'https://nowhere.example.com' })).body).toEqual({
      error: 'access_denied',
      error_description: 'Service not enabled within domain: https://nowhere.example.com',
    });
    expect(await ask({})).toMatchObject({ status: 403, body: { error: 'access_denied' } });
    expect(tenant.logs.filter((log) => log.type === 'feccft')).toHaveLength(4);
  });
});

describe('an API that enforces its policies', () => {
  it('gives a user the scopes of their permissions, as long as they have them', async () => {
    const api = tenant.store.resourceServers.findByIdentifier(API);
    if (api === undefined) throw new Error('no API');
    tenant.store.resourceServers.update({ ...api, enforce_policies: true, token_dialect: 'access_token_authz' });
    tenant.store.roles.insert({ id: 'rol_1', name: 'Reader', description: '' });
    tenant.store.roles.addPermissions('rol_1', [{ resource_server_identifier: API, permission_name: 'read:orders' }]);
    tenant.store.roles.assign('rol_1', ['auth0|ada']);
    const scope = 'openid offline_access read:orders write:orders';
    const { body } = await exchange(tenant, await freshCode(tenant, { audience: API, scope }));
    expect(body.scope).toBe('openid offline_access read:orders');
    expect(payloadOf(body.access_token).permissions).toEqual(['read:orders']);
    tenant.store.roles.unassign('rol_1', ['auth0|ada']);
    const refresh = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) };
    const later = await requestToken(tenant, refresh);
    expect(later.body.scope).toBe('openid offline_access');
    expect(payloadOf(later.body.access_token).permissions).toEqual([]);
  });
});

describe('pages of other origins', () => {
  it('may call only for an application that allows them', async () => {
    const ask = (origin: string, method: string) =>
      fetch(new URL('oauth/token', tenant.issuer), {
        method,
        headers: { origin, 'access-control-request-method': 'POST' },
        ...(method === 'POST' && { body: new URLSearchParams({ client_id: 'spa', grant_type: 'authorization_code' }) }),
      });
    expect((await ask('http://localhost:9999', 'OPTIONS')).headers.get('access-control-allow-origin')).toBeTruthy();
    const known = await ask('http://localhost:9999', 'POST');
    expect(known.headers.get('access-control-allow-origin')).toBe('http://localhost:9999');
    const foreign = await ask('https://evil.example.com', 'POST');
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    expect(foreign.status).toBe(400);
  });
});

describe('an application', () => {
  it('gets no token for itself without authentication', async () => {
    const audience = tenant.managementAudience;
    for (const [id, method, client_secret] of [
      ['public', 'none', SECRET],
      ['secretless', 'client_secret_post', ''],
    ] as const) {
      tenant.store.clients.insert(clientRecord({ client_id: id, token_endpoint_auth_method: method, client_secret }));
      tenant.store.clientGrants.insert({
        id: `cgr_${id}`,
        client_id: id,
        audience,
        scope: ['read:users'],
        subject_type: 'client',
        other: {},
      });
      for (const client_secret of ['', SECRET, 'x']) {
        const fields = { client_id: id, client_secret, grant_type: 'client_credentials', audience };
        const { status, body } = await requestToken(tenant, fields);
        expect(status).toBe(id === 'public' ? 403 : 401);
        expect(body.error).toBe(id === 'public' ? 'unauthorized_client' : 'access_denied');
      }
    }
  });

  it('of a third party cannot use the password grant', async () => {
    tenant.store.clients.insert(clientRecord({ client_id: 'third', is_first_party: false }));
    const grant = { grant_type: 'password', username: 'ada@example.com', password: PASSWORD };
    expect((await requestToken(tenant, { client_id: 'third', ...grant })).body.error).toBe('unauthorized_client');
    expect(tenant.actions.runs).toHaveLength(0);
  });

  it('gets no key-bound token, because the tenant would not check the key', async () => {
    const code = await freshCode(tenant);
    const headers = { dpop: 'not a proof' };
    const fields = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK };
    const { status, body } = await requestToken(tenant, fields, headers);
    expect(status).toBe(200);
    expect(body.token_type).toBe('Bearer');
  });
});
