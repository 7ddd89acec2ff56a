import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  enrolAuthenticatorApp,
  enrolRecoveryCode,
  useOneTimePassword,
  useRecoveryCode,
} from '../../../src/tenant/factors/enrolment.ts';
import { enabledFactors } from '../../../src/tenant/factors/factor-settings.ts';
import { oneTimePassword, stepOf } from '../../../src/tenant/factors/one-time-password.ts';
import { isBrowserRemembered, rememberBrowser } from '../../../src/tenant/factors/remembered-browsers.ts';
import type { UserRecord } from '../../../src/tenant/store/records/users/user-row.ts';
import { database, goodPassword, type ManagementFixture, openManagement } from './management-fixture.ts';

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

let tenant: ManagementFixture;
let user: UserRecord;
let path: string;
beforeEach(async () => {
  tenant = await openManagement();
  const body = { connection: database, email: 'ada@example.com', password: goodPassword };
  const { body: made } = await tenant.call('POST', '/users', body);
  user = made;
  path = `/users/${encodeURIComponent(user.user_id)}`;
});
afterEach(() => tenant.close());

const methods = () => tenant.store.authenticationMethods.list(user.user_id);

describe('the factors of the tenant', () => {
  it('are all listed, and disabled until a request enables one', async () => {
    const before = await tenant.call('GET', '/guardian/factors');
    expect(before.body.map(({ name }: { name: string }) => name)).toEqual([
      'sms',
      'push-notification',
      'otp',
      'email',
      'duo',
      'webauthn-roaming',
      'webauthn-platform',
      'recovery-code',
    ]);
    expect(before.body.every(({ enabled }: { enabled: boolean }) => !enabled)).toBe(true);
    for (const name of ['otp', 'email', 'recovery-code']) {
      const set = await tenant.call('PUT', `/guardian/factors/${name}`, { enabled: true });
      expect(set).toMatchObject({ status: 200, body: { enabled: true } });
    }
    await tenant.call('PUT', '/guardian/factors/email', { enabled: false });
    expect([...enabledFactors(tenant.store)]).toEqual(['otp', 'recovery-code']);
    const { body } = await tenant.call('GET', '/guardian/factors');
    expect(body.filter(({ enabled }: { enabled: boolean }) => enabled)).toEqual([
      { name: 'otp', enabled: true, trial_expired: false },
      { name: 'recovery-code', enabled: true, trial_expired: false },
    ]);
  });

  it.each(['sms', 'push-notification', 'duo', 'webauthn-roaming', 'webauthn-platform'])(
    'are stored even if no page can ask for them: %s',
    async (name) => {
      for (const enabled of [true, false]) {
        const set = await tenant.call('PUT', `/guardian/factors/${name}`, { enabled });
        expect(set).toMatchObject({ status: 200, body: { enabled } });
        const { body } = await tenant.call('GET', '/guardian/factors');
        expect(body).toContainEqual({ name, enabled, trial_expired: false });
        // No login is asked for it.
        expect([...enabledFactors(tenant.store)]).not.toContain(name);
      }
    },
  );

  it('accept only whether they are enabled', async () => {
    for (const body of [{}, { enabled: 'yes' }, { enabled: true, more: 1 }]) {
      expect((await tenant.call('PUT', '/guardian/factors/otp', body)).status).toBe(400);
    }
    const unknown = await tenant.call('PUT', '/guardian/factors/smoke-signals', { enabled: true });
    expect(unknown).toMatchObject({ status: 400, body: { errorCode: 'invalid_uri' } });
  });
});

describe('an enrolment', () => {
  it('is listed with the user, found by its id, and deleted by it', async () => {
    expect((await tenant.call('GET', `${path}/enrollments`)).body).toEqual([]);
    const { id } = enrolAuthenticatorApp(tenant.store, user, secret, 1);
    enrolRecoveryCode(tenant.store, user, 'A'.repeat(24));
    const { body } = await tenant.call('GET', `${path}/enrollments`);
    const device = id.replace('totp|', '');
    expect(body).toEqual([
      {
        id: device,
        status: 'confirmed',
        auth_method: 'authenticator',
        enrolled_at: expect.any(String),
        last_auth: expect.any(String),
      },
    ]);
    const { auth_method: _, ...one } = body[0];
    expect((await tenant.call('GET', `/guardian/enrollments/${device}`)).body).toEqual(one);
    const reading = await tenant.call('GET', `/guardian/enrollments/${device}`, undefined, { scopes: ['read:users'] });
    expect(reading.status).toBe(403);
    expect((await tenant.call('DELETE', `/guardian/enrollments/${device}`)).status).toBe(204);
    expect(methods().map(({ type }) => type)).toEqual(['recovery-code']);
    const [latest] = tenant.store.logs.list({ type: 'gd_unenroll' }, { page: 0, perPage: 5 }).rows;
    expect(latest).toMatchObject({ user_id: user.user_id, details: { authenticator: { id, type: 'totp' } } });
    for (const method of ['GET', 'DELETE']) {
      expect((await tenant.call(method, `/guardian/enrollments/${device}`)).status).toBe(404);
    }
  });

  it('shows no secret data', async () => {
    enrolAuthenticatorApp(tenant.store, user, secret, 1);
    enrolRecoveryCode(tenant.store, user, 'A'.repeat(24));
    const { body } = await tenant.call('GET', `${path}/authentication-methods`);
    expect(body.map((method: object) => Object.keys(method).sort())).toEqual([
      ['confirmed', 'created_at', 'enrolled_at', 'id', 'last_auth_at', 'type'],
      ['confirmed', 'created_at', 'enrolled_at', 'id', 'type'],
    ]);
  });

  it('that an administrator creates from a secret accepts its codes, each once', async () => {
    await tenant.call('POST', `${path}/authentication-methods`, { type: 'totp', totp_secret: secret.toLowerCase() });
    const code = oneTimePassword(secret, stepOf(Date.now()));
    expect(useOneTimePassword(tenant.store, user, code)?.type).toBe('totp');
    expect(useOneTimePassword(tenant.store, user, code)).toBeUndefined();
  });

  it('in an app is deleted as an enrolment of the provider "google-authenticator"', async () => {
    enrolAuthenticatorApp(tenant.store, user, secret, 1);
    expect((await tenant.call('DELETE', `${path}/multifactor/duo`)).status).toBe(404);
    expect((await tenant.call('DELETE', `${path}/multifactor/google-authenticator`)).status).toBe(204);
    expect((await tenant.call('DELETE', `${path}/multifactor/google-authenticator`)).status).toBe(404);
    expect(methods()).toEqual([]);
  });
});

describe('a recovery code', () => {
  it('that is created again is valid for one login; the former one is not', async () => {
    expect((await tenant.call('POST', `${path}/recovery-code-regeneration`)).status).toBe(404);
    enrolAuthenticatorApp(tenant.store, user, secret, 1);
    enrolRecoveryCode(tenant.store, user, 'A'.repeat(24));
    const { body } = await tenant.call('POST', `${path}/recovery-code-regeneration`);
    expect(useRecoveryCode(tenant.store, user, 'A'.repeat(24))).toBeUndefined();
    expect(useRecoveryCode(tenant.store, user, body.recovery_code)?.type).toBe('recovery-code');
    expect(useRecoveryCode(tenant.store, user, body.recovery_code)).toBeUndefined();
    expect(JSON.stringify(tenant.store.logs.list({}, { page: 0, perPage: 50 }).rows)).not.toContain(body.recovery_code);
  });
});

describe('remembered browsers', () => {
  it('are forgotten for that user only', async () => {
    rememberBrowser(tenant.store, 'browser', user.user_id, 60);
    rememberBrowser(tenant.store, 'browser', 'auth0|other', 60);
    expect(isBrowserRemembered(tenant.store, 'browser', user.user_id)).toBe(true);
    const forget = await tenant.call('POST', `${path}/multifactor/actions/invalidate-remember-browser`);
    expect(forget.status).toBe(204);
    expect(isBrowserRemembered(tenant.store, 'browser', user.user_id)).toBe(false);
    expect(isBrowserRemembered(tenant.store, 'browser', 'auth0|other')).toBe(true);
  });
});
