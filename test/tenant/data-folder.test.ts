import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDataFolder } from '../../src/tenant/store/data-folder.ts';

describe('the data folder', () => {
  it.runIf(process.platform === 'linux')('is refused, without a hang, if the system creates no folders there', () => {
    expect(() => openDataFolder('/proc/portcullis')).toThrowError(
      expect.objectContaining({ code: 'data_folder_unusable' }),
    );
  });

  it.runIf(process.platform === 'linux')(
    'is free again once its tenant has ended, even if its parent never waits for it',
    async () => {
      const path = mkdtempSync(join(tmpdir(), 'data-folder-'));
      openDataFolder(path).release();
      // The shell is replaced by a program that does not wait for its child.
      const shell = spawn('sh', ['-c', 'sleep 600 & echo $!; exec sleep 600'], { stdio: ['ignore', 'pipe', 'ignore'] });
      try {
        const [line] = await once(shell.stdout, 'data');
        const pid = Number(String(line));
        writeFileSync(join(path, 'tenant.lock'), String(pid));
        expect(() => openDataFolder(path)).toThrowError(expect.objectContaining({ code: 'data_folder_in_use' }));
        // The shell itself would take note of the end of its child.
        await expect.poll(() => readFileSync(`/proc/${shell.pid}/comm`, 'utf8')).toBe('sleep\n');
        process.kill(pid, 'SIGKILL');
        await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8')).toContain(') Z ');
        openDataFolder(path).release();
      } finally {
        shell.kill('SIGKILL');
        rmSync(path, { recursive: true });
      }
    },
  );

  it('is created together with its parents', () => {
    const root = mkdtempSync(join(tmpdir(), 'data-folder-'));
    try {
      const path = join(root, 'above', 'data');
      openDataFolder(path).release();
      expect(existsSync(path)).toBe(true);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
