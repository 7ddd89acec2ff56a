import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const entry = new URL('../../src/testing/start-test-tenant.ts', import.meta.url).href;

const program = (end: string) => `
import { startTenant } from '${entry}';
const code = 'exports.onExecutePostLogin = async () => {};';
const supported_triggers = [{ id: 'post-login', version: 'v3' }];
const tenant = await startTenant({
  seed: {
    actions: [{ name: 'A', code, deployed: true, supported_triggers }],
    triggers: { 'post-login': [{ action_name: 'A' }] },
  },
  users: [{ email: 'una@example.com', password: 'Open-1-gate' }],
});
const una = await tenant.signIn({ user: 'una@example.com' });
console.log(process.pid, una.claims.email);
${end}
`;

it.each([
  ['has nothing more to do', '', 0],
  ['dies of an error', "throw new Error('the test failed');", 1],
  ['is ended', 'process.exit(7);', 7],
  ['is killed', "process.kill(process.pid, 'SIGKILL');", null],
])('a process that never stops its tenant and %s ends, and leaves no files', async (_, end, status) => {
  const options = ['--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '--eval', program(end)];
  const ended = await run(process.execPath, options).then(
    ({ stdout }) => ({ stdout, code: 0 }),
    (error: { stdout: string; code: number | null }) => ({ stdout: error.stdout, code: error.code }),
  );
  expect(ended.stdout).toMatch(/^\d+ una@example.com\n$/);
  expect(ended.code).toBe(status);
  const [pid] = ended.stdout.split(' ');
  // The next process removes the files of a killed one.
  if (status === null) await run(process.execPath, [...options.slice(0, -1), program('')]);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`portcullis-${pid}-`))).toEqual([]);
});
