import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ManagementClient } from 'auth0';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { serverCertificate } from '../../../src/tenant/server-certificate.ts';
import type { Tenant } from '../../../src/tenant/tenant.ts';
import { startLocalTenant } from '../../local-tenant.ts';
import { Browser } from './browser.ts';
import { payloadOf } from './login-steps.ts';

const email = 'ada@example.com';
const password = 'Correct-Horse-9';
const callback = 'https://shop.example/callback';

let tenant: Tenant;
let management: ManagementClient;
let application: Server;
let url: string;
let tokens: string[];
let status: number;
let clientId: string;
let clientSecret: string;
let userId: string;

beforeEach(async () => {
  ({ tenant, management } = await startLocalTenant());
  const certificate = await serverCertificate(inject('tenantKeys').certificateFolder ?? '');
  tokens = [];
  status = 200;
  application = createServer({ key: certificate.key, cert: certificate.certificate }, async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    tokens.push(new URLSearchParams(body).get('logout_token') ?? '');
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
  url = `https://localhost:${(application.address() as AddressInfo).port}/logout`;
  const client = await management.clients.create({ name: 'Shop', app_type: 'regular_web', callbacks: [callback] });
  clientId = client.client_id ?? '';
  clientSecret = client.client_secret ?? '';
  const [database] = (await management.connections.list({ strategy: ['auth0'] })).data;
  await management.connections.clients.update(database?.id ?? '', [{ client_id: clientId, status: true }]);
  const user = await management.users.create({
    connection: database?.name ?? '',
    email,
    password,
    email_verified: true,
  });
  userId = user.user_id ?? '';
});
afterEach(async () => {
  await tenant.close();
  application.closeAllConnections();
  await new Promise((resolve) => application.close(resolve));
});

type Initiators = { mode: 'all' } | { mode: 'custom'; selected_initiators: ('rp-logout' | 'session-revoked')[] };

async function ask(backchannel_logout_initiators?: Initiators, address = url): Promise<void> {
  await management.clients.update(clientId, {
    oidc_logout: {
      backchannel_logout_urls: [address],
      ...(backchannel_logout_initiators && { backchannel_logout_initiators }),
    },
  });
}

/** Signs in on a domain. Returns the browser and the claims of the ID token. */
async function signIn(issuer: string): Promise<{ browser: Browser; claims: JWTPayload }> {
  const browser = new Browser();
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: callback,
  });
  const page = await browser.follow(new URL(`authorize?${query}`, issuer));
  const { url: end } = await browser.signIn(page.url, email, password);
  const answer = await fetch(new URL('oauth/token', issuer), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uri: callback,
      code: end.searchParams.get('code') ?? '',
    }),
  });
  const { id_token } = (await answer.json()) as { id_token: string };
  return { browser, claims: payloadOf(id_token) };
}

/** Repeats a check until it holds. How long that takes says nothing here: the test's own limit ends it. */
const eventually = <Result>(check: () => Result) => vi.waitFor(check, { timeout: 20_000, interval: 5 });
const logged = async (type: string) => (await management.logs.list({ search: `type:${type}` })).data;

describe('the application of a session that ends', () => {
  it.each(['url', 'loopbackUrl'] as const)(
    'receives a logout token of the domain that it signed in on: %s',
    async (domain) => {
      await ask();
      const issuer = tenant[domain];
      const { browser, claims } = await signIn(issuer);
      await browser.follow(new URL(`v2/logout?client_id=${clientId}`, issuer));
      await eventually(() => expect(tokens).toHaveLength(1));
      const keys = createRemoteJWKSet(new URL('.well-known/jwks.json', issuer));
      const { payload, protectedHeader } = await jwtVerify(tokens[0] ?? '', keys, {
        issuer,
        audience: clientId,
        typ: 'logout+jwt',
        algorithms: ['RS256'],
      });
      expect(payload).toEqual({
        iss: issuer,
        aud: clientId,
        sub: userId,
        sid: claims.sid,
        iat: expect.any(Number),
        exp: Number(payload.iat) + 120,
        jti: expect.any(String),
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      });
      expect(protectedHeader.kid).toEqual(expect.any(String));
      await eventually(async () =>
        expect(await logged('sslo')).toMatchObject([{ client_id: clientId, user_id: userId, user_name: email }]),
      );
    },
  );

  it('is notified of a revoked session only if its initiators have it', async () => {
    await ask();
    const first = await signIn(tenant.url);
    await management.sessions.delete(String(first.claims.sid));
    await ask({ mode: 'custom', selected_initiators: ['session-revoked'] });
    const second = await signIn(tenant.url);
    await second.browser.follow(new URL(`v2/logout?client_id=${clientId}`, tenant.url));
    const third = await signIn(tenant.url);
    await management.sessions.delete(String(third.claims.sid));
    await eventually(() => expect(tokens).toHaveLength(1));
    await ask({ mode: 'all' });
    const fourth = await signIn(tenant.url);
    await management.users.revokeAccess(userId, {});
    await eventually(() => expect(tokens).toHaveLength(2));
    expect(tokens.map((token) => payloadOf(token).sid)).toEqual([third.claims.sid, fourth.claims.sid]);
  });

  it('is in the log if it refuses the token, and the logout succeeds all the same', async () => {
    await ask();
    status = 400;
    const { browser } = await signIn(tenant.url);
    const { response } = await browser.follow(new URL(`v2/logout?client_id=${clientId}`, tenant.url));
    expect(response.status).toBe(200);
    await eventually(async () =>
      expect(await logged('fslo')).toMatchObject([{ client_id: clientId, description: `${url} answered with 400.` }]),
    );
    expect(tokens).toHaveLength(1);
  });

  it('is never contacted on another machine, without an address, or without a session', async () => {
    await ask(undefined, 'https://shop.example/logout');
    const { browser } = await signIn(tenant.url);
    await browser.follow(new URL(`v2/logout?client_id=${clientId}`, tenant.url));
    await ask();
    await new Browser().follow(new URL(`v2/logout?client_id=${clientId}`, tenant.url));
    // The next one is the only one.
    const { browser: next, claims } = await signIn(tenant.url);
    await next.follow(new URL(`v2/logout?client_id=${clientId}`, tenant.url));
    await eventually(() => expect(tokens).toHaveLength(1));
    expect(payloadOf(tokens[0]).sid).toBe(claims.sid);
    expect(await logged('fslo')).toEqual([]);
  });
});
