import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PostLoginOutcome } from '../../src/tenant/actions/run/login-transaction.ts';
import { claimAction, claimValue, handler, type TenantWithActions, tenantWithActions } from './tenant-with-actions.ts';

let tenant: TenantWithActions;
beforeAll(async () => {
  tenant = await tenantWithActions();
});
afterAll(() => tenant.close());

type Asked = Extract<PostLoginOutcome, { kind: 'factors' }>;

async function asked(...codes: string[]): Promise<Asked> {
  await tenant.bound(...codes);
  const outcome = await tenant.login();
  if (outcome.kind !== 'factors') throw new Error(`The login ended as ${JSON.stringify(outcome)}`);
  return outcome;
}

describe('an Action that asks for factors', () => {
  test.each([
    [`challengeWith({ type: 'otp' })`, [{ kind: 'challenge', factors: ['otp'], choose: false }]],
    [
      `challengeWith({ type: 'otp', options: { a: 1 } }, { additionalFactors: [{ type: 'email' }, { type: 'otp' }] })`,
      [{ kind: 'challenge', factors: ['otp', 'email'], choose: false }],
    ],
    [
      `challengeWithAny([{ type: 'email' }, { type: 'phone', options: { preferredMethod: 'sms' } }])`,
      [{ kind: 'challenge', factors: ['email', 'phone'], choose: true }],
    ],
    [`enrollWith({ type: 'otp' })`, [{ kind: 'enroll', factors: ['otp'], choose: false }]],
    [`enrollWithAny([{ type: 'otp' }])`, [{ kind: 'enroll', factors: ['otp'], choose: true }]],
    // Invalid factors are dropped; the login decides whether any other is left.
    [`challengeWithAny([null, 1, 'otp', {}, { type: 2 }])`, [{ kind: 'challenge', factors: [], choose: true }]],
    [`challengeWithAny({ type: 'otp' })`, [{ kind: 'challenge', factors: [], choose: true }]],
    [`challengeWith(undefined, null)`, [{ kind: 'challenge', factors: [], choose: false }]],
  ])('requests them after its code has run: %s', async (call, expected) => {
    const outcome = await asked(
      handler(`if (api.authentication.${call} !== undefined) throw new Error('answered');
        api.idToken.setCustomClaim('https://test/value', 1);`),
    );
    expect(outcome.asked).toEqual(expected);
    expect(outcome.suspended.remaining).toEqual([]);
    expect(outcome.suspended.effects.idTokenClaims).toEqual({ 'https://test/value': 1 });
    expect(tenant.store.executions.find(outcome.suspended.executionId)?.status).toBe('suspended');
  });

  test('has each of its requests answered, in order', async () => {
    const outcome = await asked(
      handler(`api.authentication.challengeWith({ type: 'otp' }); api.authentication.enrollWith({ type: 'otp' });`),
    );
    expect(outcome.asked.map(({ kind }) => kind)).toEqual(['challenge', 'enroll']);
  });

  test('does not run again; the next one continues, with the earlier effects and the original version', async () => {
    const [, , last] = await tenant.bound(
      handler(`api.transaction.setMetadata('seen', 1); api.user.setAppMetadata('seen', 1);
        api.authentication.challengeWith({ type: 'otp' });`),
      handler(`api.idToken.setCustomClaim('https://test/second', event.transaction.metadata.seen);`),
      claimAction(`event.authentication.methods.length`),
    );
    const outcome = (await tenant.login()) as Asked;
    // A deployment in between does not change half of a login.
    await tenant.engine.lifecycle.update(last?.id ?? '', { code: claimAction(`'another'`) });
    await tenant.engine.ready();
    tenant.engine.lifecycle.deploy(last?.id ?? '');
    const methods = [
      { name: 'pwd', timestamp: '2026-01-02T00:00:00.000Z' },
      { name: 'mfa', timestamp: '2026-01-02T00:00:01.000Z', type: 'otp' },
    ];
    const transaction = tenant.transaction({ authenticationMethods: methods });
    const end = await tenant.engine.postLogin.resume(transaction, outcome.suspended);
    expect(claimValue(end)).toBe(2);
    expect(end).toMatchObject({ effects: { idTokenClaims: { 'https://test/second': 1 } } });
    expect(tenant.results(end).map(({ handler: name }) => name)).toEqual(new Array(3).fill('onExecutePostLogin'));
    expect(tenant.store.users.find('auth0|1')?.app_metadata).toEqual({ plan: 'gold', seen: 1 });
    // And only once.
    expect(await tenant.engine.postLogin.resume(transaction, outcome.suspended)).toMatchObject({
      kind: 'error',
      message: 'This login has gone on already.',
    });
  });

  test('defers multifactor.enable to the end, regardless of later Actions', async () => {
    const first = await asked(
      handler(`api.multifactor.enable('any', { allowRememberBrowser: 1 });
        api.authentication.challengeWith({ type: 'email' });`),
      handler(`api.multifactor.enable('google-authenticator', { allowRememberBrowser: true });`),
    );
    expect(first.asked).toEqual([{ kind: 'challenge', factors: ['email'], choose: false }]);
    const second = (await tenant.engine.postLogin.resume(tenant.transaction(), first.suspended)) as Asked;
    expect(second.asked).toEqual([{ kind: 'require', factors: ['otp', 'recovery-code'], allowRememberBrowser: true }]);
    expect(second.suspended.executionId).toBe(first.suspended.executionId);
    const end = await tenant.engine.postLogin.resume(tenant.transaction(), second.suspended);
    expect(end.kind).toBe('continue');
    expect(tenant.store.executions.find(first.suspended.executionId)?.status).toBe('final');
  });

  test('fails if it throws, regardless of its requests', async () => {
    await tenant.bound(handler(`api.authentication.challengeWith({ type: 'otp' }); throw new Error('broken');`));
    expect(await tenant.login()).toMatchObject({ kind: 'error', message: 'broken' });
  });

  test('cannot request more than a run may return', async () => {
    await tenant.bound(
      handler(`for (let n = 0; n < 100000; n += 1) api.authentication.challengeWith({ type: 'x'.repeat(60) + n });`),
    );
    expect((await tenant.login()).kind).toBe('error');
  });
});
