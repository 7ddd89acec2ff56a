// Ctrl-C as a terminal sends it: to the command and to every process that it has started.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { atTerminal, CONTROL_C, CONTROL_D, ENTER, hasTerminal } from './at-terminal.ts';
import { writeEnvironmentFile } from './environment-file.ts';

describe.skipIf(!hasTerminal)('a question before a change', () => {
  let local: LocalTenant;
  let folder: string;
  beforeAll(async () => {
    local = await startLocalTenant();
    await local.management.clients.create({ name: 'APEX', app_type: 'regular_web' });
    folder = mkdtempSync(join(tmpdir(), 'portcullis-asked-'));
    writeEnvironmentFile(folder, local.tenant);
    writeFileSync(
      join(folder, 'portcullis.config.ts'),
      "export default { applications: ['APEX'], claim: 'https://apex.test/roles', landingPage: 'https://apex.test/refused' };",
    );
  });
  afterAll(async () => {
    await local.tenant.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['Ctrl-C', CONTROL_C, 130],
    ['Ctrl-D', CONTROL_D, 130],
    ['a no', `no${ENTER}`, 4],
  ])('%s declines, and nothing is done', async (_, typed, expected) => {
    const { status, said } = await atTerminal('apply', folder, [['Type yes to go on', typed]]);
    expect(said).toContain('Nothing has been done.');
    expect(said).not.toContain('unexpected');
    expect(status).toBe(expected);
    expect((await local.management.actions.list()).data).toEqual([]);
  });
});

describe.skipIf(process.platform !== 'linux')('dev that is interrupted', () => {
  it.each([
    ['dev', '--once'],
    ['dev', '--port', '0', '--http-port', '0', '--app-port', '0'],
  ])('%s %s: while the Action is being made', async (...args) => {
    const child = spawn(process.execPath, [resolve('bin/portcullis.cjs'), ...args], {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk);
    });
    const ended = new Promise<number | null>((done) => child.once('close', done));
    const { pid = 0 } = child;
    await expect.poll(() => namesOfChildren(pid), { interval: 2 }).toContain('esbuild');
    process.kill(-pid, 'SIGINT');
    expect(await ended).toBe(130);
    expect(stderr).toBe('');
  });
});

function namesOfChildren(pid: number): string[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((id) => id !== '')
    .map((id) => readFileSync(`/proc/${id}/comm`, 'utf8').trim());
}
