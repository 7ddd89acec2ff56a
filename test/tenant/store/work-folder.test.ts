import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDataFolder } from '../../../src/tenant/store/data-folder.ts';

test('a start deletes the temporary folder of a process that was killed, and none that is in use', () => {
  // No process has an id beyond what the kernel gives out.
  const dead = join(tmpdir(), 'portcullis-99999999-abcdef');
  const alive = join(tmpdir(), `portcullis-${process.ppid}-abcdef`);
  mkdirSync(join(dead, 'sandbox'), { recursive: true });
  mkdirSync(alive, { recursive: true });
  const first = openDataFolder(undefined);
  const second = openDataFolder(undefined);
  expect(existsSync(dead)).toBe(false);
  expect([alive, first.work, second.work].map((path) => existsSync(path))).toEqual([true, true, true]);
  first.release();
  second.release();
  expect(existsSync(first.work)).toBe(false);
});
