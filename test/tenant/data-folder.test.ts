import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDataFolder } from '../../src/tenant/data-folder.ts';

describe('the data folder', () => {
  it.runIf(process.platform === 'linux')('is refused, without a hang, where the system makes no folders', () => {
    expect(() => openDataFolder('/proc/portcullis')).toThrowError(
      expect.objectContaining({ code: 'data_folder_unusable' }),
    );
  });

  it('is made together with the folders above it', () => {
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
