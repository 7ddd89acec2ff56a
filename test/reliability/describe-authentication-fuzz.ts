import fc, { type Arbitrary } from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Tally } from './fuzz-tally.ts';
import { type FuzzedTenant, startFuzzedTenant } from './fuzzed-tenant.ts';
import { strange } from './spoilt-value.ts';

/** Requests of users and programs to the endpoints that need no Management API token. */
const endpoints = [
  'POST /oauth/token',
  'POST /oauth/revoke',
  'POST /oauth/par',
  'GET /authorize',
  'POST /authorize',
  'GET /userinfo',
  'POST /userinfo',
  'POST /dbconnections/signup',
  'POST /dbconnections/change_password',
  'POST /passwordless/start',
  'POST /oauth/device/code',
  'GET /continue',
  'POST /continue',
  'GET /v2/logout',
  'GET /oidc/logout',
  'POST /oidc/logout',
  'GET /u/login',
  'POST /u/login',
  'POST /u/login/identifier',
  'POST /u/login/password',
  'GET /u/signup',
  'POST /u/signup',
  'POST /u/signup/identifier',
  'GET /u/organization',
  'POST /u/organization',
  'GET /u/reset-password',
  'POST /u/reset-password',
  'GET /u/mfa-otp-challenge',
  'POST /u/mfa-otp-challenge',
  'POST /u/mfa-email-challenge',
  'POST /u/mfa-otp-enrollment-qr',
  'POST /u/mfa-login-options',
  'GET /authorize/resume',
  'GET /u/email-verification',
  'GET /.well-known/openid-configuration',
  'GET /.well-known/jwks.json',
  'GET /nothing-of-the-kind',
] as const;

const tally = new Tally();
let tenant: FuzzedTenant;

/**
 * Declares the test that sends generated requests to the Authentication API and the pages.
 *
 * @param seed repeats a run, except the ids that the tenant generates
 * @param seconds how long the run continues after each endpoint has had its first turn
 */
export function describeAuthenticationFuzz({
  seed,
  seconds,
}: {
  readonly seed: number;
  readonly seconds: number;
}): void {
  beforeAll(async () => {
    tenant = await startFuzzedTenant();
  });
  afterAll(async () => {
    tally.report('Authentication API and pages', seed);
    await tenant.close();
  });

  it(`answers any request (FUZZ_SEED=${seed})`, { timeout: seconds * 1000 + 600_000 }, async () => {
    const end = performance.now() + seconds * 1000;
    const failures: Record<string, string> = {};
    for (let round = 0; round === 0 || performance.now() < end; round += 1) {
      for (const [index, endpoint] of endpoints.entries()) {
        if (endpoint in failures || (round > 0 && performance.now() > end)) continue;
        const [method = '', path = ''] = endpoint.split(' ');
        const property = fc.asyncProperty(request(), async ({ fields, form, raw, cookie }) => {
          const { status, text, milliseconds } = await tenant.send(
            method,
            ...sent(method, path, fields, form, raw, cookie),
          );
          tally.count(endpoint, status, milliseconds);
          expect(status, text.slice(0, 300)).toBeLessThan(500);
        });
        const result = await fc.check(property, {
          seed: seed + round * 1000 + index,
          numRuns: 8,
        });
        if (result.failed) {
          failures[endpoint] =
            `${JSON.stringify(result.counterexample).slice(0, 1500)} → ${String(result.errorInstance).slice(0, 500)}`;
        }
      }
    }
    expect(failures).toEqual({});
    expect(await tenant.signIn()).toBe(200);
  });
}

interface Sent {
  readonly fields: Record<string, unknown>;
  readonly form: boolean;
  readonly raw: string | undefined;
  readonly cookie: string;
}

function request(): Arbitrary<Sent> {
  const { clientId, clientSecret, email } = tenant.keeper;
  const likely: Record<string, readonly string[]> = {
    client_id: [clientId, tenant.tenant.management.clientId],
    client_secret: [clientSecret, tenant.tenant.management.clientSecret],
    grant_type: [
      'client_credentials',
      'password',
      'authorization_code',
      'refresh_token',
      'http://auth0.com/oauth/grant-type/password-realm',
      'http://auth0.com/oauth/grant-type/mfa-otp',
      'http://auth0.com/oauth/grant-type/mfa-recovery-code',
      'urn:ietf:params:oauth:grant-type:token-exchange',
    ],
    audience: [tenant.tenant.management.audience, 'https://api-0.example/'],
    redirect_uri: ['http://localhost:9999/callback'],
    response_type: ['code', 'token', 'id_token', 'code id_token', 'none'],
    response_mode: ['query', 'fragment', 'form_post', 'web_message'],
    scope: ['openid', 'openid profile offline_access'],
    prompt: ['none', 'login', 'consent', 'select_account'],
    connection: ['Username-Password-Authentication', 'google-oauth2'],
    realm: ['Username-Password-Authentication'],
    organization: ['org-0'],
    email: [email],
    username: [email],
    password: ['Wrong-horse-1'],
    code_challenge_method: ['S256', 'plain'],
    screen_hint: ['signup'],
    returnTo: ['http://localhost:9999/bye', '//evil.example', 'javascript:alert(1)'],
    client_assertion_type: ['urn:ietf:params:oauth:client-assertion-type:jwt-bearer'],
    action: ['default'],
    ...Object.fromEntries(
      [
        'state',
        'nonce',
        'code',
        'code_verifier',
        'code_challenge',
        'refresh_token',
        'token',
        'client_assertion',
        'id_token_hint',
        'login_hint',
        'max_age',
        'request',
        'request_uri',
        'claims',
        'user_metadata',
        'ticket',
        'otp',
        'ui_locales',
      ].map((name) => [name, []]),
    ),
  };
  const values = Object.fromEntries(
    Object.entries(likely).map(([name, known]) => [
      name,
      known.length === 0
        ? fc.oneof(strange, fc.string())
        : fc.oneof({ arbitrary: fc.constantFrom(...known), weight: 6 }, strange),
    ]),
  );
  return fc.record({
    fields: fc.record(values, { requiredKeys: [] }),
    form: fc.boolean(),
    raw: fc.option(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('{"a":', '[', 'null', 'a=%', '%00=%ff')), {
      freq: 10,
      nil: undefined,
    }),
    cookie: fc.constantFrom('', 'auth0=x; auth0_compat=y', 'auth0=%00%ff', `a=${'x'.repeat(2000)}`),
  });
}

function sent(
  method: string,
  path: string,
  fields: Record<string, unknown>,
  form: boolean,
  raw: string | undefined,
  cookie: string,
): [path: string, init: RequestInit] {
  const pairs = Object.entries(fields).map(([name, value]): [string, string] => [
    name,
    (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed().slice(0, 3000),
  ]);
  const headers = { authorization: '', ...(cookie !== '' && { cookie }) };
  if (method === 'GET') {
    // The HTTP server itself answers a request whose headers exceed its limit.
    const query = raw === undefined ? String(new URLSearchParams(pairs)) : encodeURI(raw.toWellFormed());
    return [`${path}?${query.slice(0, 8000).replace(/%.?$/, '')}`, { headers }];
  }
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
  const body = raw ?? (form ? String(new URLSearchParams(pairs)) : JSON.stringify(fields));
  return [path, { headers: { ...headers, 'content-type': type }, body }];
}
