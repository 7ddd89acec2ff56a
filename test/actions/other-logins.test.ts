import { describe, expect, test } from 'vitest';
import { claimValue, type TenantWithActions, tenantWithActions } from './tenant-with-actions.ts';

/** An Action that misbehaves in the logins of one user, and greets all others. */
const against = (body: string): string => `
exports.onExecutePostLogin = async (event, api) => {
  if (event.user.user_id === 'auth0|mallory') { ${body} }
  api.idToken.setCustomClaim('https://test/value', 'welcome');
};`;

/** Starts a login of the user that the Action misbehaves for. `settled` shows whether it has ended. */
function misbehaving(tenant: TenantWithActions) {
  const run = { settled: false, ended: tenant.login({ user: { ...tenant.user, user_id: 'auth0|mallory' } }) };
  void run.ended.then(() => {
    run.settled = true;
  });
  return run;
}

async function welcomed(tenant: TenantWithActions): Promise<void> {
  for (let login = 0; login < 3; login += 1) expect(claimValue(await tenant.login())).toBe('welcome');
}

describe('the logins of other users succeed while an Action', () => {
  test.each([
    ['computes without end', 'for (;;) {}'],
    ['computes without end, in steps', 'for (;;) await undefined;'],
    ['prints without end', `for (;;) console.log('x'.repeat(10_000));`],
    ['prints without end, in steps', `for (;;) { console.log('x'.repeat(10_000)); await new Promise(setImmediate); }`],
  ])('%s', async (_, body) => {
    const tenant = await tenantWithActions({ poolSize: 2 });
    try {
      await tenant.bound(against(body));
      const endless = misbehaving(tenant);
      await welcomed(tenant);
      // It has not ended by itself: the others did not wait for it.
      expect(endless.settled).toBe(false);
    } finally {
      await tenant.close();
    }
  });

  test.each([
    [
      'writes to the channel without end',
      `const line = Buffer.alloc(60_000, 'x'); for (;;) require('fs').writeSync(3, line);`,
    ],
    ['writes errors without end', `const line = Buffer.alloc(60_000, 'x'); for (;;) require('fs').writeSync(2, line);`],
    ['asks the tenant without end', 'for (;;) { api.roles.getUserEffectiveRoles().catch(() => {}); await undefined; }'],
  ])('%s, and that run is ended for it', async (_, body) => {
    const tenant = await tenantWithActions({ poolSize: 2 });
    try {
      await tenant.bound(against(body));
      const flood = misbehaving(tenant);
      await welcomed(tenant);
      expect(await flood.ended).toMatchObject({ kind: 'error', errorClass: 'action_error' });
    } finally {
      await tenant.close();
    }
  });
});

describe('the logins of other users succeed after an Action has left work behind that', () => {
  test.each([
    ['begins at once', 'setImmediate(() => { for (;;) {} });'],
    ['begins with the next message', `setTimeout(() => { for (;;) {} }, 0);`],
    ['never lets go', `(async () => { await new Promise(setImmediate); for (;;) await undefined; })();`],
  ])('%s, in every process', async (_, body) => {
    const tenant = await tenantWithActions({ poolSize: 2 });
    try {
      await tenant.bound(against(body));
      const runs = [misbehaving(tenant), misbehaving(tenant)];
      for (const { ended } of runs) expect((await ended).kind).toBe('continue');
      await welcomed(tenant);
    } finally {
      await tenant.close();
    }
  });
});
