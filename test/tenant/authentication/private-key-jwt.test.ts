import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import * as openid from 'openid-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/tenant/store/json-value.ts';
import type { ClientCredentialRecord } from '../../../src/tenant/store/records/applications/client-credential-repository.ts';
import { freshCode, payloadOf, requestToken } from './login-steps.ts';
import { CALLBACK, clientRecord, type RunningTenant, SECRET, startTenant } from './running-tenant.ts';

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const unauthorized = { status: 401, body: { error: 'access_denied', error_description: 'Unauthorized' } };
const first = generateKeyPairSync('rsa', { modulusLength: 2048 });
const second = generateKeyPairSync('rsa', { modulusLength: 2048 });

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
  keyed('keyed', [credential('cred_1', 'keyed', first.publicKey)]);
});
afterEach(() => tenant.close());

function credential(
  id: string,
  client_id: string,
  key: KeyObject,
  members: Partial<ClientCredentialRecord> = {},
): ClientCredentialRecord {
  const at = new Date().toISOString();
  const public_jwk = { ...key.export({ format: 'jwk' }) } as JsonObject;
  return {
    id,
    client_id,
    credential_type: 'public_key',
    kid: id,
    alg: 'RS256',
    created_at: at,
    updated_at: at,
    public_jwk,
    ...members,
  };
}

/** An application with these credentials, and a grant for the Management API. */
function keyed(
  client_id: string,
  credentials: ClientCredentialRecord[],
  named = credentials.map(({ id }) => ({ id })),
) {
  const other = { client_authentication_methods: { private_key_jwt: { credentials: named } } };
  tenant.store.clients.insert(clientRecord({ client_id, other }));
  for (const record of credentials) tenant.store.clientCredentials.insert(record);
  const database = tenant.store.connections.find('con_db');
  if (database === undefined) throw new Error('no database');
  tenant.store.connections.update({ ...database, enabled_clients: [...database.enabled_clients, client_id] });
  tenant.store.clientGrants.insert({
    id: `cgr_${client_id}`,
    client_id,
    audience: tenant.managementAudience,
    scope: ['read:users'],
    subject_type: 'client',
    other: {},
  });
}

async function assertion(
  claims: JWTPayload = {},
  { key = first.privateKey, alg = 'RS256', kid }: { key?: KeyObject | Uint8Array; alg?: string; kid?: string } = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const whole = {
    iss: 'keyed',
    sub: 'keyed',
    aud: tenant.issuer,
    iat: now,
    exp: now + 60,
    jti: randomUUID(),
    ...claims,
  };
  return new SignJWT(whole).setProtectedHeader({ alg, ...(kid === undefined ? {} : { kid }) }).sign(key);
}

const ask = (client_assertion: string, fields: Record<string, string> = {}) =>
  requestToken(tenant, {
    grant_type: 'client_credentials',
    audience: tenant.managementAudience,
    client_id: 'keyed',
    client_secret: '',
    client_assertion,
    client_assertion_type: TYPE,
    ...fields,
  });

describe('private_key_jwt', () => {
  it('works with openid-client, for a code and for client credentials', async () => {
    const key = await crypto.subtle.importKey(
      'pkcs8',
      first.privateKey.export({ format: 'der', type: 'pkcs8' }),
      { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
      false,
      ['sign'],
    );
    const config = await openid.discovery(new URL(tenant.issuer), 'keyed', undefined, openid.PrivateKeyJwt(key), {
      execute: [openid.allowInsecureRequests],
    });
    const machine = await openid.clientCredentialsGrant(config, { audience: tenant.managementAudience });
    expect(payloadOf(machine.access_token)).toMatchObject({ sub: 'keyed@clients', azp: 'keyed' });
    const code = await freshCode(tenant, { client_id: 'keyed', scope: 'openid offline_access' });
    const tokens = await openid.authorizationCodeGrant(config, new URL(`${CALLBACK}?code=${code}&state=rp-state`), {
      expectedState: 'rp-state',
    });
    const refresh = tokens.refresh_token ?? '';
    expect((await openid.refreshTokenGrant(config, refresh)).access_token).toBeDefined();
    await openid.tokenRevocation(config, refresh);
    await expect(openid.refreshTokenGrant(config, refresh)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('is announced in the discovery document', async () => {
    const document = await (await fetch(new URL('.well-known/openid-configuration', tenant.issuer))).json();
    expect(document).toMatchObject({
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['RS256', 'RS384', 'PS256'],
    });
  });

  it('accepts the issuer or the token endpoint as audience, with and without a client id', async () => {
    expect((await ask(await assertion())).status).toBe(200);
    expect((await ask(await assertion({ aud: `${tenant.issuer}oauth/token` }))).status).toBe(200);
    expect((await ask(await assertion(), { client_id: '' })).status).toBe(200);
  });

  it('accepts any credential that the application names, only with its own algorithm', async () => {
    keyed('two', [
      credential('cred_2', 'two', first.publicKey),
      credential('cred_3', 'two', second.publicKey, { alg: 'PS256' }),
    ]);
    const of = (options: Parameters<typeof assertion>[1]) => assertion({ iss: 'two', sub: 'two' }, options);
    const own = { client_id: 'two' };
    expect((await ask(await of({}), own)).status).toBe(200);
    expect((await ask(await of({ key: second.privateKey, alg: 'PS256', kid: 'cred_3' }), own)).status).toBe(200);
    expect(await ask(await of({ key: second.privateKey, alg: 'RS256' }), own)).toEqual(unauthorized);
    expect(await ask(await of({ key: first.privateKey, alg: 'RS384' }), own)).toEqual(unauthorized);
  });

  it('works once, even in parallel requests', async () => {
    const used = await assertion();
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(used)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await ask(used)).toEqual(unauthorized);
  });

  it.each([
    ['expired', { exp: Math.floor(Date.now() / 1000) - 120 }],
    ['without an expiry', { exp: undefined }],
    ['without an id', { jti: undefined }],
    ['for another audience', { aud: 'https://elsewhere.example/' }],
    ['for the Management API', { aud: 'https://localhost/api/v2/' }],
    ['of another issuer', { iss: 'web' }],
    ['of another application', { iss: 'web', sub: 'web' }],
    ['about another application', { sub: 'web' }],
    ['not valid yet', { nbf: Math.floor(Date.now() / 1000) + 600 }],
  ])('is refused %s', async (_what, claims) => {
    const { status, body } = await ask(await assertion(claims as JWTPayload));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body).not.toHaveProperty('access_token');
  });

  it('is refused if it is signed with another key, unsigned, or signed with public data', async () => {
    expect(await ask(await assertion({}, { key: second.privateKey }))).toEqual(unauthorized);
    const pem = new TextEncoder().encode(first.publicKey.export({ format: 'pem', type: 'spki' }) as string);
    expect(await ask(await assertion({}, { key: pem, alg: 'HS256' }))).toEqual(unauthorized);
    expect(await ask(await assertion({}, { key: new TextEncoder().encode(SECRET), alg: 'HS256' }))).toEqual(
      unauthorized,
    );
    const now = Math.floor(Date.now() / 1000);
    const bare = { iss: 'keyed', sub: 'keyed', aud: tenant.issuer, exp: now + 60, jti: 'x' };
    expect(await ask(new UnsecuredJWT(bare).encode())).toEqual(unauthorized);
    expect((await ask('rubbish')).status).toBe(400);
    expect((await ask(await assertion(), { client_assertion_type: 'rubbish' })).status).toBe(400);
  });

  it('excludes other methods: a secret, no authentication, or assertion and secret together', async () => {
    const machine = { grant_type: 'client_credentials', audience: tenant.managementAudience, client_id: 'keyed' };
    expect(await requestToken(tenant, machine)).toEqual(unauthorized);
    expect(await requestToken(tenant, { ...machine, client_secret: '' })).toEqual(unauthorized);
    expect(await ask(await assertion(), { client_secret: SECRET })).toEqual(unauthorized);
    expect(await ask(await assertion({ iss: 'web', sub: 'web' }), { client_id: 'web' })).toEqual(unauthorized);
    expect(await ask(await assertion({ iss: 'spa', sub: 'spa' }), { client_id: 'spa' })).toEqual(unauthorized);
  });

  it('stops if the credential has expired, was deleted, or is no longer named', async () => {
    const past = new Date(Date.now() - 1000).toISOString();
    keyed('late', [credential('cred_4', 'late', first.publicKey, { expires_at: past })]);
    keyed('unnamed', [credential('cred_5', 'unnamed', first.publicKey)], []);
    for (const id of ['late', 'unnamed']) {
      expect(await ask(await assertion({ iss: id, sub: id }), { client_id: id })).toEqual(unauthorized);
    }
    expect((await ask(await assertion())).status).toBe(200);
    tenant.store.clientCredentials.remove('keyed', 'cred_1');
    expect(await ask(await assertion())).toEqual(unauthorized);
  });

  it('authenticates a pushed request', async () => {
    tenant.store.settings.set('tenant_settings', { pushed_authorization_requests_supported: true });
    const push = async (fields: Record<string, string>) => {
      const parameters = { client_id: 'keyed', response_type: 'code', redirect_uri: CALLBACK, scope: 'openid' };
      const body = new URLSearchParams({ ...parameters, client_assertion_type: TYPE, ...fields });
      return (await fetch(new URL('oauth/par', tenant.issuer), { method: 'POST', body })).status;
    };
    expect(await push({ client_assertion: await assertion() })).toBe(201);
    expect(await push({ client_assertion: await assertion({}, { key: second.privateKey }) })).toBe(401);
  });

  it('keeps assertions out of the log', async () => {
    const loggedAssertion = await assertion();
    await ask(loggedAssertion);
    expect(JSON.stringify(tenant.logs)).not.toContain(loggedAssertion);
  });
});
