import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ActionRecord } from '../../src/tenant/store/records/actions/action-repository.ts';
import { expectLoggedFailure } from './logged-failure.ts';
import { startRegistry } from './sandbox/npm-registry.ts';
import { claimAction, claimValue, handler, type TenantWithActions, tenantWithActions } from './tenant-with-actions.ts';

let tenant: TenantWithActions;
/** An Action that is bound in every test, so that its process stays warm. */
let well: ActionRecord;
let folder: string;
let registry: Awaited<ReturnType<typeof startRegistry>>;
beforeAll(async () => {
  tenant = await tenantWithActions();
  well = await tenant.deployed(claimAction('1'));
  folder = await mkdtemp(join(tmpdir(), 'portcullis-broken-code-'));
  registry = await startRegistry([
    {
      name: 'huge-of-tests',
      files: {
        'index.js': `exports.size = require('fs').statSync(__dirname + '/data.txt').size;`,
        'data.txt': randomBytes(10_000_000).toString('hex'),
      },
    },
    { name: 'bcrypt-nodejs-native-of-tests', files: { 'binding.gyp': '{}' } },
    { name: 'is-number' },
  ]);
});
beforeEach(() => {
  vi.stubEnv('npm_config_registry', registry.url);
  vi.stubEnv('npm_config_cache', join(folder, 'npm'));
});
afterAll(async () => {
  await tenant.close();
  registry.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => vi.unstubAllEnvs());

/** Logs in to the same tenant with another Action alone, to show that the bad one has no effect on it. */
async function expectNextToBeWellAndFast(): Promise<void> {
  await tenant.bound(well);
  expect(claimValue(await tenant.login())).toBe(1);
  const again = await tenant.login();
  expect(claimValue(again)).toBe(1);
  expect(tenant.results(again)[0]?.cold).toBe(false);
}

describe('code that cannot run fails its login, is logged, and affects no other', () => {
  test.each([
    ['without an export', 'const nothing = 1;', /^Invalid function signature for the "onExecutePostLogin" handler/],
    ['with nothing in it', '', /^Invalid function signature/],
    ['with another export', 'exports.onExecute = async () => {};', /^Invalid function signature/],
    [
      'with an arrow that is not async',
      'exports.onExecutePostLogin = (event, api) => {};',
      /^Invalid function signature/,
    ],
    ['with an async generator', 'exports.onExecutePostLogin = async function* () {};', /^Invalid function signature/],
    [
      'that was compiled for old engines',
      'exports.onExecutePostLogin = () => Promise.resolve();',
      /^Invalid function signature/,
    ],
    ['that exports a string', `module.exports = 'onExecutePostLogin';`, /must export an object/],
    ['that exports nothing at all', 'module.exports = undefined;', /must export an object/],
    [
      'whose export throws when it is read',
      `Object.defineProperty(exports, 'onExecutePostLogin', { get() { throw new Error('no') } });`,
      /^no$/,
    ],
    [
      'that requires what it did not declare',
      `require('left-pad'); exports.onExecutePostLogin = async () => {};`,
      /^Cannot find module 'left-pad'$/,
    ],
    [
      'that requires a file',
      `require('./helper'); exports.onExecutePostLogin = async () => {};`,
      /^Cannot find module '.\/helper'$/,
    ],
    ['that cannot be parsed', 'exports.onExecutePostLogin = async () => {};"', /^Invalid or unexpected token/],
    ['that is a module', "import x from 'y';", /^Cannot use import statement outside a module/],
    ['that throws at its top level', `throw new Error('at the top');`, /^at the top$/],
  ])('%s', async (_, code, message) => {
    await tenant.bound(well, code);
    const outcome = await tenant.login();
    expect(outcome).toMatchObject({
      kind: 'error',
      errorClass: 'action_error',
      message: expect.stringMatching(message),
    });
    expectLoggedFailure(tenant, outcome);
    await expectNextToBeWellAndFast();
  });
});

describe('an Action that changes its arguments', () => {
  test.each([
    ['the event', 'event'],
    ['the user in it', 'event.user'],
    ['the api', 'api'],
    ['a namespace of the api', 'api.access'],
    ['every object', 'Object'],
    ['every function', 'Function'],
    ['every promise', 'Promise'],
    ['every array', 'Array'],
  ])('pollutes the prototype of %s only for itself', async (_, target) => {
    const polluting = handler(`
      const prototype = ${/^[A-Z]/.test(target) ? `${target}.prototype` : `Object.getPrototypeOf(${target})`};
      prototype.polluted = 'yes';
      prototype.user_id = 'auth0|admin';
      event.user.user_id = 'auth0|admin';
      event.user.email_verified = false;
      api.idToken.setCustomClaim('https://test/own', String(({}).polluted ?? [].polluted ?? (() => {}).polluted));`);
    const looking = `[event.user.user_id, event.user.email_verified, String(({}).polluted ?? [].polluted ?? (() => {}).polluted ?? Promise.prototype.polluted)]`;
    await tenant.bound(well, polluting, claimAction(looking), polluting);
    for (let login = 0; login < 2; login += 1) {
      expect(claimValue(await tenant.login())).toEqual(['auth0|1', true, 'undefined']);
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(tenant.user.user_id).toBe('auth0|1');
    await expectNextToBeWellAndFast();
  });

  test('that replaces a method of the api changes nothing for the others', async () => {
    await tenant.bound(
      well,
      handler(`api.access.deny = () => {}; api.idToken.setCustomClaim = () => {};`),
      handler(`api.access.deny('not you');`),
    );
    expect(await tenant.login()).toMatchObject({ kind: 'deny', reason: 'not you' });
    await expectNextToBeWellAndFast();
  });
});

test('memory of one Action is not visible to another, nor for another version of it', async () => {
  const [first, second] = await tenant.bound(
    `globalThis.kept = 'of the first'; process.kept = 'of the first'; ${handler('')}`,
    claimAction(`[globalThis.kept ?? null, process.kept ?? null, require('os').kept ?? null]`),
  );
  expect(claimValue(await tenant.login())).toEqual([null, null, null]);
  await tenant.engine.lifecycle.update(first?.id ?? '', { code: claimAction('globalThis.kept ?? null') });
  await tenant.engine.ready();
  tenant.engine.lifecycle.deploy(first?.id ?? '');
  tenant.engine.lifecycle.bind('post-login', [{ ref: { type: 'action_id', value: first?.id ?? '' } }]);
  expect(claimValue(await tenant.login())).toBeNull();
  expect(second).toBeDefined();
});

describe('a draft that cannot be built leaves the deployed version in the logins', () => {
  test.each([
    [
      'needs a package that does not exist',
      { dependencies: [{ name: 'is-number', version: '999.0.0' }] },
      /ETARGET|No matching version/,
    ],
    [
      'needs a package that needs a compiler',
      { dependencies: [{ name: 'bcrypt-nodejs-native-of-tests', version: '1.0.0' }] },
      /needs a compiler/,
    ],
  ])('since it %s', async (_, patch, reason) => {
    const [, action] = await tenant.bound(well, claimAction('2'));
    const id = action?.id ?? '';
    await tenant.engine.lifecycle.update(id, patch);
    await tenant.engine.ready();
    expect(tenant.store.actions.find(id)).toMatchObject({
      status: 'failed',
      build_errors: [{ msg: expect.stringMatching(reason) }],
    });
    expect(() => tenant.engine.lifecycle.deploy(id)).toThrow("A draft must be in the 'built' state");
    expect(claimValue(await tenant.login())).toBe(2);
    await expectNextToBeWellAndFast();
  });
});

test('a huge dependency is built, and runs in a warm process the second time', async () => {
  const code = claimAction(`[require('huge-of-tests').size, require('huge-of-tests') === require('huge-of-tests')]`);
  await tenant.bound(well, { code, dependencies: [{ name: 'huge-of-tests', version: '1.0.0' }] });
  expect(claimValue(await tenant.login())).toEqual([20_000_000, true]);
  const again = await tenant.login();
  expect(claimValue(again)).toEqual([20_000_000, true]);
  expect(tenant.results(again)[1]?.cold).toBe(false);
  await expectNextToBeWellAndFast();
});

test.each([
  ['31 of them', Array.from({ length: 31 }, (_, n) => ({ name: `S${n}`, value: 'v' })), 'too_many'],
  ['a value of 4097 characters', [{ name: 'S', value: 'v'.repeat(4097) }], 'too_large'],
  ['a name of 129 characters', [{ name: 'S'.repeat(129), value: 'v' }], 'too_large'],
])('secrets over the limit (%s) are refused, and the Action keeps its present ones', async (_, secrets, code) => {
  const [, action] = await tenant.bound(well, {
    code: claimAction('event.secrets.KEY'),
    secrets: [{ name: 'KEY', value: 'kept' }],
  });
  await expect(tenant.engine.lifecycle.update(action?.id ?? '', { secrets })).rejects.toMatchObject({ code });
  expect(claimValue(await tenant.login())).toBe('kept');
  await expectNextToBeWellAndFast();
});
