import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from './command-line.ts';

const example = resolve('portcullis.config.ts');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portcullis-apex-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('writes the folder from the example configuration, once', async () => {
  const out = join(folder, 'apex');
  const args = ['apex', '--apex', '24.2', '--out', 'apex', '--json', '--config', example];
  expect((await run(args, { cwd: folder })).status).toBe(0);
  expect((await readdir(out)).sort()).toEqual([
    'authentication-scheme.sql',
    'authorization-schemes.sql',
    'check.sql',
    'credential.sql',
    'expected-decisions.sql',
    'landing-page.md',
    'mle-decision.sql',
    'plsql-decision.sql',
    'post-authentication.sql',
    'sheet.md',
  ]);
  const again = await run(args, { cwd: folder });
  expect(JSON.parse(again.stdout)).toMatchObject({ error: { code: 'file_exists' } });
  expect(again.status).toBe(2);
  expect((await run([...args, '--overwrite'], { cwd: folder })).status).toBe(0);
});

it('requires the version, and refuses an unknown one', async () => {
  expect(await run(['apex'])).toMatchObject({ status: 2, stderr: expect.stringContaining('[apex_version_missing]') });
  const unknown = await run(['apex', '--apex', '5.1']);
  expect(unknown).toMatchObject({ status: 2, stderr: expect.stringContaining('[apex_version_unknown]') });
});

it('has help for the doctor without the options for writing', async () => {
  const { status, stdout } = await run(['apex', 'doctor', '--help']);
  expect(status).toBe(0);
  expect(stdout).toContain('--config <file>');
  expect(stdout).toContain('--version');
  expect(stdout).not.toMatch(/--apex <version>|--client-id|--overwrite/);
});

it.skipIf(process.platform !== 'linux')(
  'says so where the folder cannot be made, and does not try for ever',
  async () => {
    const { status, stderr } = await run(['apex', '--apex', '24.2', '--out', '/proc/portcullis']);
    expect(status).toBe(2);
    expect(stderr).toContain('[folder_unwritable]');
  },
);
