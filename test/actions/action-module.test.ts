import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimAction, claimValue, handler, type TenantWithActions, tenantWithActions } from './tenant-with-actions.ts';

let tenant: TenantWithActions;

beforeAll(async () => {
  tenant = await tenantWithActions();
});

afterAll(() => tenant.close());

const signature =
  'Invalid function signature for the "onExecutePostLogin" handler. Use "exports.onExecutePostLogin = async function(event, api) { }" as the signature.';

describe('the handler', () => {
  test.each([
    ['an async function', 'exports.onExecutePostLogin = async function (event, api) {}'],
    ['an async arrow function', 'exports.onExecutePostLogin = async (event, api) => {}'],
    ['without parameters', 'exports.onExecutePostLogin = async () => {}'],
    ['on an object of its own', 'module.exports = { onExecutePostLogin: async () => {} }'],
  ])('can be %s', async (_, code) => {
    await tenant.bound(code);
    expect((await tenant.login()).kind).toBe('continue');
  });

  test.each([
    ['missing', 'exports.other = async () => {}'],
    ['not async', 'exports.onExecutePostLogin = (event, api) => {}'],
    ['a function that answers a promise', 'exports.onExecutePostLogin = () => Promise.resolve()'],
    ['an async generator', 'exports.onExecutePostLogin = async function* () {}'],
    ['no function', 'exports.onExecutePostLogin = 1'],
  ])('fails the login if it is %s', async (_, code) => {
    await tenant.bound(code);
    expect(await tenant.login()).toMatchObject({ kind: 'error', errorClass: 'action_error', message: signature });
  });

  test('fails the login if the module exports no object', async () => {
    await tenant.bound('module.exports = null');
    expect(await tenant.login()).toMatchObject({ kind: 'error', message: 'The Action must export an object.' });
  });
});

describe('the module', () => {
  test('keeps its state while the process is warm', async () => {
    await tenant.bound(`let count = 0;\n${claimAction('(count += 1)')}`);
    expect([
      claimValue(await tenant.login()),
      claimValue(await tenant.login()),
      claimValue(await tenant.login()),
    ]).toEqual([1, 2, 3]);
  });

  test('that throws at its top level throws again at every login, and runs once', async () => {
    await tenant.bound(`globalThis.runs = (globalThis.runs ?? 0) + 1; throw new Error('top ' + globalThis.runs);`);
    expect(await tenant.login()).toMatchObject({ kind: 'error', message: 'top 1' });
    expect(await tenant.login()).toMatchObject({ kind: 'error', message: 'top 1' });
  });

  test('prints to the first login that runs it', async () => {
    await tenant.bound(`console.log('loading');\n${handler(`console.log('running')`)}`);
    const printed = async () => tenant.results(await tenant.login())[0]?.console.map(({ text }) => text);
    expect(await printed()).toEqual(['loading', 'running']);
    expect(await printed()).toEqual(['running']);
  });

  test('has Node’s globals, of one realm', async () => {
    const names = ['fetch', 'URL', 'Buffer', 'crypto', 'setTimeout', 'structuredClone', 'TextEncoder', 'AbortSignal'];
    await tenant.bound(claimAction(`${JSON.stringify(names)}.filter((name) => globalThis[name] === undefined)`));
    expect(claimValue(await tenant.login())).toEqual([]);
    await tenant.bound(
      claimAction(
        `[event.user instanceof Object, [] instanceof Array, (async () => {}).constructor.name, await import('node:path').then((m) => typeof m.join)]`,
      ),
    );
    expect(claimValue(await tenant.login())).toEqual([true, true, 'AsyncFunction', 'function']);
  });

  test('has secrets that it cannot change', async () => {
    await tenant.bound({
      code: claimAction(
        `(() => { 'use strict'; try { event.secrets.KEY = 'other' } catch (error) { return [error.name, event.secrets] } })()`,
      ),
      secrets: [{ name: 'KEY', value: 'v' }],
    });
    expect(claimValue(await tenant.login())).toEqual(['TypeError', { KEY: 'v' }]);
  });
});

describe('require', () => {
  const message = (name: string) =>
    claimAction(
      `(() => { try { return typeof require(${JSON.stringify(name)}) } catch (error) { return [error.code, error.message] } })()`,
    );

  test.each(['crypto', 'node:crypto', 'fs/promises', 'node:https'])('returns Node’s own %s', async (name) => {
    await tenant.bound(message(name));
    expect(claimValue(await tenant.login())).toMatch(/object|function/);
  });

  test.each(['lodash', './other', '../secrets', '/etc/passwd', 'actions:shared', '@scope/name/file'])(
    'refuses %s, which is not declared, as Node does',
    async (name) => {
      await tenant.bound(message(name));
      expect(claimValue(await tenant.login())).toEqual(['MODULE_NOT_FOUND', `Cannot find module '${name}'`]);
    },
  );

  test('uncaught fails the login with Node’s words', async () => {
    await tenant.bound(handler(`require('auth0')`));
    expect(await tenant.login()).toMatchObject({ kind: 'error', message: "Cannot find module 'auth0'" });
  });
});
