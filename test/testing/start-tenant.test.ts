import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Problem } from '../../src/problem/problem.ts';
import type { TenantSnapshot } from '../../src/testing/start-test-tenant.ts';
import { startTenant, type TestTenant } from '../../src/testing/start-test-tenant.ts';

const API = 'https://api.example.com';
const UNA = 'una@example.com';
const code = `exports.onExecutePostLogin = async (event, api) => {
  api.idToken.setCustomClaim('https://example.com/now', new Date().toISOString());
  api.accessToken.setCustomClaim('https://example.com/roles', event.authorization.roles);
  if (event.request.query.ask === 'mfa') api.multifactor.enable('any');
  if (event.request.query.ask === 'deny') api.access.deny('not today');
  if (event.request.query.ask === 'redirect') api.redirect.sendUserTo('https://terms.example.com/accept');
};
exports.onContinuePostLogin = async (event, api) => {
  if (event.request.query.accepted !== 'yes') api.access.deny('terms refused');
};`;

let tenant: TestTenant;
let clean: TenantSnapshot;
beforeAll(async () => {
  tenant = await startTenant({
    seed: {
      clients: [
        { name: 'Web', app_type: 'regular_web', callbacks: ['https://app.example.com/callback'] },
        { name: 'Spa', app_type: 'spa', token_endpoint_auth_method: 'none', callbacks: ['https://spa.example.com/'] },
        { name: 'Worker', app_type: 'non_interactive', grant_types: ['client_credentials'] },
      ],
      resourceServers: [{ identifier: API, name: 'API', allow_offline_access: true, scopes: [{ value: 'read:it' }] }],
      clientGrants: [{ client_id: 'Worker', audience: API, scope: ['read:it'] }],
      guardianFactors: [{ name: 'otp', enabled: true }],
      actions: [{ name: 'Stamp', code, deployed: true, supported_triggers: [{ id: 'post-login', version: 'v3' }] }],
      triggers: { 'post-login': [{ action_name: 'Stamp' }] },
    },
    users: [
      { email: UNA, password: 'Open-1-gate', roles: ['APEX User'], app_metadata: { plan: 'gold' } },
      { email: 'bob@example.com', password: 'Open-1-gate', email_verified: false, otp: 'JBSWY3DPEHPK3PXP' },
    ],
  });
  clean = await tenant.snapshot();
});
afterAll(() => tenant.stop());

describe('a login', () => {
  it('gives the claims, tokens and cookies of a real one, with the password and roles of the seed', async () => {
    const una = await tenant.signIn({ user: UNA, application: 'Web', audience: API });
    expect(una.denied).toBeUndefined();
    expect(una.claims).toMatchObject({ email: UNA, email_verified: true, iss: tenant.url });
    expect(una.accessTokenClaims?.['https://example.com/roles']).toEqual(['APEX User']);
    expect(una.cookies.map(({ name }) => name)).toContain('auth0');
    const answer = await fetch(new URL('userinfo', tenant.url), {
      headers: { authorization: `Bearer ${una.accessToken}` },
    });
    expect(await answer.json()).toMatchObject({ sub: una.claims.sub, email: UNA });
    const refreshed = await una.refresh();
    expect(refreshed.claims.sub).toBe(una.claims.sub);
  });

  it('signs in at an application without a secret', async () => {
    const una = await tenant.signIn({ user: UNA, application: 'Spa' });
    expect(una.claims.aud).toBe(
      (await tenant.management().clients.list()).data.find((one) => one.name === 'Spa')?.client_id,
    );
  });

  it('goes through two pages at a tenant that asks for the name first', async () => {
    await tenant.management().prompts.updateSettings({ identifier_first: true });
    try {
      const una = await tenant.signIn({ user: UNA });
      expect(una.claims.email).toBe(UNA);
      const wrong = await tenant.signIn({ user: UNA, password: 'guess' });
      expect(wrong.denied).toMatchObject({ error: 'wrong-email-credentials' });
    } finally {
      await tenant.management().prompts.updateSettings({ identifier_first: false });
    }
  });

  it('says why it was denied, and throws this reason if its tokens are read', async () => {
    const wrong = await tenant.signIn({ user: UNA, password: 'guess' });
    expect(wrong.denied).toMatchObject({ error: 'wrong-email-credentials' });
    const denied = await tenant.signIn({ user: UNA, parameters: { ask: 'deny' } });
    expect(denied.denied).toMatchObject({ error: 'access_denied', description: 'not today' });
    expect(() => denied.claims).toThrow(/access_denied. not today/);
    expect(() => denied.accessToken).toThrow(Problem);
  });

  it('answers an Action that sends the user elsewhere', async () => {
    const visited: string[] = [];
    const accept = (accepted: string) => (url: URL) => {
      visited.push(url.host);
      return { accepted };
    };
    const parameters = { ask: 'redirect' };
    const una = await tenant.signIn({ user: UNA, parameters, continueWith: accept('yes') });
    expect(una.claims.email).toBe(UNA);
    const refused = await tenant.signIn({ user: UNA, parameters, continueWith: accept('no') });
    expect(refused.denied?.description).toBe('terms refused');
    expect(visited).toEqual(['terms.example.com', 'terms.example.com']);
    expect((await tenant.signIn({ user: UNA, parameters })).denied).toMatchObject({ error: 'redirected' });
  });

  it('enrols an authenticator app, and answers with its codes, each of them once', async () => {
    const parameters = { ask: 'mfa' };
    const first = await tenant.signIn({ user: UNA, parameters });
    expect(first.claims.amr).toContain('mfa');
    const second = await tenant.signIn({ user: UNA, parameters });
    expect(second.denied).toBeUndefined();
    await tenant.clock.advance({ seconds: 60 });
    expect((await tenant.signIn({ user: UNA, parameters })).denied).toBeUndefined();
    expect((await tenant.signIn({ user: 'bob@example.com', parameters })).claims.amr).toContain('mfa');
    await tenant.restore(clean);
  });

  it('names an application that it does not know, and the one that was probably meant', async () => {
    const error = await tenant.signIn({ user: UNA, application: 'Wep' }).catch((reason: Problem) => reason);
    expect(error).toMatchObject({ code: 'application_unknown', remedy: 'Did you mean "Web"?' });
    await expect(tenant.signIn({ user: UNA, application: 'Worker' })).rejects.toMatchObject({
      code: 'sign_in_impossible',
      message: 'The application "Worker" has no callback that a user can be sent back to.',
    });
    await expect(tenant.signIn({ user: 'who@example.com' })).rejects.toMatchObject({ code: 'sign_in_impossible' });
  });
});

describe('the clock', () => {
  it('moves sessions, tokens and the Date of Actions, and nothing outside the tenant', async () => {
    const before = Date.now();
    const una = await tenant.signIn({ user: UNA });
    expect((await tenant.signIn({ user: una })).denied).toBeUndefined();
    await tenant.clock.advance({ days: 31 });
    expect(Date.now() - before).toBeLessThan(24 * 3600 * 1000);
    expect(tenant.clock.now().getTime() - before).toBeGreaterThan(30 * 24 * 3600 * 1000);
    expect((await tenant.signIn({ user: una })).denied?.error).toBe('login_required');
    const later = await tenant.signIn({ user: UNA });
    expect(Number(later.claims.iat) * 1000 - before).toBeGreaterThan(30 * 24 * 3600 * 1000);
    expect(Date.parse(String(later.claims['https://example.com/now'])) - before).toBeGreaterThan(30 * 24 * 3600 * 1000);
    const { data } = await tenant.management().logs.list();
    expect(Date.parse(String(data[0]?.date)) - before).toBeGreaterThan(30 * 24 * 3600 * 1000);
    await tenant.restore(clean);
    expect(Math.abs(tenant.clock.now().getTime() - Date.now())).toBeLessThan(3600 * 1000);
    expect((await tenant.signIn({ user: UNA })).denied).toBeUndefined();
  });

  it('is each tenant’s own, follows a fake Date of the test, and leaves no Date behind', async () => {
    const native = Date;
    const other = await startTenant();
    try {
      await other.clock.set('2031-05-06T07:08:09Z');
      expect(other.clock.now().getUTCFullYear()).toBe(2031);
      expect(other.clock.run(() => new Date()).getUTCFullYear()).toBe(2031);
      expect(tenant.clock.now().getUTCFullYear()).toBe(new native().getUTCFullYear());
      vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2040, 0, 1) });
      expect(tenant.clock.now().getUTCFullYear()).toBe(2040);
      await other.clock.advance({ days: 366 });
      expect(other.clock.now().getTime()).toBeGreaterThan(Date.UTC(2041, 0, 1));
      await expect(other.clock.advance({ days: Number.NaN })).rejects.toMatchObject({ code: 'clock_invalid' });
      await expect(other.clock.set('soon')).rejects.toMatchObject({ code: 'clock_invalid' });
    } finally {
      vi.useRealTimers();
      await other.stop();
    }
    expect(tenant.clock.now()).toBeInstanceOf(native);
  });

  it('is that of a server that began to listen inside run', async () => {
    const server = tenant.clock.run(() =>
      createServer((_, response) => response.end(String(Date.now()))).listen(0, '127.0.0.1'),
    );
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const timeOfServer = async () => Number(await (await fetch(`http://127.0.0.1:${port}/`)).text());
    expect(Math.abs((await timeOfServer()) - Date.now())).toBeLessThan(3600 * 1000);
    await tenant.clock.advance({ days: 31 });
    expect((await timeOfServer()) - Date.now()).toBeGreaterThan(30 * 24 * 3600 * 1000);
    await tenant.restore(clean);
    server.close();
  });
});

describe('a snapshot', () => {
  it('brings back the data, the history and the clock, and ends faults', async () => {
    const management = tenant.management();
    await tenant.signIn({ user: UNA });
    await management.users.create({
      connection: 'Username-Password-Authentication',
      email: 'new@example.com',
      password: 'Open-1-gate',
    });
    await tenant.fail('* /oauth/*', { status: 500, times: 9 });
    expect(tenant.logs().length).toBeGreaterThan(0);
    await tenant.restore(clean);
    expect(tenant.logs()).toEqual([]);
    expect(await management.users.listUsersByEmail({ email: 'new@example.com' })).toEqual([]);
    expect((await tenant.signIn({ user: UNA })).denied).toBeUndefined();
  });

  it('is refused by another tenant', async () => {
    const other = await startTenant();
    await expect(other.restore(clean)).rejects.toMatchObject({ code: 'snapshot_foreign' });
    await other.stop();
  });
});

describe('a fault', () => {
  it('a rate limit that never ends refuses what it concerns, and nothing waits for it', async () => {
    await using tenant = await startTenant({ users: [{ email: 'una@example.com', password: 'Open-1-gate' }] });
    // A change of applications, so that the next login reads them again.
    await tenant.management().clients.create({ name: 'Another', app_type: 'spa' });
    const headers = { 'x-ratelimit-reset': '0' };
    const fault = await tenant.fail('GET /api/v2/clients', { status: 429, headers, times: Number.MAX_SAFE_INTEGER });
    await expect(tenant.signIn({ user: 'una@example.com' })).rejects.toMatchObject({ code: 'tenant_refused' });
    fault.stop();
    expect((await tenant.signIn({ user: 'una@example.com' })).denied).toBeUndefined();
  });

  it('strikes the requests of its route as often as it says', async () => {
    const fault = await tenant.fail('GET /api/v2/roles/:id', { status: 429, times: 1 });
    const { data } = await tenant.management().roles.list();
    // The SDK repeats what is refused for the rate.
    expect((await tenant.management().roles.get(data[0]?.id ?? '')).name).toBe('APEX User');
    expect(fault.remaining).toBe(0);
    expect(tenant.requests().filter(({ status }) => status === 429)).toHaveLength(1);
    await tenant.restore(clean);
  });

  it('cuts a connection before or after the tenant does the work, answers garbage, or waits', async () => {
    const tokens = { grant_type: 'client_credentials', client_id: 'x' };
    const post = () => fetch(new URL('oauth/token', tenant.url), { method: 'POST', body: new URLSearchParams(tokens) });
    await tenant.fail('POST /oauth/token', { cut: 'before' });
    await expect(post()).rejects.toThrow();
    const before = tenant.logs().length;
    await tenant.fail('POST /oauth/token', { cut: 'after' });
    await expect(post()).rejects.toThrow();
    expect(tenant.logs().length).toBeGreaterThanOrEqual(before);
    await tenant.fail('POST /oauth/token', { garbage: true });
    await expect(post().then((answer) => answer.json())).rejects.toThrow(SyntaxError);
    const slow = await tenant.fail('POST /oauth/token', { slow: 1 });
    expect((await post()).status).toBe(401);
    expect(slow.remaining).toBe(0);
    const denied = await tenant.fail('POST /oauth/token', { status: 503 }).then(() => tenant.signIn({ user: UNA }));
    expect(denied.denied).toMatchObject({ error: 'token_endpoint_failed' });
    await tenant.restore(clean);
  });

  it('says what is wrong with it', async () => {
    for (const [route, fault] of [
      ['/oauth/token', { status: 500 }],
      ['POST oauth', { status: 500 }],
      ['POST /oauth/token', {}],
      ['POST /oauth/token', { status: 99 }],
      ['POST /oauth/token', { slow: -1 }],
      ['POST /oauth/token', { stats: 500 } as object],
    ] as const) {
      await expect(tenant.fail(route, fault)).rejects.toMatchObject({ code: 'fault_invalid' });
    }
  });
});

describe('the history', () => {
  it('names what one login did, also when others run beside it', async () => {
    const [una, denied] = await Promise.all([
      tenant.signIn({ user: UNA }),
      tenant.signIn({ user: UNA, parameters: { ask: 'deny' } }),
    ]);
    expect(tenant.logs(una).map(({ type }) => type)).toEqual(['s', 'seacft']);
    expect(tenant.logs(denied).map(({ type }) => type)).toEqual(['f']);
    expect(tenant.executions(una)).toHaveLength(1);
    expect(tenant.executions(denied)[0]?.results[0]?.calls).toContainEqual({
      method: 'access.deny',
      arguments: ['not today'],
    });
    await tenant.restore(clean);
  });

  it('has the mails that a tenant would send', async () => {
    const body = { client_id: tenant.env.AUTH0_CLIENT_ID, email: UNA, connection: 'Username-Password-Authentication' };
    await fetch(new URL('dbconnections/change_password', tenant.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(tenant.outbox.at(-1)).toMatchObject({ to: UNA });
    await tenant.restore(clean);
    expect(tenant.outbox).toEqual([]);
  });
});

it('a tenant that is disposed of leaves no port, and its process trusts it no longer', async () => {
  const url = await (async () => {
    await using other = await startTenant({ users: [{ email: UNA, password: 'Open-1-gate' }] });
    expect((await other.signIn({ user: UNA })).claims.email).toBe(UNA);
    return other.url;
  })();
  await expect(fetch(url)).rejects.toThrow();
});

it('a port that is taken is named', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await expect(startTenant({ port })).rejects.toMatchObject({ code: 'port_in_use' });
  server.close();
});
