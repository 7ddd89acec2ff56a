import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer, request } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Authentication, createAuthentication } from '../../../src/tenant/authentication/authentication.ts';
import { issueServerCertificate } from '../../../src/tenant/certificate-authority.ts';
import { Browser } from './browser.ts';
import { authorizeUrl, logIn, payloadOf, requestToken } from './login-steps.ts';
import { API, type RunningTenant, redirectOutcome, SECRET, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
let second: { issuer: string; authentication: Authentication; server: Server };
const folder = mkdtempSync(join(tmpdir(), 'domains-'));

beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(async () => {
  second.authentication.close();
  await new Promise((resolve) => second.server.close(resolve));
  await tenant.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Another domain of the same tenant. */
async function addDomain(scheme: 'http' | 'https', customDomain?: string): Promise<void> {
  let authentication: Authentication | undefined;
  const handler = (req: never, res: never) => void authentication?.handle(req, res);
  const certificate = scheme === 'https' ? await issueServerCertificate(folder) : undefined;
  const server = certificate
    ? createHttpsServer({ key: certificate.key, cert: certificate.certificate }, handler as never)
    : createHttpServer({ keepAlive: false }, handler as never);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `${scheme}://localhost:${(server.address() as AddressInfo).port}/`;
  authentication = createAuthentication({
    store: tenant.store,
    log: tenant.log,
    postLogin: tenant.actions,
    issuer,
    managementAudience: tenant.managementAudience,
    ...(customDomain === undefined ? {} : { customDomain }),
    tenantName: 'test',
    cookieKeys: ['a-key-for-tests-that-is-long-enough'],
  });
  second = { issuer, authentication, server };
}

it('each domain issues under its own name, and accepts the tokens of the other', async () => {
  await addDomain('http', 'login.example.com');
  const other = { ...tenant, issuer: second.issuer };
  const { url } = await logIn(other, new Browser(), { audience: API });
  expect(tenant.actions.runs[0]).toMatchObject({
    customDomain: 'login.example.com',
    request: { hostname: new URL(second.issuer).host },
  });
  const { body } = await requestToken(other, {
    grant_type: 'authorization_code',
    code: url.searchParams.get('code') ?? '',
    redirect_uri: 'http://localhost:9999/callback',
  });
  expect(payloadOf(body.id_token).iss).toBe(second.issuer);
  expect(payloadOf(body.access_token)).toMatchObject({ iss: second.issuer, aud: [API, `${second.issuer}userinfo`] });
  const headers = { authorization: `Bearer ${body.access_token}` };
  expect((await fetch(new URL('userinfo', tenant.issuer), { headers })).status).toBe(200);

  const machine = await requestToken(other, { grant_type: 'client_credentials', audience: tenant.managementAudience });
  expect(payloadOf(machine.body.access_token).iss).toBe(second.issuer);
  for (const authentication of [tenant.authentication, second.authentication]) {
    const bearer = await authentication.verifyAccessToken(String(machine.body.access_token));
    expect(bearer.clientId).toBe('web');
  }
});

it('a login continues only on the domain on which it began', async () => {
  await addDomain('http');
  tenant.actions.onRun = () => redirectOutcome('https://forms.example.com/');
  const browser = new Browser();
  const { url } = await logIn(tenant, browser);
  const state = url.searchParams.get('state') ?? '';
  // All ports of a host share their cookies.
  expect((await browser.get(new URL(`continue?state=${state}`, second.issuer))).status).toBe(400);
  expect(tenant.actions.resumed).toHaveLength(0);
});

it('cookies over HTTPS are secure', async () => {
  await addDomain('https');
  const { pathname, search } = authorizeUrl(tenant);
  const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
    const { port } = new URL(second.issuer);
    request(
      { host: 'localhost', port, path: pathname + search, rejectUnauthorized: false, agent: false },
      (response) => {
        response.resume();
        resolve(response.headers);
      },
    )
      .on('error', reject)
      .end();
  });
  const cookies = headers['set-cookie'] as string[];
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) expect(cookie).toMatch(/; path=\/; .*samesite=none; secure; httponly/);
  expect(headers['strict-transport-security']).toBeUndefined();
  expect(JSON.stringify(headers)).not.toContain(SECRET);
});
