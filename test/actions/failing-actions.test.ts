import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { expectLoggedFailure } from './logged-failure.ts';
import { type MovableClock, startMovableClock, untilRolesAreRequested } from './movable-clock.ts';
import { claimAction, claimValue, handler, type TenantWithActions, tenantWithActions } from './tenant-with-actions.ts';

const TIME_LIMIT = 120_000;

let tenant: TenantWithActions;
let clock: MovableClock | undefined;

beforeAll(async () => {
  tenant = await tenantWithActions({ timeoutMs: TIME_LIMIT });
});
afterEach(() => {
  clock?.stop();
  clock = undefined;
});
afterAll(() => tenant.close());

/**
 * The Action fails for the user Ada, and succeeds for all others: the same version, the next login.
 *
 * @param during what happens while the Action runs for Ada
 */
async function goesWrong(body: string, during?: () => Promise<void>) {
  await tenant.bound(
    handler(`if (event.user.name === 'Ada') { ${body} }\napi.idToken.setCustomClaim('https://test/value', 'well');`),
  );
  const login = tenant.login();
  await during?.();
  const outcome = await login;
  expectLoggedFailure(tenant, outcome);
  const grace = { user: { ...tenant.user, name: 'Grace' } };
  const next = await tenant.login(grace);
  // The login after that has a warm process, without any effect of the failure.
  const again = await tenant.login(grace);
  expect(claimValue(again)).toBe('well');
  expect(tenant.results(again)[0]?.cold).toBe(false);
  return { outcome, next: claimValue(next) };
}

function startClock(): MovableClock {
  clock = startMovableClock();
  return clock;
}

/** Moves the clock when an Action asks for roles. */
async function moveWhenAsked(by: number, on: MovableClock): Promise<void> {
  await untilRolesAreRequested(tenant);
  on.move(by);
}

describe('an Action that fails ends its login, and the next one succeeds', () => {
  test.each([
    ['throws', `throw new TypeError('no such thing')`, 'action_error', /^no such thing$/],
    ['throws a string', `throw 'just words'`, 'action_error', /^just words$/],
    ['throws nothing', `throw undefined`, 'action_error', /Unknown error/],
    [
      'throws an object that throws when it is read',
      `throw { get message() { throw 1 }, toString() { throw 2 } }`,
      'action_error',
      /Unknown error/,
    ],
    ['exits', `process.exit(0)`, 'action_error', /exited with code 0/],
    ['exits without handlers', `process.reallyExit(7)`, 'action_error', /exited with code 7/],
    [
      'rejects without a handler',
      `Promise.reject(new Error('lost')); await new Promise((done) => setTimeout(done, 200));`,
      'action_error',
      /^lost$/,
    ],
    [
      'throws in a timer',
      `setTimeout(() => { throw new Error('late') }, 5); await new Promise((done) => setTimeout(done, 200));`,
      'action_error',
      /^late$/,
    ],
    [
      'requests ten megabytes',
      `api.idToken.setCustomClaim('https://test/big', 'x'.repeat(10_000_000))`,
      'action_error',
      /over 1024 KiB/,
    ],
    [
      'requests more claims than a token carries',
      `api.idToken.setCustomClaim('https://test/big', 'x'.repeat(200_000))`,
      'action_error',
      /100 KB/,
    ],
  ])('%s', async (_, body, errorClass, message) => {
    const { outcome, next } = await goesWrong(body);
    expect(outcome).toMatchObject({ kind: 'error', errorClass, message: expect.stringMatching(message) });
    expect(next).toBe('well');
  });

  test('allocates objects without end', async () => {
    const { outcome, next } = await goesWrong(`const all = []; for (;;) all.push(new Array(100_000).fill(0.5))`);
    expect(outcome).toMatchObject({
      kind: 'error',
      errorClass: 'action_error',
      message: expect.stringMatching(/memory/),
    });
    expect(next).toBe('well');
  });

  test('allocates buffers without end', async () => {
    const { outcome, next } = await goesWrong(
      `const all = []; for (;;) { all.push(Buffer.alloc(20_000_000, 1)); await new Promise(setImmediate); }`,
    );
    expect(outcome).toMatchObject({
      kind: 'error',
      errorClass: 'action_error',
      message: expect.stringMatching(/more memory/),
    });
    expect(next).toBe('well');
  });

  test('never yields', async () => {
    const moving = startClock();
    const { outcome, next } = await goesWrong(
      'console.log("last words"); void api.roles.getUserEffectiveRoles(); for (;;) {}',
      () => moveWhenAsked(TIME_LIMIT, moving),
    );
    expect(outcome).toMatchObject({
      kind: 'error',
      errorClass: 'action_timeout',
      message: expect.stringMatching(/within 120 s/),
    });
    expect(tenant.results(outcome)[0]?.console.map(({ text }) => text)).toEqual(['last words']);
    expect(next).toBe('well');
  });

  test('waits for a promise that never settles', async () => {
    const moving = startClock();
    const { outcome, next } = await goesWrong(
      'await api.roles.getUserEffectiveRoles(); await new Promise(() => {})',
      () => moveWhenAsked(TIME_LIMIT, moving),
    );
    expect(outcome).toMatchObject({ kind: 'error', errorClass: 'action_timeout' });
    expect(next).toBe('well');
  });
});

test('a rejection after the handler has returned affects no later login', async () => {
  await tenant.bound(claimAction('1').replace('{', "{ setTimeout(() => Promise.reject(new Error('afterwards')), 1);"));
  for (let turn = 0; turn < 8; turn += 1) {
    expect(claimValue(await tenant.login())).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, turn * 5 + 15));
  }
});

test('memory taken after the handler has returned is noticed as well', async () => {
  await tenant.bound(
    `const all = [];\n${claimAction('1').replace('{', '{ setInterval(() => all.push(Buffer.alloc(30_000_000, 1)), 20);')}`,
  );
  expect(claimValue(await tenant.login())).toBe(1);
  const [pid] = tenant.engine.sandboxPids();
  await expect.poll(() => tenant.engine.sandboxPids().includes(pid ?? 0)).toBe(false);
  expect(claimValue(await tenant.login())).toBe(1);
});

test('a million lines of console are kept up to 256 KiB, and the login goes through', async () => {
  const print =
    "for (let line = 0; line < 1_000_000; line += 1) console.log('line', line, 'of a long console output');";
  await tenant.bound(claimAction('1').replace('{', `{ ${print}`));
  const outcome = await tenant.login();
  expect(claimValue(outcome)).toBe(1);
  const lines = tenant.results(outcome)[0]?.console ?? [];
  const characters = lines.reduce((sum, { text }) => sum + text.length + 1, 0);
  expect(characters).toBeGreaterThan(250 * 1024);
  expect(characters).toBeLessThan(257 * 1024);
  expect(lines.at(-1)?.text).toBe('Console output over 256 KiB or 10000 lines is not kept.');
});

test('short lines of console are kept up to their greatest number', async () => {
  const print = 'for (let line = 0; line < 1_000_000; line += 1) console.log(line);';
  await tenant.bound(claimAction('1').replace('{', `{ ${print}`));
  const outcome = await tenant.login();
  expect(claimValue(outcome)).toBe(1);
  const lines = tenant.results(outcome)[0]?.console ?? [];
  expect(lines.slice(9_998).map(({ text }) => text)).toEqual([
    '9998',
    '9999',
    'Console output over 256 KiB or 10000 lines is not kept.',
  ]);
});

test('all Actions of a login share one budget', async () => {
  const asking = handler('await api.roles.getUserEffectiveRoles();');
  const moving = startClock();
  await tenant.bound(asking, asking);
  await tenant.engine.warm();
  const login = tenant.login();
  // Each alone would finish in time.
  await moveWhenAsked(0.6 * TIME_LIMIT, moving);
  await moveWhenAsked(0.6 * TIME_LIMIT, moving);
  const outcome = await login;
  expect(outcome).toMatchObject({ kind: 'error', errorClass: 'action_timeout' });
  expect(tenant.results(outcome).map(({ error }) => error === undefined)).toEqual([true, false]);
});

test('no sandbox is left when the tenant stops, even one that never yields', async () => {
  const other = await tenantWithActions({ timeoutMs: 60_000 });
  await other.bound(handler('for (;;) {}'));
  const login = other.login();
  await other.engine.warm();
  const pids = other.engine.sandboxPids();
  await other.engine.close();
  expect(await login).toMatchObject({ kind: 'error' });
  await expect.poll(() => pids.some(isAlive)).toBe(false);
  await other.close();
});

test('no sandbox outlives a tenant that is killed', async () => {
  const fixture = new URL('./tenant-with-actions.ts', import.meta.url).href;
  const script = `
    const { tenantWithActions, handler } = await import(${JSON.stringify(fixture)});
    const tenant = await tenantWithActions();
    await tenant.bound(handler(''));
    await tenant.login();
    console.log(tenant.engine.sandboxPids()[0]);
    setInterval(() => {}, 1000);`;
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-killed-'));
  const other = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: folder },
  });
  const pid = Number(
    await new Promise((resolve) => other.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()))),
  );
  expect(isAlive(pid)).toBe(true);
  other.kill('SIGKILL');
  await expect.poll(() => isAlive(pid)).toBe(false);
  await rm(folder, { recursive: true, force: true });
});

test.skipIf(process.platform === 'win32')(
  'a tenant that may open no more files refuses logins, and recovers',
  async () => {
    const fixture = new URL('./tenant-with-actions.ts', import.meta.url).href;
    const script = `
    import { closeSync, openSync } from 'node:fs';
    const { tenantWithActions, handler } = await import(${JSON.stringify(fixture)});
    const tenant = await tenantWithActions();
    await tenant.bound(handler(''));
    await tenant.login();
    const { id } = await tenant.deployed(handler(''));
    const files = [];
    try { for (;;) files.push(openSync('/dev/null')) } catch {}
    tenant.engine.lifecycle.bind('post-login', [{ ref: { type: 'action_id', value: id } }]);
    const refused = await tenant.login();
    for (const file of files) closeSync(file);
    const next = await tenant.login();
    console.log(JSON.stringify([refused.kind, refused.errorClass, next.kind]));
    await tenant.close();`;
    const limited = spawn(
      'sh',
      ['-c', 'ulimit -n 200; exec "$0" "$@"', process.execPath, '--input-type=module', '-e', script],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let printed = '';
    limited.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
    limited.stderr.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
    await new Promise((resolve) => limited.on('close', resolve));
    expect(printed.trim()).toBe('["error","platform_error","continue"]');
  },
);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
