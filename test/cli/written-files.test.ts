import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAffectedPeopleFile } from '../../src/cli/deployment/affected-people-file.ts';
import { savePlan } from '../../src/cli/deployment/saved-plan.ts';
import { replaceFile } from '../../src/cli/replace-file.ts';
import { writeFolder } from '../../src/cli/write-folder.ts';

const PLAN = { digest: 'x', domain: 'example.eu.auth0.com', changes: [], losses: [], warnings: [] };

describe.skipIf(process.platform === 'win32')('files that commands write', () => {
  let folder: string;
  let elsewhere: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-written-'));
    elsewhere = join(folder, 'elsewhere');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (overwrite: boolean) =>
    writeFolder('out', [{ path: 'a.sql', content: 'new' }], { from: folder, overwrite });

  it('count a link that leads nowhere as a file', async () => {
    mkdirSync(join(folder, 'out'));
    symlinkSync(elsewhere, join(folder, 'out', 'a.sql'));
    await expect(write(false)).rejects.toMatchObject({ code: 'file_exists' });
    await write(true);
    expect(existsSync(elsewhere)).toBe(false);
    expect(readFileSync(join(folder, 'out', 'a.sql'), 'utf8')).toBe('new');
  });

  it('are never written below a link in their folder', async () => {
    mkdirSync(join(folder, 'out'));
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(folder, 'out', 'below'));
    const files = [{ path: 'below/a.sql', content: 'new' }];
    await expect(writeFolder('out', files, { from: folder, overwrite: true })).rejects.toMatchObject({
      code: 'folder_unwritable',
    });
    expect(existsSync(join(elsewhere, 'a.sql'))).toBe(false);
  });

  const written: readonly (readonly [string, (file: string) => Promise<void>])[] = [
    ['a report', (file: string) => replaceFile(join(folder, file), 'new')],
    ['a saved plan', (file: string) => savePlan(file, folder, { plan: PLAN, desired: {} as never, adopt: false })],
    ['a list of people', async (file: string) => openAffectedPeopleFile(file, folder).close()],
  ];

  it.each(written)('are never written through a link: %s', async (_, writeIt) => {
    symlinkSync(elsewhere, join(folder, 'file'));
    await writeIt('file');
    expect(existsSync(elsewhere)).toBe(false);
    expect(lstatSync(join(folder, 'file')).isSymbolicLink()).toBe(false);
    writeFileSync(elsewhere, 'years of work');
    rmSync(join(folder, 'file'));
    symlinkSync(elsewhere, join(folder, 'file'));
    await writeIt('file').catch(() => undefined);
    expect(readFileSync(elsewhere, 'utf8')).toBe('years of work');
  });

  it.each(written)('are written into a pipe or a device, which stays one: %s', async (_, writeIt) => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    symlinkSync(join(folder, 'pipe'), join(folder, 'link'));
    for (const name of ['pipe', 'link']) {
      const reader = openSync(join(folder, 'pipe'), constants.O_RDWR | constants.O_NONBLOCK);
      await writeIt(name);
      expect(readSync(reader, Buffer.alloc(100_000)), name).toBeGreaterThan(0);
      closeSync(reader);
    }
    expect(lstatSync(join(folder, 'pipe')).isFIFO()).toBe(true);
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
  });

  it('are readable by their owner alone if they list people, even if others could read the file before', () => {
    writeFileSync(join(folder, 'people.csv'), 'old', { mode: 0o644 });
    openAffectedPeopleFile('people.csv', folder).close();
    expect(statSync(join(folder, 'people.csv')).mode & 0o777).toBe(0o600);
  });
});
