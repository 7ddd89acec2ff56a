import { afterEach, describe, expect, test } from 'vitest';
import { startMovableClock, untilRolesAreRequested } from './movable-clock.ts';
import { claimAction, claimValue, handler, type TenantWithActions, tenantWithActions } from './tenant-with-actions.ts';

let tenant: TenantWithActions;

afterEach(() => tenant.close());

const slow = (milliseconds: number) => handler(`await new Promise((done) => setTimeout(done, ${milliseconds}));`);

describe('processes of a version', () => {
  test('are shared up to a limit, then logins wait', async () => {
    tenant = await tenantWithActions({ poolSize: 2 });
    await tenant.bound(slow(50));
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => tenant.login()));
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(8).fill('continue'));
    expect(tenant.engine.sandboxPids()).toHaveLength(2);
  });

  test('have a limited queue: the next login fails as at Auth0’s concurrency limit', async () => {
    tenant = await tenantWithActions({ poolSize: 1, queueSize: 2 });
    await tenant.bound(slow(300));
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => tenant.login()));
    const failed = outcomes.filter(({ kind }) => kind === 'error');
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.length).toBeLessThan(6);
    for (const outcome of failed) expect(outcome).toMatchObject({ errorClass: 'rate_limited' });
    expect((await tenant.login()).kind).toBe('continue');
  });

  test('are not waited for longer than the Actions may take', async () => {
    tenant = await tenantWithActions({ poolSize: 1, timeoutMs: 120_000 });
    const clock = startMovableClock();
    await tenant.bound(handler('await api.roles.getUserEffectiveRoles();'));
    await tenant.engine.warm();
    const logins = Promise.all([tenant.login(), tenant.login(), tenant.login()]).finally(() => clock.stop());
    // The first login takes most of the time that the others have. No run takes longer than allowed.
    await untilRolesAreRequested(tenant);
    clock.move(100_000);
    await untilRolesAreRequested(tenant);
    clock.move(30_000);
    const outcomes = await logins;
    expect(outcomes.map((outcome) => (outcome.kind === 'error' ? outcome.errorClass : outcome.kind))).toEqual([
      'continue',
      'action_timeout',
      'rate_limited',
    ]);
  });

  test('end after an idle time, and start again when needed', async () => {
    tenant = await tenantWithActions({ idleMs: 200 });
    await tenant.bound(claimAction('1'));
    await tenant.login();
    expect(tenant.engine.sandboxPids()).toHaveLength(1);
    await expect.poll(() => tenant.engine.sandboxPids()).toEqual([]);
    const outcome = await tenant.login();
    expect(claimValue(outcome)).toBe(1);
    expect(tenant.results(outcome)[0]).toMatchObject({ cold: true, boot_duration_ms: expect.any(Number) });
  });

  test('that are busy when their version is replaced finish their runs', async () => {
    tenant = await tenantWithActions();
    const [action] = await tenant.bound(claimAction('(await new Promise((done) => setTimeout(done, 400)), "old")'));
    await tenant.engine.warm();
    const login = tenant.login();
    tenant.engine.lifecycle.deploy(action?.id ?? '');
    expect(claimValue(await login)).toBe('old');
  });

  test('serve logins that wait when their version is replaced, and then end', async () => {
    tenant = await tenantWithActions({ poolSize: 1 });
    const [action] = await tenant.bound(claimAction('(await new Promise((done) => setTimeout(done, 150)), "old")'));
    await tenant.engine.warm();
    const logins = Array.from({ length: 4 }, () => tenant.login());
    const before = tenant.engine.sandboxPids();
    await tenant.engine.lifecycle.update(action?.id ?? '', { code: claimAction('"new"') });
    await tenant.engine.ready();
    tenant.engine.lifecycle.deploy(action?.id ?? '');
    expect(claimValue(await tenant.login())).toBe('new');
    expect((await Promise.all(logins)).map(claimValue)).toEqual(['old', 'old', 'old', 'old']);
    await expect.poll(() => tenant.engine.sandboxPids().some((pid) => before.includes(pid))).toBe(false);
  });

  test('end when their Action is no longer bound', async () => {
    tenant = await tenantWithActions();
    await tenant.bound(claimAction('1'));
    await tenant.login();
    tenant.engine.lifecycle.bind('post-login', []);
    await expect.poll(() => tenant.engine.sandboxPids()).toEqual([]);
  });

  test('of one Action do not slow another that is bound elsewhere', async () => {
    tenant = await tenantWithActions({ timeoutMs: 120_000, poolSize: 1 });
    await tenant.bound(claimAction(`event.user.name === 'Spin' ? (() => { for (;;) {} })() : 1`));
    const ended: string[] = [];
    await tenant.engine.warm();
    const spinning = tenant.login({ user: { ...tenant.user, name: 'Spin' } }).finally(() => ended.push('spinning'));
    await tenant.bound(claimAction('2'));
    expect(claimValue(await tenant.login().finally(() => ended.push('other')))).toBe(2);
    expect(ended).toEqual(['other']);
    await tenant.engine.close();
    expect((await spinning).kind).toBe('error');
  });
});
