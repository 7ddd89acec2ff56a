import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { ManagementClient } from 'auth0';
import { SignJWT } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createHttpBrowser } from '../../src/testing/http-browser.ts';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { makeRelyingParty, type RelyingParty, throughLoginPage } from '../sign-in-with-openid-client.ts';

const person = { username: 'ann@example.com', password: 'Correct-horse-9' };
const redirectUri = 'http://localhost:4040/callback';
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

let local: LocalTenant;
let party: RelyingParty;
let credential: string;
let kid: string;
let apiIdentifier: string;

beforeAll(async () => {
  local = await startLocalTenant();
  const { management } = local;
  party = await makeRelyingParty(local, { redirectUri }, person);
  const created = await management.clients.credentials.create(party.clientId, { credential_type: 'public_key', pem });
  credential = created.id ?? '';
  kid = created.kid ?? '';
  await management.clients.update(party.clientId, {
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    client_authentication_methods: { private_key_jwt: { credentials: [{ id: credential }] } },
  });
  apiIdentifier = local.tenant.management.audience;
  await management.clientGrants.create({ client_id: party.clientId, audience: apiIdentifier, scope: ['read:roles'] });
});
afterAll(() => local.tenant.close());

interface Assertion {
  readonly issuer?: string;
  readonly subject?: string;
  readonly audience?: string;
  readonly expires?: string;
  readonly jti?: string;
  readonly alg?: string;
  readonly key?: typeof pair.privateKey | Uint8Array;
}

function assertion(of: Assertion = {}): Promise<string> {
  return new SignJWT({ jti: of.jti ?? randomUUID() })
    .setProtectedHeader({ alg: of.alg ?? 'RS256', kid })
    .setIssuer(of.issuer ?? party.clientId)
    .setSubject(of.subject ?? party.clientId)
    .setAudience(of.audience ?? local.tenant.url)
    .setIssuedAt()
    .setExpirationTime(of.expires ?? '1m')
    .sign(of.key ?? pair.privateKey);
}

async function exchange(parameters: Record<string, string>) {
  const answer = await fetch(`${local.tenant.url}oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', audience: apiIdentifier, ...parameters }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
const withAssertion = async (of: Assertion = {}) =>
  exchange({ client_assertion: await assertion(of), client_assertion_type: assertionType });

describe('an application that authenticates with a key', () => {
  it('manages the tenant through the official package', async () => {
    const management = new ManagementClient({
      domain: local.tenant.domain,
      clientId: party.clientId,
      clientAssertionSigningKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      telemetry: false,
    });
    expect((await management.roles.list()).data).toEqual([]);
    await expect(management.users.list()).rejects.toMatchObject({ statusCode: 403 });
  });

  it('signs users in with a certified client, renews and revokes', async () => {
    const imported = await crypto.subtle.importKey(
      'pkcs8',
      pair.privateKey.export({ type: 'pkcs8', format: 'der' }),
      { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
      false,
      ['sign'],
    );
    const proof = client.PrivateKeyJwt({ key: imported, kid });
    const configuration = await client.discovery(new URL(party.issuer), party.clientId, undefined, proof);
    const metadata = configuration.serverMetadata();
    expect(metadata.token_endpoint_auth_methods_supported).toContain('private_key_jwt');
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const start = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: 'openid offline_access',
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    });
    const callback = await throughLoginPage(createHttpBrowser(), start, redirectUri, person);
    const tokens = await client.authorizationCodeGrant(configuration, callback, { pkceCodeVerifier });
    const renewed = await client.refreshTokenGrant(configuration, tokens.refresh_token ?? '');
    expect(renewed.claims()?.sub).toBe(tokens.claims()?.sub);
    await client.tokenRevocation(configuration, renewed.refresh_token ?? tokens.refresh_token ?? '');
    await expect(
      client.refreshTokenGrant(configuration, renewed.refresh_token ?? tokens.refresh_token ?? ''),
    ).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('can use an assertion once, and never again', async () => {
    const once = { jti: 'only-once' };
    expect((await withAssertion(once)).status).toBe(200);
    expect(await withAssertion(once)).toEqual({
      status: 401,
      body: { error: 'access_denied', error_description: 'Unauthorized' },
    });
  });

  it.each<[string, () => Assertion]>([
    ['of another key', () => ({ key: other.privateKey })],
    ['that has expired', () => ({ expires: '-2m' })],
    ['for the token endpoint of another tenant', () => ({ audience: 'https://other.example.com/' })],
    ['of another application', () => ({ issuer: local.tenant.management.clientId })],
    ['about another application', () => ({ subject: local.tenant.management.clientId })],
    ['signed with the public key as a secret', () => ({ alg: 'HS256', key: new TextEncoder().encode(pem) })],
    ['signed with an algorithm that the key is not for', () => ({ alg: 'PS256' })],
  ])('is refused with an assertion %s', async (_, of) => {
    expect((await withAssertion(of())).status).toBe(401);
  });

  it('is refused with an unsigned assertion', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const soon = Math.floor(Date.now() / 1000) + 60;
    const claims = { iss: party.clientId, sub: party.clientId, aud: local.tenant.url, exp: soon, jti: 'unsigned' };
    const client_assertion = `${part({ alg: 'none' })}.${part(claims)}.`;
    expect((await exchange({ client_assertion, client_assertion_type: assertionType })).status).toBe(401);
  });

  it('is refused with its former secret', async () => {
    const { clientId: client_id, clientSecret: client_secret } = party;
    expect((await exchange({ client_id, client_secret })).status).toBe(401);
    expect((await exchange({ client_id })).status).toBe(401);
  });

  it('is refused after its key has expired or was deleted, and still cannot use its secret', async () => {
    const { management } = local;
    const expiry = Date.now() + 3_600_000;
    await management.clients.credentials.update(party.clientId, credential, {
      expires_at: new Date(expiry).toISOString(),
    });
    expect((await withAssertion()).status).toBe(200);
    vi.useFakeTimers({ toFake: ['Date'], now: expiry + 1000 });
    try {
      expect((await withAssertion()).status).toBe(401);
    } finally {
      vi.useRealTimers();
    }
    const { clientId: client_id, clientSecret: client_secret } = party;
    expect((await exchange({ client_id, client_secret })).status).toBe(401);
  });
});
