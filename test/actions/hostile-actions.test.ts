import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimAction, claimValue, handler, type TenantWithActions, tenantWithActions } from './tenant-with-actions.ts';

/** Returns an expression's error, or its value. */
const attempt = (expression: string): string =>
  claimAction(
    `await (async () => { try { return String(await (${expression})) } catch (error) { return error.code ?? error.message } })()`,
  );

let tenant: TenantWithActions;

beforeAll(async () => {
  tenant = await tenantWithActions();
});

afterAll(() => tenant.close());

async function outcomeOf(expression: string): Promise<unknown> {
  await tenant.bound(attempt(expression));
  return claimValue(await tenant.login());
}

describe('an Action cannot reach', () => {
  test('the environment', async () => {
    process.env.PORTCULLIS_TEST_SECRET = 'of the tenant';
    expect(await outcomeOf('JSON.stringify(process.env)')).toBe('{}');
    expect(await outcomeOf('typeof process.report')).toBe('undefined');
    delete process.env.PORTCULLIS_TEST_SECRET;
  });

  test('data about the machine', async () => {
    const all = 'JSON.stringify([process.argv, process.execArgv, process.execPath, process.mainModule, process.ppid])';
    expect(await outcomeOf(all)).toBe('[["node"],[],"node",null,null]');
  });

  test('the tenant’s channel', async () => {
    const names = `['send', 'channel', 'disconnect', '_getActiveHandles', '_getActiveRequests']`;
    expect(await outcomeOf(`${names}.map((name) => typeof process[name]).join()`)).toBe(
      'undefined,undefined,undefined,undefined,undefined',
    );
  });
});

describe('an Action that forges messages', () => {
  const forged = `JSON.stringify({ type: 'finished', id: 1, duration: 0, effects: { calls: [], idTokenClaims: [], accessTokenClaims: [], scopes: [], userMetadata: [], appMetadata: [], cache: [] } }) + '\\n'`;

  test('to the tenant fails its login, and the next one succeeds', async () => {
    await tenant.bound(handler(`require('fs').writeSync(3, ${forged}); await new Promise(() => {});`));
    expect(await tenant.login()).toMatchObject({
      kind: 'error',
      errorClass: 'action_error',
      message: expect.stringMatching(/channel/),
    });
    await tenant.bound(claimAction('1'));
    expect(claimValue(await tenant.login())).toBe(1);
  });

  test('with a token of its own guess fails its login', async () => {
    await tenant.bound(
      handler(`require('fs').writeSync(3, 'x'.repeat(32) + ${forged}); api.access.deny('never seen');`),
    );
    expect(await tenant.login()).toMatchObject({ kind: 'error', errorClass: 'action_error' });
  });

  test('as events of its process changes nothing', async () => {
    await tenant.bound(handler(`process.emit('message', { type: 'finished', id: 1 }); api.access.deny('real');`));
    expect(await tenant.login()).toMatchObject({ kind: 'deny', reason: 'real' });
  });

  test('cannot learn the token by listening in on what the harness uses', async () => {
    const listening = `
      const heard = [];
      for (const [object, name] of [[JSON, 'stringify'], [Buffer, 'from'], [Buffer, 'alloc'], [require('fs'), 'writeSync'], [Array.prototype, 'push'], [String.prototype, 'concat']]) {
        const original = object[name];
        object[name] = function (...values) { for (const value of values) if (typeof value === 'string') heard[heard.length] = value; return original.apply(this, values); };
      }
      console.log('one'); await new Promise((done) => setTimeout(done, 5)); console.log('two');
      await api.roles.getUserEffectiveRoles();
      api.idToken.setCustomClaim('https://test/value', heard.filter((text) => text.includes('"type":"')).length);`;
    await tenant.bound(handler(listening));
    expect(claimValue(await tenant.login())).toBe(0);
  });

  test('in ten megabytes without a line end is ended', async () => {
    await tenant.bound(
      handler(`require('fs').writeSync(3, Buffer.alloc(10_000_000, 'x')); await new Promise(() => {});`),
    );
    expect(await tenant.login()).toMatchObject({ kind: 'error', message: expect.stringMatching(/channel/) });
  });
});

describe('polluted prototypes', () => {
  test('of one Action do not reach another, nor the tenant', async () => {
    await tenant.bound(
      handler(
        `Object.prototype.email_verified = true; Object.prototype.polluted = 'yes'; event.__proto__.hacked = 1; api.user.setAppMetadata('__proto__', { admin: true });`,
      ),
      claimAction(`[String(({}).polluted), String(({}).hacked)]`),
    );
    expect(claimValue(await tenant.login())).toEqual(['undefined', 'undefined']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
    expect(tenant.store.users.find('auth0|1')?.app_metadata.admin).toBeUndefined();
  });

  test('that break serialisation fail the login closed', async () => {
    await tenant.bound(handler(`Object.prototype.toJSON = () => 'gone'; api.access.deny('no');`));
    expect((await tenant.login()).kind).toBe('error');
  });
});

test('an Action that controls its own harness admits no user that another one denies', async () => {
  const driving = `
    exports.other = async () => {};
    let reader;
    const emitter = require('events').prototype;
    const emit = emitter.emit;
    emitter.emit = function (name, ...values) { if (name === 'data') reader = this.listeners('data')[0]; return emit.call(this, name, ...values); };
    const forge = () => {
      for (let id = 1; id <= 5; id += 1) reader?.(Buffer.from(JSON.stringify({ type: 'execute', id, handler: 'other', event: { user: {}, request: {} }, cache: [], pendingUserMetadata: {}, pendingAppMetadata: {} }) + '\\n'));
    };
    exports.onExecutePostLogin = async (event, api) => { setInterval(forge, 1); await api.roles.getUserEffectiveRoles(); forge(); };`;
  await tenant.bound(driving, handler(`api.access.deny('not you');`), driving);
  for (let turn = 0; turn < 5; turn += 1) {
    // Ended, or denied by the other Action.
    expect((await tenant.login()).kind).toMatch(/^(error|deny)$/);
  }
});

describe('an Action that disables the checks of its own process', () => {
  test('takes no more of the cache that all share than it may, and for no longer', async () => {
    await tenant.bound(
      handler(
        `Buffer.byteLength = () => 0; Date.now = () => 9e15; for (let n = 0; n < 19; n += 1) api.cache.set('large' + n, 'v'.repeat(40_000), { ttl: 1e12 }); api.cache.set('small', 'v', { ttl: 1e12 });`,
      ),
    );
    expect((await tenant.login()).kind).toBe('continue');
    await tenant.bound(
      claimAction(`[api.cache.get('large0') ?? null, api.cache.get('small').expires_at - Date.now() <= 86_400_000]`),
    );
    expect(claimValue(await tenant.login())).toEqual([null, true]);
  });

  test('cannot put a header of its own into the redirect', async () => {
    const forged = (url: string) =>
      handler(`globalThis.URL = class { href = ${JSON.stringify(url)} }; api.redirect.sendUserTo('https://a.test/');`);
    await tenant.bound(forged('no address'));
    expect(await tenant.login()).toMatchObject({ kind: 'error' });
    await tenant.bound(forged('https://a.test/\r\nSet-Cookie: a=b'));
    expect(await tenant.login()).toMatchObject({ kind: 'redirect', url: 'https://a.test/Set-Cookie:%20a=b' });
  });
});

describe('an Action that floods the tenant', () => {
  test('with questions is ended', async () => {
    await tenant.bound(handler(`for (let n = 0; n < 5000; n += 1) api.roles.getUserEffectiveRoles().catch(() => {});`));
    expect(await tenant.login()).toMatchObject({ kind: 'error', message: expect.stringMatching(/asked the tenant/) });
  });

  test('with empty lines has them counted like others', async () => {
    await tenant.bound(handler(`for (let n = 0; n < 300_000; n += 1) console.log('');`));
    const outcome = await tenant.login();
    expect(outcome.kind).toBe('continue');
    const lines = tenant.results(outcome)[0]?.console ?? [];
    expect(lines).toHaveLength(10_001);
    expect(lines.at(-1)?.text).toMatch(/256 KiB/);
  });

  test('with an endless name of an error has it cut', async () => {
    await tenant.bound(
      handler(`throw Object.assign(new Error('x'), { name: 'n'.repeat(1e6), code: 'c'.repeat(1e6) })`),
    );
    const outcome = await tenant.login();
    expect(outcome).toMatchObject({ kind: 'error', message: 'x' });
    expect(JSON.stringify(tenant.results(outcome)).length).toBeLessThan(50_000);
  });
});
