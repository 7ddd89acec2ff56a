import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handler, type TenantWithActions, telling, tenantWithActions, told } from './tenant-with-actions.ts';

// Node.js 18 has no permission model: the sandbox fences it itself.
const runtime = 'node18';

let tenant: TenantWithActions;
let folder: string;
beforeAll(async () => {
  tenant = await tenantWithActions({ timeoutMs: 5000 });
  folder = await mkdtemp(join(tmpdir(), 'portcullis-fence-'));
  await writeFile(join(folder, 'secret.json'), '{"secret":1}');
  await writeFile(join(folder, 'secret.mjs'), 'export const secret = 1;');
  await writeFile(join(folder, 'secret.cjs'), 'exports.secret = 1;');
  await tenant.bound({ code: telling('1'), runtime });
});
afterAll(async () => {
  await tenant.close();
  await rm(folder, { recursive: true, force: true });
});

async function outcomeOf(expression: string, more: { dependencies?: { name: string; version: string }[] } = {}) {
  const code = telling(
    `await (async () => { try { return String(await (${expression})) } catch (error) { return error.code ?? error.message } })()`,
  );
  await tenant.bound({ code, runtime, ...more });
  return told(await tenant.login());
}

describe('an Action on Node.js 18 cannot reach', () => {
  test.each([
    ['a file', (path: string) => `require('fs').readFileSync(${path}, 'utf8')`],
    ['a file, as a promise', (path: string) => `require('fs/promises').readFile(${path}, 'utf8')`],
    ['a file, as bytes of a name', (path: string) => `require('fs').readFileSync(Buffer.from(${path}))`],
    ['a file, as a URL', (path: string) => `require('fs').readFileSync(require('url').pathToFileURL(${path}))`],
    ['a file, opened', (path: string) => `require('fs').openSync(${path}, 'r')`],
    ['a file, opened as a promise', (path: string) => `require('fs').promises.open(${path})`],
    [
      'a file, as a stream',
      (path: string) =>
        `new Promise((done, fail) => require('fs').createReadStream(${path}).on('data', done).on('error', fail))`,
    ],
    [
      'a file, as a stream of the class',
      (path: string) =>
        `new Promise((done, fail) => new (require('fs').ReadStream)(${path}).on('data', done).on('error', fail))`,
    ],
    [
      'a file by a name that changes',
      (path: string) =>
        `(() => { let asked = 0; return require('fs').readFileSync({ toString: () => (asked++ ? ${path} : '/dev/null') }) })()`,
    ],
    ['what is in a file’s place', (path: string) => `require('fs').statSync(${path}).size`],
    ['a file, as an import', (path: string) => `import(${path}).then((all) => all.default)`],
    [
      'a file, as an import of JSON',
      (path: string) => `import(${path}, { assert: { type: 'json' } }).then((all) => all.default.secret)`,
    ],
    ['a file, by the loader', (path: string) => `require('module').createRequire('/')(${path}).secret`],
    ['a file, by the loader itself', (path: string) => `require('module')._load(${path}).secret`],
  ])('%s', async (_, expression) => {
    for (const name of ['secret.json', 'secret.mjs', 'secret.cjs']) {
      const said = await outcomeOf(expression(JSON.stringify(join(folder, name))));
      expect(said, name).toMatch(
        /^(ERR_ACCESS_DENIED|ERR_REQUIRE_ESM|ERR_IMPORT_ASSERTION_TYPE_\w+|ENOENT|\/dev\/null)$/,
      );
    }
  });

  test.each([
    ['a folder', `require('fs').readdirSync('/')`],
    ['its working folder', `require('fs').readdirSync('.')`],
    ['a process', `require('child_process').execSync('id')`],
    ['a process, by its class', `new (require('child_process').ChildProcess)().spawn({ file: 'id', args: ['id'] })`],
    ['a process, forked', `require('child_process').fork('x')`],
    ['a process, by a cluster', `require('cluster').fork()`],
    ['a worker', `new (require('worker_threads').Worker)('1', { eval: true })`],
    ['the inspector', `require('inspector').open(0)`],
    ['an inspector session', `new (require('inspector').Session)().connect()`],
    ['WASI', `new (require('wasi').WASI)({})`],
    ['native code', `process.dlopen({ exports: {} }, '/lib/x.node')`],
    ['a trace in its folder', `require('trace_events').createTracing({ categories: ['node'] }).enable()`],
    ['a signal to the tenant', `process.kill(${process.pid}, 'SIGTERM')`],
    ['the priority of the tenant', `require('os').setPriority(${process.pid}, 19)`],
    ['a snapshot of the heap', `require('v8').getHeapSnapshot()`],
    ['Node’s internals', `process.binding ? process.binding('fs') : Promise.reject({ code: 'ERR_ACCESS_DENIED' })`],
  ])('%s', async (_, expression) => {
    expect(await outcomeOf(expression)).toMatch(/^(ERR_ACCESS_DENIED|ERR_DLOPEN_DISABLED)$/);
  });

  test('a file to write', async () => {
    const written = join(folder, 'written');
    const path = JSON.stringify(written);
    for (const write of [
      `require('fs').writeFileSync(${path}, 'x')`,
      `require('fs').openSync(${path}, 'w')`,
      `require('fs').openSync(${path}, require('fs').constants.O_CREAT)`,
      `require('fs').promises.open(${path}, 'w')`,
      `require('fs').promises.writeFile(${path}, 'x')`,
      `require('fs').createWriteStream(${path})`,
      `require('fs').mkdirSync(${path})`,
      `require('fs').symlinkSync('/etc', ${path})`,
      `import('node:fs').then((fs) => fs.writeFileSync(${path}, 'x'))`,
      `new Promise((done, fail) => new (require('fs').WriteStream)(${path}).on('open', done).on('error', fail))`,
    ]) {
      expect(await outcomeOf(write), write).toBe('ERR_ACCESS_DENIED');
    }
    expect(existsSync(written)).toBe(false);
  });

  test.skipIf(process.platform === 'win32')('a socket in the file system', async () => {
    const path = join(folder, 'socket');
    const server = createServer().listen(path);
    expect(await outcomeOf(`require('net').connect(${JSON.stringify(path)})`)).toBe('ERR_ACCESS_DENIED');
    server.close();
  });

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
