import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRuntimes } from '../../../src/tenant/actions/builds/runtimes.ts';
import { Sandboxes } from '../../../src/tenant/actions/sandbox/sandboxes.ts';
import { runtimeCacheFolder } from '../../../src/tenant/store/data-folder.ts';
import { WAYS_IN, WAYS_PREAMBLE } from './escape-attempts.ts';

const RUNTIMES = ['node18', 'node22', 'node24'];

let folder: string;
let sandboxes: Sandboxes;
let socket: Server;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'portcullis-ways-')));
  await mkdir(join(folder, 'outside'));
  for (const [name, content] of Object.entries({
    'secret.json': '{"secret":"of another"}',
    'secret.cjs': 'exports.secret = "of another";',
    'secret.mjs': 'export const secret = "of another";',
    'native.node': '',
  })) {
    await writeFile(join(folder, 'outside', name), content);
  }
  const inside = join(folder, 'inside', 'node_modules', 'one');
  await mkdir(inside, { recursive: true });
  await writeFile(join(inside, 'index.js'), 'module.exports = 1;');
  for (const ending of ['json', 'cjs', 'mjs']) {
    await symlink(join(folder, 'outside', `secret.${ending}`), join(inside, `link.${ending}`));
  }
  socket = createServer().listen(join(folder, 'outside', 'socket'));
  const runtimes = openRuntimes({ cache: runtimeCacheFolder(), node18: true });
  sandboxes = new Sandboxes({
    workFolder: join(folder, 'work'),
    install: async () => join(folder, 'inside'),
    runtime: (name) => runtimes.find(name),
    modulesOf: () => [],
    limits: { size: 1, queue: 0, idleFor: 0 },
  });
});
afterAll(async () => {
  socket.close();
  await sandboxes.close();
  await rm(folder, { recursive: true, force: true });
});

/** Returns the outcome of each attempt: the code of an error, or its value. Continues after an attempt that ended its process. */
async function tryAll(runtime: string): Promise<Map<string, string>> {
  const outcomes: string[] = [];
  while (outcomes.length < WAYS_IN.length) {
    const report = await sandboxes.executeOnce(
      {
        id: runtime,
        code: codeOf(runtime, outcomes.length),
        runtime,
        dependencies: [{ name: 'one', version: '1.0.0' }],
        secrets: [],
        modules: [],
      },
      {
        handler: 'onExecutePostLogin',
        event: {},
        cache: [],
        pendingUserMetadata: {},
        pendingAppMetadata: {},
        timeout: 20_000,
        answer: () => null,
      },
    );
    if (report.kind === 'died' && !report.started) throw new Error(report.error.message);
    outcomes.push(...report.console.flatMap(({ text }) => (text.startsWith('WAY ') ? text.slice('WAY '.length) : [])));
    if (report.kind === 'finished' && report.error === undefined) break;
    outcomes.push(`ENDED ${JSON.stringify(report.kind === 'timeout' ? report.kind : report.error)}`);
  }
  expect(outcomes.filter((one) => one.startsWith('ENDED'))).toEqual([]);
  expect(outcomes).toHaveLength(WAYS_IN.length);
  return new Map(WAYS_IN.map(({ group, name }, at) => [`${group}: ${name}`, outcomes[at] ?? '']));
}

/** Returns an Action that makes the attempts from the given one on, and prints a line for each. */
function codeOf(runtime: string, from: number): string {
  const outside = join(folder, 'outside');
  const inside = join(folder, 'inside', 'node_modules', 'one');
  const names = {
    FOLDER: outside,
    PACKAGE: inside,
    SECRET: join(outside, 'secret.json'),
    JSON_: join(outside, 'secret.json'),
    CJS: join(outside, 'secret.cjs'),
    MJS: join(outside, 'secret.mjs'),
    LINK: join(inside, 'link.json'),
    LINK_CJS: join(inside, 'link.cjs'),
    LINK_MJS: join(inside, 'link.mjs'),
    WRITTEN: join(outside, `written-${runtime}`),
    SOCKET: join(outside, 'socket'),
  };
  const constants = Object.entries(names).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`);
  const ways = WAYS_IN.slice(from).map(
    ({ expression }) => `async () => (${expression.replaceAll(/\bJSON\b(?!\.)/g, 'JSON_')})`,
  );
  return `${WAYS_PREAMBLE}${constants.join('\n')}
const PARENT = ${process.pid};
if (!process.version.startsWith('v${runtime.slice('node'.length)}.')) throw new Error(process.version);
const ways = [${ways.join(',\n')}];
// Later errors of an attempt do not matter, and would end the process.
for (const name of ['uncaughtException', 'unhandledRejection']) process.removeAllListeners(name).on(name, () => {});
exports.onExecutePostLogin = async (event, api) => {
  for (const way of ways) {
    let timer;
    const limit = new Promise((done, fail) => { timer = setTimeout(fail, 5000, Object.assign(new Error(), { code: 'HANGS' })); });
    try {
      const gave = await Promise.race([way(), limit]);
      console.log('WAY gave ' + String(typeof gave === 'object' ? Object.keys(gave ?? {}).slice(0, 3) : gave).slice(0, 60).replaceAll('\\n', ' '));
    } catch (error) {
      console.log('WAY ' + String(error.code ?? 'threw ' + error.message).replaceAll('\\n', ' '));
    } finally {
      clearTimeout(timer);
    }
  }
};`;
}

/** Refusals have one of these messages; a missing feature is reported as such. */
const REFUSED =
  /^(ERR_ACCESS_DENIED|ERR_DLOPEN_DISABLED|MODULE_NOT_FOUND|ERR_MODULE_NOT_FOUND|ERR_UNKNOWN_BUILTIN_MODULE|ABSENT|UNSEEN|OWN_FILE|ERR_INVALID_ARG_TYPE|ERR_INVALID_FD_TYPE|ERR_REQUIRE_ESM|ERR_IMPORT_(ASSERTION|ATTRIBUTE)_\w+)$/;

/** The table in docs/reliability.md, from the same count. */
const counted: string[] = [];

describe.each(RUNTIMES)('on %s', (runtime) => {
  test('no attempt to leave the sandbox succeeds', async () => {
    const outcomes = await tryAll(runtime);
    const through = [...outcomes].filter(([, outcome]) => !REFUSED.test(outcome));
    counted.push(`| \`${runtime}\` | ${outcomes.size} | ${through.length} |`);
    expect(Object.fromEntries(through)).toEqual({});
    expect(existsSync(join(folder, 'outside', `written-${runtime}`))).toBe(false);
    expect(await readdir(join(folder, 'outside'))).toHaveLength(5);
    expect(readFileSync(join(folder, 'inside', 'node_modules', 'one', 'index.js'), 'utf8')).toBe('module.exports = 1;');
  });
});

test('docs/reliability.md states how many attempts were made, and how many succeeded', () => {
  const document = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'reliability.md'), 'utf8');
  const groups = Map.groupBy(WAYS_IN, ({ group }) => group);
  const rows = [...groups].map(([group, ways]) => `| ${group} | ${ways.length} |`);
  expect(document).toContain(counted.join('\n'));
  expect(document).toContain(rows.join('\n'));
});
