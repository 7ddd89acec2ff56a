import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../src/problem/problem.ts';
import type { ActionInput } from '../../src/tenant/actions/library/action-lifecycle.ts';
import { handler, type TenantWithActions, tenantWithActions } from './tenant-with-actions.ts';

let tenant: TenantWithActions;
beforeAll(async () => {
  tenant = await tenantWithActions();
});
afterAll(() => tenant.close());

let count = 0;
function input(more: Partial<ActionInput>): ActionInput {
  count += 1;
  return { name: `draft ${count}`, supported_triggers: [{ id: 'post-login', version: 'v3' }], ...more };
}

async function refusal(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  return 'taken';
}

describe('a test of a draft', () => {
  test('runs it against the given event, without its effects', async () => {
    const { lifecycle } = tenant.engine;
    const { id } = await lifecycle.create(
      input({ code: handler(`api.user.setAppMetadata('x', event.user.email.length)`) }),
    );
    await tenant.engine.ready();
    const good = await lifecycle.test(id, { event: { tenant: { id: 'dev' }, user: { email: 'a@b.test' } } });
    expect(good).toEqual({
      stats: expect.objectContaining({ action_duration_ms: expect.any(Number), boot_duration_ms: expect.any(Number) }),
    });
    expect(Object.keys(good.stats as object)).toHaveLength(7);
    const bad = await lifecycle.test(id, { event: { tenant: { id: 'dev' }, user: {} } });
    expect(bad.error).toEqual({
      name: 'TypeError',
      message: "Cannot read properties of undefined (reading 'length')",
      stack: expect.stringContaining('action.js:'),
    });
    expect(tenant.store.users.find('auth0|1')?.app_metadata).toEqual({ plan: 'gold' });
    expect(await refusal(() => lifecycle.test(id, {}))).toBe('invalid');
    expect(await refusal(() => lifecycle.test('unknown', {}))).toBe('not_found');
  });

  test.each([
    ['credentials-exchange', 'onExecuteCredentialsExchange'],
    ['pre-user-registration', 'onExecutePreUserRegistration'],
    ['post-user-registration', 'onExecutePostUserRegistration'],
    ['post-change-password', 'onExecutePostChangePassword'],
  ])('runs the handler of %s', async (trigger, name) => {
    const { lifecycle } = tenant.engine;
    const code = `exports.${name} = async (event, api) => { throw new Error(event.said + Object.keys(api)); };`;
    const { id } = await lifecycle.create(input({ code, supported_triggers: [{ id: trigger, version: 'v2' }] }));
    await tenant.engine.ready();
    const { error } = await lifecycle.test(id, { event: { tenant: { id: 'dev' }, said: 'here: ' } });
    expect(error).toMatchObject({ message: expect.stringMatching(/^here: .*cache/) });
  });

  test('refuses drafts of triggers that do not run here', async () => {
    const { lifecycle } = tenant.engine;
    const { id } = await lifecycle.create(
      input({ code: '', supported_triggers: [{ id: 'send-phone-message', version: 'v2' }] }),
    );
    await tenant.engine.ready();
    expect(await refusal(() => lifecycle.test(id, { event: { tenant: { id: 'dev' } } }))).toBe('invalid');
  });
});
