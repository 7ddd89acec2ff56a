import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
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

describe.skipIf(process.platform === 'win32')('a command never writes through a link', () => {
  let folder: string;
  let elsewhere: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-written-'));
    elsewhere = join(folder, 'elsewhere');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (overwrite: boolean) =>
    writeFolder('out', [{ path: 'a.sql', content: 'new' }], { from: folder, overwrite });

  it('in a folder: a link that leads nowhere counts as a file', async () => {
    mkdirSync(join(folder, 'out'));
    symlinkSync(elsewhere, join(folder, 'out', 'a.sql'));
    await expect(write(false)).rejects.toMatchObject({ code: 'file_exists' });
    await write(true);
    expect(existsSync(elsewhere)).toBe(false);
    expect(readFileSync(join(folder, 'out', 'a.sql'), 'utf8')).toBe('new');
  });

  it('in a folder: a folder in it that is a link', async () => {
    mkdirSync(join(folder, 'out'));
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(folder, 'out', 'below'));
    const files = [{ path: 'below/a.sql', content: 'new' }];
    await expect(writeFolder('out', files, { from: folder, overwrite: true })).rejects.toMatchObject({
      code: 'folder_unwritable',
    });
    expect(existsSync(join(elsewhere, 'a.sql'))).toBe(false);
  });

  it.each([
    ['a report', (file: string) => replaceFile(join(folder, file), 'new')],
    ['a saved plan', (file: string) => savePlan(file, folder, { plan: PLAN, desired: {} as never, adopt: false })],
    ['a list of people', async (file: string) => openAffectedPeopleFile(file, folder).close()],
  ])('as one file: %s', async (_, writeIt) => {
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
});
