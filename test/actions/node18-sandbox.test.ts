import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimAction, claimValue, handler, type TenantWithActions, tenantWithActions } from './tenant-with-actions.ts';

// Node.js 18 has no permission model: the sandbox guards it itself.
const runtime = 'node18';

let tenant: TenantWithActions;
beforeAll(async () => {
  tenant = await tenantWithActions({ node18: true });
  await tenant.bound({ code: claimAction('1'), runtime });
});
afterAll(async () => {
  await tenant.close();
});

async function outcomeOf(expression: string, more: { dependencies?: { name: string; version: string }[] } = {}) {
  const code = claimAction(
    `await (async () => { try { return String(await (${expression})) } catch (error) { return error.code ?? error.message } })()`,
  );
  await tenant.bound({ code, runtime, ...more });
  return claimValue(await tenant.login());
}

describe('an Action on Node.js 18 cannot reach', () => {
  test('the environment, nor the tenant’s channel', async () => {
    expect(await outcomeOf('JSON.stringify([process.env, process.argv, process.send ?? null])')).toBe(
      '[{},["node"],null]',
    );
    await tenant.bound({ code: handler(`require('fs').writeSync(3, '{}\\n'); await new Promise(() => {});`), runtime });
    expect(await tenant.login()).toMatchObject({ kind: 'error', message: expect.stringMatching(/channel/) });
  });
});

test('an Action on Node.js 18 requires and imports its packages and Node’s modules', async () => {
  const dependencies = [{ name: 'is-odd', version: '3.0.1' }];
  const all = `Promise.all([require('is-odd')(3), import('is-odd').then((odd) => odd.default(4)), import('node:crypto').then((c) => typeof c.randomUUID)])`;
  expect(await outcomeOf(all, { dependencies })).toBe('true,false,function');
});

test('an Action on Node.js 18 has its lines in the stack, and its handler as Auth0 wants it', async () => {
  await tenant.bound({ code: `\n\nexports.onExecutePostLogin = async () => {\n  nothing();\n};`, runtime });
  const outcome = await tenant.login();
  expect(tenant.results(outcome)[0]?.error?.stack).toMatch(/action\.js:4:3/);
  await tenant.bound({ code: 'exports.onExecutePostLogin = () => {};', runtime });
  expect(await tenant.login()).toMatchObject({
    kind: 'error',
    message: expect.stringMatching(/^Invalid function signature/),
  });
});
