import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MessageBudget } from '../../../src/tenant/actions/sandbox/message-budget.ts';
import { Sandboxes } from '../../../src/tenant/actions/sandbox/sandboxes.ts';
import { handler } from '../tenant-with-actions.ts';

let folder: string;
let sandboxes: Sandboxes;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portcullis-budget-'));
  sandboxes = new Sandboxes({
    workFolder: folder,
    install: async () => undefined,
    runtime: async () => ({ path: process.execPath, major: 24 }),
    modulesOf: () => [],
    limits: { size: 1, queue: 0, idleFor: 0 },
  });
});
afterAll(async () => {
  await sandboxes.close();
  await rm(folder, { recursive: true, force: true });
});

async function reportOf(body: string) {
  return sandboxes.executeOnce(
    { id: 'one', code: handler(body), runtime: 'node24', dependencies: [], secrets: [], modules: [] },
    {
      handler: 'onExecutePostLogin',
      event: {},
      cache: [],
      pendingUserMetadata: {},
      pendingAppMetadata: {},
      timeout: 60_000,
      answer: () => ({ roles: [] }),
    },
  );
}

/** Replaces the messages of a type by those of the function, after the sandbox's own limits. */
const forging = (type: string, message: string): string => `
  const plain = (value) => Object.assign(Object.create(null), value);
  let sent = 0;
  Object.prototype.toJSON = function () { sent += 1; return this.type === '${type}' ? plain(${message}) : this; };`;

describe('a sandbox is ended if it sends more than one run may send:', () => {
  test.each([
    [
      'long lines of the console',
      `${forging('console', `{ ...this, text: 'x'.repeat(3.9e6) }`)} for (let n = 0; n < 60; n += 1) console.log('x');`,
    ],
    [
      'a console output over the limit',
      `${forging('console', `{ ...this, text: 'x'.repeat(2e5) }`)} for (let n = 0; n < 60; n += 1) console.log('x');`,
    ],
    [
      'endless requests',
      `${forging('question', `{ type: 'request', id: this.id, request: sent, start: plain({ method: 'GET', host: 'a' }) }`)} for (let n = 0; n < 500; n += 1) api.roles.getUserEffectiveRoles().catch(() => {}); await new Promise(() => {});`,
    ],
    [
      'a long host of a request',
      `${forging('question', `{ type: 'request', id: this.id, request: 1, start: plain({ method: 'GET', host: 'a'.repeat(1e6) }) }`)} api.roles.getUserEffectiveRoles().catch(() => {}); await new Promise(() => {});`,
    ],
    [
      'a long question',
      `${forging('question', `{ ...this, argument: 'a'.repeat(1e6) }`)} api.roles.getUserEffectiveRoles().catch(() => {}); await new Promise(() => {});`,
    ],
    [
      'a response without a request',
      `${forging('question', `{ type: 'response', id: this.id, request: 1, duration: 1 }`)} api.roles.getUserEffectiveRoles().catch(() => {}); await new Promise(() => {});`,
    ],
    [
      'a second start',
      `${forging('question', `{ type: 'started', id: this.id }`)} api.roles.getUserEffectiveRoles().catch(() => {}); await new Promise(() => {});`,
    ],
    ['a run that took longer than it did', forging('finished', '{ ...this, duration: 1e9 }')],
    ['a run that took less than no time', forging('finished', '{ ...this, duration: -1 }')],
    [
      'more effects than an Action may request',
      forging('finished', `{ ...this, effects: plain({ ...this.effects, userMetadata: [['a', 'x'.repeat(2e6)]] }) }`),
    ],
    [
      'an error with a long name',
      forging('finished', `{ ...this, error: plain({ name: 'x'.repeat(1e5), message: '', code: '' }) }`),
    ],
    [
      'an error with a long message',
      forging('fatal', `{ ...this, error: plain({ name: 'x', message: 'x'.repeat(1e5), code: '' }) }`) +
        `Promise.reject(new Error('x')); await new Promise(() => {});`,
    ],
    ['an endless line', `require('fs').writeSync(3, Buffer.alloc(10_000_000, 'x')); await new Promise(() => {});`],
    [
      'endless errors of Node.js',
      `for (let n = 0; n < 100; n += 1) require('fs').writeSync(2, Buffer.alloc(100_000, 'x')); await new Promise(() => {});`,
    ],
  ])('%s', async (_, body) => {
    const report = await reportOf(body);
    expect(report).toMatchObject({ kind: 'died', error: { code: 'protocol_violation' } });
    expect(JSON.stringify(report).length).toBeLessThan(400_000);
  });

  test('lines that belong to no run', () => {
    const budget = new MessageBudget();
    budget.begin();
    const exceeded = Array.from({ length: 1001 }, () => budget.exceededByLate());
    expect(exceeded.filter(Boolean)).toHaveLength(1);
    budget.begin();
    expect(budget.exceededByLate()).toBe(false);
  });
});

test('an Action that prints, asks and returns as much as allowed is not ended', async () => {
  const report = await reportOf(`
    for (let n = 0; n < 20_000; n += 1) console.log('\\u0001');
    for (let n = 0; n < 900; n += 1) await api.roles.getUserEffectiveRoles();
    api.idToken.setCustomClaim('large', 'x'.repeat(400_000));`);
  expect(report).toMatchObject({ kind: 'finished' });
  expect(report).not.toHaveProperty('error');
  expect(report.console).toHaveLength(10_001);
  expect(report.console.at(-1)?.text).toMatch(/256 KiB or 10000 lines/);
});
