import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putPolicy } from '../../src/deployment/put-policy.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { createHttpBrowser } from '../../src/testing/http-browser.ts';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { discover, type RelyingParty, signIn, throughLoginPage } from '../sign-in-with-openid-client.ts';

const REDIRECT_URI = 'http://localhost:4040/callback';
const CLAIM = 'https://apex.example.com/roles';
const policy: Policy = {
  applications: ['Guarded'],
  claim: CLAIM,
  landingPage: 'http://localhost:4040/refused',
  defaultRole: 'APEX User',
  organizationPrefix: 'ORG:',
  organizations: [],
  unverifiedEmail: 'refuse',
  onFailure: 'refuse',
};

describe('the gate if no browser can be redirected', () => {
  let local: LocalTenant;
  let guarded: RelyingParty;
  let other: RelyingParty;
  const person = { username: 'ann@example.com', password: 'Correct-horse-9' };
  let userId: string;
  const verify = (verified: boolean) => local.management.users.update(userId, { email_verified: verified });

  async function application(name: string): Promise<RelyingParty> {
    const { management, tenant } = local;
    const created = await management.clients.create({
      name,
      app_type: 'regular_web',
      callbacks: [REDIRECT_URI],
      allowed_logout_urls: ['http://localhost:4040/refused'],
      grant_types: ['authorization_code', 'refresh_token', 'password'],
    });
    const clientId = created.client_id ?? '';
    for await (const { id = '' } of await management.connections.list()) {
      await management.connections.clients.update(id, [{ client_id: clientId, status: true }]);
    }
    return { issuer: tenant.url, clientId, clientSecret: created.client_secret ?? '', redirectUri: REDIRECT_URI };
  }

  beforeAll(async () => {
    local = await startLocalTenant();
    guarded = await application('Guarded');
    other = await application('Other');
    await putPolicy(local.management, policy, { domain: local.tenant.domain, logoutOrigins: {} });
    const user = await local.management.users.create({
      connection: 'Username-Password-Authentication',
      email: person.username,
      email_verified: false,
      password: person.password,
    });
    userId = user.user_id ?? '';
  });
  afterAll(() => local.tenant.close());

  it('denies prompt=none at the callback, with a session of another application', async () => {
    await verify(false);
    const browser = createHttpBrowser();
    await signIn(other, person, browser);
    const configuration = await discover(guarded);
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: REDIRECT_URI,
      scope: 'openid',
      prompt: 'none',
      state: 'the-state',
    });
    const callback = await throughLoginPage(browser, url, REDIRECT_URI, person);
    expect(Object.fromEntries(callback.searchParams)).toMatchObject({ error: 'access_denied', state: 'the-state' });
    expect(callback.searchParams.has('code')).toBe(false);
  });

  it('denies a refresh when the policy refuses, and not before', async () => {
    await verify(true);
    const offline = { ...guarded, parameters: { scope: 'openid email offline_access' } };
    const tokens = await signIn(offline, person);
    expect(tokens.claims()?.[CLAIM]).toEqual(['APEX User']);
    const configuration = await discover(guarded);
    const refreshed = await client.refreshTokenGrant(configuration, tokens.refresh_token ?? '');
    expect(refreshed.claims()?.[CLAIM]).toEqual(['APEX User']);
    await verify(false);
    await expect(
      client.refreshTokenGrant(configuration, refreshed.refresh_token ?? tokens.refresh_token ?? ''),
    ).rejects.toMatchObject({ error: 'access_denied', status: 403 });
  });

  it('denies the password grant', async () => {
    await verify(false);
    const configuration = await discover(guarded);
    const grant = () => client.genericGrantRequest(configuration, 'password', { ...person, scope: 'openid email' });
    await expect(grant()).rejects.toMatchObject({ error: 'access_denied', status: 403 });
    await verify(true);
    expect((await grant()).claims()?.[CLAIM]).toEqual(['APEX User']);
  });

  it('leaves another application of the tenant alone', async () => {
    await verify(false);
    const tokens = await signIn(other, person);
    expect(tokens.claims()).toMatchObject({ email: person.username, email_verified: false });
    expect(tokens.claims()).not.toHaveProperty([CLAIM]);
  });
});
