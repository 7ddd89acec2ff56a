import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runApex } from '../../src/cli/apex/run-apex.ts';
import { run } from './command-line.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portcullis-apex-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('writes the folder from the example configuration, once', async () => {
  const options = { apex: '24.2', out: join(folder, 'apex'), decide: 'action', json: true } as const;
  await runApex(options);
  expect((await readdir(options.out)).sort()).toEqual([
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
  await expect(runApex(options)).rejects.toMatchObject({ code: 'file_exists' });
  await expect(runApex({ ...options, overwrite: true })).resolves.toBeUndefined();
});

it('asks for the version, and refuses one that it does not know', async () => {
  await expect(runApex({ decide: 'action' })).rejects.toMatchObject({ code: 'apex_version_missing' });
  await expect(runApex({ apex: '5.1', decide: 'action' })).rejects.toMatchObject({ code: 'apex_version_unknown' });
});

it('has a help for the doctor without the options that only writing takes', async () => {
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
