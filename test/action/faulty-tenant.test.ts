import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleAction } from '../../src/action/bundle.ts';
import { type DecisionLine, parseDecisionLine } from '../../src/action/decision-line.ts';
import { sealToken } from '../../src/action/sealed-token.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { trustCertificates } from '../../src/testing/trust-certificates.ts';
import {
  type Answer,
  type Answers,
  type Certificate,
  cutConnection,
  cutInTheMiddle,
  endlessBody,
  type FaultyTenant,
  goodToken,
  halfAnAnswer,
  json,
  late,
  makeCertificate,
  silence,
  startFaultyTenant,
  TOKEN,
  text,
} from './faulty-tenant.ts';
import { type Execution, type ExecutionResult, runAction } from './run-action.ts';
import { EMAIL, SECRET, sampleEvent } from './sample-event.ts';
import { CLAIM, samplePolicy, sampleSettings } from './sample-policy.ts';
import { createVirtualClock } from './virtual-clock.ts';

let certificate: Certificate;
let distrust: () => void;
const tenants: FaultyTenant[] = [];

beforeAll(async () => {
  certificate = await makeCertificate();
  distrust = trustCertificates(certificate.pem);
});
afterAll(async () => {
  distrust();
  await Promise.all(tenants.map((tenant) => tenant.close()));
});

interface Login extends Partial<Execution> {
  readonly policy?: Partial<Policy>;
  readonly answers?: Answers;
}

type Outcome = ExecutionResult & {
  readonly line: DecisionLine | undefined;
  readonly requests: FaultyTenant['requests'];
  /** Method and path of each request. */
  readonly sent: readonly string[];
};

/** Runs the Action once against a tenant of its own, and checks the invariants of every outcome. */
async function login({ policy, answers, ...execution }: Login = {}): Promise<Outcome> {
  const clock = createVirtualClock();
  const tenant = await startFaultyTenant(certificate, clock, answers);
  tenants.push(tenant);
  const settings = { ...sampleSettings, domain: tenant.domain };
  const { code } = await bundleAction({ ...samplePolicy, ...policy }, settings);
  const result = await runAction({ code, event: sampleEvent(), clock, cache: randomUUID(), ...execution });
  const line = parseDecisionLine(result.printed[0] ?? '');
  expect(result.thrown).toBeUndefined();
  // Auth0 ends an Action after 20 s without a message to the user; a user waits 4 s at most.
  expect(result.ms).toBeLessThanOrEqual(4000);
  expect(result.printed).toHaveLength(1);
  expect(result.printed[0]?.length).toBeLessThan(256);
  for (const secret of [EMAIL, SECRET, TOKEN]) expect(result.printed[0]).not.toContain(secret);
  const claims = result.calls.filter(([method]) => method.endsWith('setCustomClaim'));
  const refusals = result.calls.filter(([method]) => ['access.deny', 'redirect.sendUserTo'].includes(method));
  expect([claims.length, refusals.length]).toEqual(line?.decision === 'admit' ? [2, 0] : [0, 1]);
  expect(line?.calls).toBe(tenant.requests.length);
  const sent = tenant.requests.map(({ method, path }) => `${method} ${path}`);
  return { ...result, line, requests: tenant.requests, sent };
}

describe.concurrent('a role to assign, on a good day', () => {
  it('costs a token and the assignment, and is in the claim of both tokens', async () => {
    const { calls, line, requests, sent } = await login();
    expect(calls).toEqual([
      ['idToken.setCustomClaim', CLAIM, ['MEMBER']],
      ['accessToken.setCustomClaim', CLAIM, ['MEMBER']],
    ]);
    expect(line).toMatchObject({ decision: 'admit', reason: 'default_role', calls: 2, assigned: ['MEMBER'] });
    expect(sent).toEqual(['POST /oauth/token', 'POST /api/v2/roles/rol_member/users']);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      grant_type: 'client_credentials',
      client_id: 'machine-client',
      client_secret: SECRET,
      audience: expect.stringMatching(/^https:\/\/localhost:\d+\/api\/v2\/$/),
    });
    expect(requests[1]).toMatchObject({ authorization: `Bearer ${TOKEN}`, body: '{"users":["auth0|65f0"]}' });
  });

  it("assigns the organisation's role by the e-mail's domain, beside the roles held", async () => {
    const event = sampleEvent({ roles: ['AUDITOR'], user: { email: 'ann@water.example' } });
    const { calls, sent } = await login({ event });
    expect(sent).toContain('POST /api/v2/roles/rol_water/users');
    expect(calls[0]).toEqual(['idToken.setCustomClaim', CLAIM, ['AUDITOR', 'ORG:WATER']]);
  });

  it('uses the token of an earlier login', async () => {
    await login({ cache: 'shared' });
    const { line, sent } = await login({ cache: 'shared' });
    expect(line?.calls).toBe(2);
    expect(sent).toEqual(['GET /api/v2/roles/rol_member', 'POST /api/v2/roles/rol_member/users']);
  });

  it.each([
    ['too long for the cache', { access_token: 'x'.repeat(4097), expires_in: 86400 }],
    ['about to expire', { access_token: TOKEN, expires_in: 30 }],
    ['of unknown lifetime', { access_token: TOKEN }],
  ])('does not cache a token that is %s', async (_name, token) => {
    const { cached, line } = await login({ answers: { token: [json(200, token)] } });
    expect(cached).toEqual({});
    expect(line?.decision).toBe('admit');
  });

  it('works without a broken cache', async () => {
    expect((await login({ brokenCache: true })).line).toMatchObject({ decision: 'admit', calls: 2 });
  });

  it('leaves nothing in the cache that another Action can use', async () => {
    const { cached } = await login();
    const [value = '', ...others] = Object.values(cached);
    expect(others).toEqual([]);
    for (const text of [value, Buffer.from(value, 'base64').toString('latin1')]) {
      expect(text).not.toContain(TOKEN);
      expect(text).not.toContain(SECRET);
    }
    // Two logins never write the same value: equal values would reveal that the token is the same.
    expect(Object.values((await login()).cached)).not.toEqual([value]);
  });

  const sealed = sealToken('stale', { clientId: sampleSettings.clientId, clientSecret: SECRET });
  it.each([
    ['a text', 'bogus'],
    ['a token in clear', TOKEN.replace('token', 'other')],
    ['no text for a header', 'not\r\na token'],
    ['nothing', ''],
    [
      'a token sealed with another secret',
      sealToken('stale', { clientId: sampleSettings.clientId, clientSecret: 'x' }),
    ],
    ['a token sealed for another application', sealToken('stale', { clientId: 'other', clientSecret: SECRET })],
    ['a sealed token that was cut', sealed.slice(0, -4)],
    ['a sealed token that was altered', `${sealed.startsWith('A') ? 'B' : 'A'}${sealed.slice(1)}`],
    [
      'a sealed text that has no place in a header',
      sealToken('a\r\nb', { clientId: sampleSettings.clientId, clientSecret: SECRET }),
    ],
  ])("ignores another Action's entry in the cache: %s", async (_name, cached) => {
    const { line, requests } = await login({ cached });
    expect(line).toMatchObject({ decision: 'admit', calls: 2 });
    expect(requests[1]?.authorization).toBe(`Bearer ${TOKEN}`);
  });

  it.each([400, 401, 403])('fetches a new token if the cached one is answered with %i, once', async (status) => {
    const turnedAway = json(status, { statusCode: status });
    const { line, requests } = await login({ cached: sealed, answers: { role: [turnedAway] } });
    expect(line).toMatchObject({ decision: 'admit', calls: 3 });
    expect(requests.map(({ authorization }) => authorization)).toEqual(['Bearer stale', undefined, `Bearer ${TOKEN}`]);
    const again = await login({ cached: sealed, answers: { role: [turnedAway], assign: [turnedAway] } });
    expect(again.line).toMatchObject({ reason: 'assignment_failed', cause: `http_${status}`, calls: 3 });
  });

  it.each([400, 401, 403])('removes a token from the cache that was answered with %i', async (status) => {
    const { cached, line } = await login({ answers: { assign: [json(status, { statusCode: status })] } });
    expect(line).toMatchObject({ reason: 'assignment_failed', calls: 2 });
    expect(cached).toEqual({});
  });
});

describe.concurrent('a role whose name is not the policy’s any more', () => {
  const sealed = sealToken(TOKEN, { clientId: sampleSettings.clientId, clientSecret: SECRET });
  const renamed = json(200, { id: 'rol_member', name: 'Administrator', description: '' });
  const look = ['GET /api/v2/roles/rol_member'];

  it.each([
    ['another name', renamed, 'role_renamed'],
    ['the name in other letters', json(200, { name: 'Member' }), 'role_renamed'],
    ['no name', json(200, {}), 'role_renamed'],
    ['no role', json(404, { statusCode: 404 }), 'http_404'],
  ])('is not assigned: %s', async (_name, answer, cause) => {
    const { line, sent } = await login({ cached: sealed, answers: { role: [answer] } });
    expect(line).toMatchObject({ decision: 'refuse', reason: 'assignment_failed', cause, calls: 1 });
    expect(sent).toEqual(look);
  });

  it('is not assigned either if the policy lets users in without it', async () => {
    const { calls, line, sent } = await login({
      policy: { onFailure: 'admit' },
      cached: sealed,
      answers: { role: [renamed] },
    });
    expect(line).toMatchObject({ decision: 'admit', cause: 'role_renamed' });
    expect(calls).toEqual([
      ['idToken.setCustomClaim', CLAIM, []],
      ['accessToken.setCustomClaim', CLAIM, []],
    ]);
    expect(sent).toEqual(look);
  });

  it('is looked at with the request that a cached token saves, so that no login makes a third one', async () => {
    const fetching = await login({ answers: { role: [renamed] } });
    expect(fetching.sent).toEqual(['POST /oauth/token', 'POST /api/v2/roles/rol_member/users']);
    const event = sampleEvent({ roles: 'absent' });
    const reading = await login({ event, cached: sealed, answers: { role: [renamed] } });
    expect(reading.sent).toHaveLength(2);
    expect(reading.sent).not.toContain(look[0]);
  });

  it('is looked at in no login of a user who needs no role', async () => {
    const event = sampleEvent({ roles: ['MEMBER'] });
    const { line, sent } = await login({ event, cached: sealed, answers: { role: [renamed] } });
    expect(line).toMatchObject({ decision: 'admit', calls: 0 });
    expect(sent).toEqual([]);
  });
});

describe.concurrent('a bad moment that passes', () => {
  const fine = json(200, {});
  it.each([
    ['500', json(500, { statusCode: 500 })],
    ['503', text(503, '<html>')],
    ['429 without further headers', json(429, { statusCode: 429 })],
    ['garbage', text(200, '<html>Welcome to our proxy</html>')],
    ['a cut connection', cutConnection],
    ['an answer cut in the middle', cutInTheMiddle],
    ['an answer that is too large', endlessBody],
  ])('passes: %s', async (_name, fault) => {
    const assigning = await login({ answers: { assign: [fault, fine] } });
    expect(assigning.line).toMatchObject({ decision: 'admit', calls: 3 });
    const fetchingToken = await login({ answers: { token: [fault, goodToken] } });
    expect(fetchingToken.line).toMatchObject({ decision: 'admit', calls: 3 });
  });

  it('passes: no answer to the first request', async () => {
    const { line, ms } = await login({ answers: { assign: [silence, fine] } });
    expect(line).toMatchObject({ decision: 'admit', calls: 3 });
    expect(ms).toBeGreaterThan(1000);
  });

  // A date and a reset are whole seconds, and count from when they are read: far enough ahead for a whole second to remain.
  it.each([
    ['Retry-After in seconds', () => ({ 'retry-after': '1' })],
    ['Retry-After as a date', () => ({ 'retry-after': new Date(Date.now() + 3000).toUTCString() })],
    ['X-RateLimit-Reset', () => ({ 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3) })],
  ])('is waited for as long as the tenant asks: %s', async (_name, headers) => {
    const limited: Answer = (response, call) => json(429, { statusCode: 429 }, headers())(response, call);
    const { line, ms } = await login({ answers: { assign: [limited, fine] } });
    expect(line).toMatchObject({ decision: 'admit', calls: 3 });
    expect(ms).toBeGreaterThan(950);
  });
});

describe.concurrent('a bad day', () => {
  it.each([
    ['400', json(400, { statusCode: 400 }), 'http_400', 2],
    ['401', json(401, { statusCode: 401 }), 'http_401', 2],
    ['403', json(403, { statusCode: 403, errorCode: 'insufficient_scope' }), 'http_403', 2],
    ['404', json(404, { statusCode: 404 }), 'http_404', 2],
    ['a redirect elsewhere', json(307, {}, { location: 'https://localhost:1/' }), 'http_307', 2],
    ['429', json(429, { statusCode: 429 }), 'http_429', 5],
    ['429 for an hour', json(429, { statusCode: 429 }, { 'retry-after': '3600' }), 'http_429', 2],
    ['500', json(500, { statusCode: 500, message: EMAIL }), 'http_500', 5],
    ['garbage', text(200, '<html>'), 'bad_answer', 5],
    ['no JSON object', json(200, 'fine'), 'bad_answer', 5],
    ['nothing', silence, 'timeout', undefined],
    ['half an answer', halfAnAnswer, 'timeout', undefined],
    ['too late', late(2500, json(200, {})), 'timeout', undefined],
    ['a cut connection', cutConnection, 'network', 5],
    ['an answer without end', endlessBody, 'bad_answer', 5],
  ])('ends in a refusal with a landing page: %s', async (_name, fault, cause, calls) => {
    const { line, calls: done } = await login({ answers: { assign: [fault] } });
    expect(line).toMatchObject({ decision: 'refuse', reason: 'assignment_failed', cause });
    if (calls !== undefined) expect(line?.calls).toBe(calls);
    expect(done[0]?.[2]).toMatchObject({ query: { returnTo: expect.stringContaining('reason=assignment_failed') } });
  });

  it.each([
    ['401', json(401, { error: 'access_denied', error_description: 'Unauthorized' }), 'token_http_401'],
    ['403', json(403, { error: 'access_denied' }), 'token_http_403'],
    ['a malformed token', json(200, { access_token: 'a\nb', expires_in: 86400 }), 'token_bad_answer'],
    ['no token', json(200, {}), 'token_bad_answer'],
    ['nothing', silence, 'token_timeout'],
    ['garbage', text(200, 'fine'), 'token_bad_answer'],
  ])('without a token ends in a refusal, and the Management API is not called: %s', async (_name, fault, cause) => {
    const { line, sent } = await login({ answers: { token: [fault] } });
    expect(line).toMatchObject({ decision: 'refuse', reason: 'assignment_failed', cause });
    expect(sent).not.toContain('POST /api/v2/roles/rol_member/users');
  });

  it('without a listening tenant ends in a refusal', async () => {
    const { code } = await bundleAction(samplePolicy, { ...sampleSettings, domain: 'localhost:1' });
    const { printed, thrown, ms } = await runAction({
      code,
      event: sampleEvent(),
      clock: createVirtualClock(),
      cache: 'no-tenant',
    });
    expect(parseDecisionLine(printed[0] ?? '')).toMatchObject({ decision: 'refuse', cause: 'token_network' });
    expect(thrown).toBeUndefined();
    expect(ms).toBeLessThanOrEqual(4000);
  });

  it('admits without the role if the policy says so, with the roles held', async () => {
    const event = sampleEvent({ roles: ['AUDITOR'] });
    const answers = { assign: [json(403, { statusCode: 403 })] };
    const { calls, line } = await login({ event, answers, policy: { onFailure: 'admit' } });
    expect(calls[0]).toEqual(['idToken.setCustomClaim', CLAIM, ['AUDITOR']]);
    expect(line).toMatchObject({ decision: 'admit', reason: 'assignment_failed_admitted', cause: 'http_403' });
    expect(line).not.toHaveProperty('assigned');
  });

  it('does not affect a user who needs no role', async () => {
    const event = sampleEvent({ roles: ['MEMBER'] });
    const { line, sent } = await login({ event, answers: { token: [silence] } });
    expect(line).toMatchObject({ decision: 'admit', reason: 'default_role_holder', calls: 0 });
    expect(sent).toEqual([]);
  });
});

describe.concurrent('roles that the event does not carry', () => {
  const pageOf = (names: readonly string[], total: number) =>
    json(200, { roles: names.map((name) => ({ id: `rol_${name}`, name })), start: 0, limit: 100, total });

  it.each([
    ['absent', 'absent'],
    ['a text', 'MEMBER'],
    ['null', null],
    ['not texts', [{ name: 'MEMBER' }]],
  ])('are read: %s', async (_name, roles) => {
    const answers = { roles: [pageOf(['ORG:WATER'], 1)] };
    const { line, calls, sent } = await login({ event: sampleEvent({ roles }), answers });
    expect(sent).toEqual([
      'POST /oauth/token',
      'GET /api/v2/users/auth0%7C65f0/roles?per_page=100&page=0&include_totals=true',
    ]);
    expect(line).toMatchObject({ decision: 'admit', reason: 'organization_member', calls: 2 });
    expect(calls[0]?.[2]).toEqual(['ORG:WATER']);
  });

  it('are read to the last page', async () => {
    const answers = { roles: [pageOf(['A', 'B'], 3), pageOf(['ORG:WATER'], 3)] };
    const { calls } = await login({ event: sampleEvent({ roles: 'absent' }), answers });
    expect(calls[0]?.[2]).toEqual(['A', 'B', 'ORG:WATER']);
  });

  it('are read from the runtime if it has them, page by page', async () => {
    const effectiveRoles = [
      { roles: [{ id: 'rol_1', name: 'AUDITOR', type: 'tenant' }], next: 'more' },
      { roles: [{ id: 'rol_2', name: 'ORG:WATER', type: 'tenant' }] },
    ];
    const { calls, line } = await login({ event: sampleEvent({ roles: 'absent' }), effectiveRoles });
    expect(calls[0]?.[2]).toEqual(['AUDITOR', 'ORG:WATER']);
    expect(line?.calls).toBe(0);
  });

  it.each([
    ['throws', ['throw']],
    ['stays silent', ['hang']],
    ['answers something else', [{ roles: 'MEMBER' }]],
    ['fails on a later page', [{ roles: [], next: 'more' }, 'throw']],
    ['never ends', Array.from({ length: 100 }, () => ({ roles: [], next: 'more' }))],
  ])('are read from the Management API if the runtime %s', async (_name, effectiveRoles) => {
    const answers = { roles: [pageOf(['ORG:WATER'], 1)] };
    const { line } = await login({ event: sampleEvent({ roles: 'absent' }), effectiveRoles, answers });
    expect(line).toMatchObject({ decision: 'admit', reason: 'organization_member', calls: 2 });
  });

  it.each([
    ['403', json(403, { statusCode: 403 }), 'http_403'],
    ['an empty object', json(200, {}), 'bad_answer'],
    ['a list that ends too soon', pageOf([], 3), 'bad_answer'],
    ['roles without names', json(200, { roles: [{ id: 'rol_1' }], total: 1 }), 'bad_answer'],
    ['nothing', silence, 'timeout'],
    ['garbage', text(200, 'none'), 'bad_answer'],
  ])('are never treated as empty: %s', async (_name, fault, cause) => {
    const { line, sent } = await login({ event: sampleEvent({ roles: 'absent' }), answers: { roles: [fault] } });
    expect(line).toMatchObject({ decision: 'refuse', reason: 'roles_unknown', cause });
    expect(sent.some((request) => request.endsWith('/users'))).toBe(false);
  });

  it('are not read for a user who is refused anyway', async () => {
    const { line } = await login({ event: sampleEvent({ roles: 'absent', user: { email_verified: false } }) });
    expect(line).toMatchObject({ reason: 'unverified_email', calls: 0 });
  });

  it('share one budget with the assignment', async () => {
    const answers = { roles: [late(1300, pageOf([], 0))], assign: [silence] };
    const { line } = await login({ event: sampleEvent({ roles: 'absent' }), answers });
    expect(line).toMatchObject({ decision: 'refuse', reason: 'assignment_failed' });
    expect(line?.ms).toBeLessThanOrEqual(4000);
  });
});
