import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enrolRecoveryCode } from '../../../src/tenant/factors/enrolment.ts';
import { payloadOf, requestToken } from './login-steps.ts';
import { API, clientRecord, PASSWORD } from './running-tenant.ts';
import { codeOfApp, type TenantWithFactors, tenantWithFactors } from './tenant-with-factors.ts';

const OTP = 'http://auth0.com/oauth/grant-type/mfa-otp';
const RECOVERY = 'http://auth0.com/oauth/grant-type/mfa-recovery-code';

let tenant: TenantWithFactors;
let secret: string;
beforeAll(async () => {
  tenant = await tenantWithFactors();
});
beforeEach(() => {
  tenant.reset();
  const { grant_types } = clientRecord({ client_id: 'web' });
  tenant.store.clients.update(clientRecord({ client_id: 'web', grant_types: [...grant_types, OTP, RECOVERY] }));
  tenant.enable('otp', 'recovery-code');
  secret = tenant.enrolApp();
});
afterAll(() => tenant.close());

const CHALLENGE = `api.authentication.challengeWith({ type: 'otp' }, { additionalFactors: [{ type: 'recovery-code' }] });`;
const TELL = `api.idToken.setCustomClaim('https://test/methods', event.authentication.methods.map(({ name, type }) => [name, type]));`;

const types = () => tenant.logs.map(({ type }) => type);

function withPassword(fields: Record<string, string> = {}) {
  return requestToken(tenant, {
    grant_type: 'password',
    username: 'ada@example.com',
    password: PASSWORD,
    scope: 'openid offline_access read:orders',
    audience: API,
    ...fields,
  });
}

async function mfaToken(): Promise<string> {
  const { status, body } = await withPassword();
  expect(status).toBe(403);
  expect(body).toEqual({
    error: 'mfa_required',
    error_description: 'Multifactor authentication required',
    mfa_token: expect.any(String),
  });
  return String(body.mfa_token);
}

const withOtp = (mfa_token: string, otp: string, fields: Record<string, string> = {}) =>
  requestToken(tenant, { grant_type: OTP, mfa_token, otp, ...fields });

describe('the mfa-otp grant', () => {
  it('continues with the next Action, and answers like the password grant', async () => {
    await tenant.bind(CHALLENGE, TELL);
    const { status, body } = await withOtp(await mfaToken(), codeOfApp(secret));
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', scope: 'openid offline_access read:orders' });
    const token = payloadOf(body.id_token);
    expect(token.amr).toEqual(['mfa']);
    expect(token['https://test/methods']).toEqual([
      ['pwd', null],
      ['mfa', 'otp'],
    ]);
    expect(payloadOf(body.access_token).aud).toContain(API);
    expect(types()).toEqual(['fepft', 'gd_auth_succeed', 'seotpft']);
    expect(tenant.logs.at(-1)).toMatchObject({ client_name: 'Application web', audience: API, user_id: 'auth0|ada' });
    // A refresh of the tokens still has the factor.
    const refreshed = await requestToken(tenant, {
      grant_type: 'refresh_token',
      refresh_token: String(body.refresh_token),
    });
    expect(refreshed.status).toBe(403);
    await tenant.bind(TELL);
    const again = await requestToken(tenant, {
      grant_type: 'refresh_token',
      refresh_token: String(body.refresh_token),
    });
    expect(payloadOf(again.body.id_token)['https://test/methods']).toEqual([
      ['pwd', null],
      ['mfa', 'otp'],
    ]);
  });

  it('accepts a token once, from its own application, for a requested factor', async () => {
    await tenant.bind(CHALLENGE);
    const token = await mfaToken();
    const malformed = { status: 403, body: { error: 'invalid_grant', error_description: 'Malformed mfa_token' } };
    expect(await withOtp('something', codeOfApp(secret))).toEqual(malformed);
    const other = clientRecord({ client_id: 'other', name: 'Other' });
    tenant.store.clients.update({ ...other, grant_types: [...other.grant_types, OTP] });
    expect(await withOtp(token, codeOfApp(secret), { client_id: 'other' })).toEqual(malformed);
    expect((await withOtp(token, codeOfApp(secret), { client_secret: 'wrong' })).status).toBe(401);
    expect((await withOtp(token, '')).body).toMatchObject({ error_description: 'Missing required parameter: otp' });
    expect((await withOtp(token, codeOfApp(secret))).status).toBe(200);
    expect(await withOtp(token, codeOfApp(secret, 1))).toEqual(malformed);

    await tenant.bind(`api.authentication.challengeWith({ type: 'recovery-code' });`);
    enrolRecoveryCode(tenant.store, ada(), 'A'.repeat(24));
    const recovery = await mfaToken();
    expect((await withOtp(recovery, codeOfApp(secret, 1))).body.error).toBe('invalid_grant');
    expect(JSON.stringify(tenant.logs)).not.toContain(recovery);
    expect(JSON.stringify(tenant.store.artifacts.listByAccount('MfaToken', 'auth0|ada'))).not.toContain(recovery);
  });

  it('asks for the next factor with a token of its own', async () => {
    await tenant.bind(`api.authentication.challengeWith({ type: 'otp' });`, CHALLENGE, TELL);
    enrolRecoveryCode(tenant.store, ada(), 'A'.repeat(24));
    const first = await withOtp(await mfaToken(), codeOfApp(secret));
    // A factor counts once, so the second Action asks for the other one.
    expect(first).toMatchObject({ status: 403, body: { error: 'mfa_required' } });
    const { status, body } = await requestToken(tenant, {
      grant_type: RECOVERY,
      mfa_token: String(first.body.mfa_token),
      recovery_code: 'A'.repeat(24),
    });
    expect(status).toBe(200);
    expect(payloadOf(body.id_token)['https://test/methods']).toEqual([
      ['pwd', null],
      ['mfa', 'otp'],
      ['mfa', 'recovery-code'],
    ]);
  });

  it('refuses wrong codes, and every code after ten', async () => {
    await tenant.bind(CHALLENGE);
    const token = await mfaToken();
    const wrong = () => String((Number(codeOfApp(secret)) + 500_000) % 1_000_000).padStart(6, '0');
    for (let tries = 1; tries <= 10; tries += 1) {
      expect(await withOtp(token, wrong())).toEqual({
        status: 403,
        body: { error: 'invalid_grant', error_description: 'Invalid otp_code.' },
      });
    }
    expect(await withOtp(token, codeOfApp(secret))).toMatchObject({
      status: 429,
      body: { error: 'too_many_attempts' },
    });
    expect(await withOtp(await mfaToken(), codeOfApp(secret))).toMatchObject({ status: 429 });
    expect(types()).toContain('gd_otp_rate_limit_exceed');
    expect(types()).toContain('feotpft');
  });

  it('refuses a user who was denied, blocked, deleted or given another password in the meantime', async () => {
    await tenant.bind(CHALLENGE, `api.access.deny('no');`);
    expect(await withOtp(await mfaToken(), codeOfApp(secret))).toEqual({
      status: 403,
      body: { error: 'access_denied', error_description: 'no' },
    });
    await tenant.bind(CHALLENGE);
    const tokens = [await mfaToken(), await mfaToken(), await mfaToken()];
    tenant.store.users.update({ ...ada(), blocked: true });
    expect((await withOtp(tokens[0] ?? '', codeOfApp(secret, 1))).body.error).toBe('unauthorized');
    tenant.store.users.update({ ...ada(), blocked: false, last_password_reset: new Date().toISOString() });
    expect((await withOtp(tokens[1] ?? '', codeOfApp(secret, 1))).body.error).toBe('invalid_grant');
    tenant.store.users.remove('auth0|ada');
    expect((await withOtp(tokens[2] ?? '', codeOfApp(secret, 1))).body.error).toBe('invalid_grant');
  });

  it('requires an application with the grant type', async () => {
    tenant.store.clients.update(clientRecord({ client_id: 'web' }));
    await tenant.bind(CHALLENGE);
    expect((await withOtp(await mfaToken(), codeOfApp(secret))).body).toMatchObject({ error: 'unauthorized_client' });
  });
});

describe('the mfa-recovery-code grant', () => {
  it('accepts the code once, and returns a new one with the tokens', async () => {
    await tenant.bind(`api.multifactor.enable('any');`);
    enrolRecoveryCode(tenant.store, ada(), 'A'.repeat(24));
    const use = async (recovery_code: string) =>
      requestToken(tenant, { grant_type: RECOVERY, mfa_token: await mfaToken(), recovery_code });
    expect((await use('B'.repeat(24))).body.error).toBe('invalid_grant');
    const { status, body } = await use('A'.repeat(24));
    expect(status).toBe(200);
    expect(body.recovery_code).toMatch(/^\w{24}$/);
    expect((await use('A'.repeat(24))).body.error).toBe('invalid_grant');
    expect((await use(String(body.recovery_code))).status).toBe(200);
    expect(types().filter((type) => type.endsWith('rcft'))).toEqual(['fercft', 'sercft', 'fercft', 'sercft']);
    expect(JSON.stringify(tenant.logs)).not.toContain(String(body.recovery_code));
  });
});

it('a password grant reports at once that a factor cannot be asked for', async () => {
  await tenant.bind(`api.authentication.challengeWith({ type: 'phone' });`);
  const { status, body } = await withPassword();
  expect(status).toBe(403);
  expect(body).toMatchObject({ error: 'access_denied', error_description: expect.stringContaining('not simulated') });
});

function ada() {
  const user = tenant.store.users.find('auth0|ada');
  if (user === undefined) throw new Error('Ada is gone.');
  return user;
}
