import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConsoleSite } from '../../../src/cli/console/load-console-site.ts';
import { startLocalTenant } from '../../local-tenant.ts';

describe("the password of the console's administrator", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-password-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const passwordOfStart = async (dataFolder?: string) => {
    const { tenant } = await startLocalTenant({
      console: { site: loadConsoleSite },
      ...(dataFolder !== undefined && { dataFolder }),
    });
    await tenant.close();
    return tenant.console?.password ?? '';
  };

  it('stays the same with a data folder, in a file that only its owner can read', async () => {
    const first = await passwordOfStart(folder);
    expect(first).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
    expect(await passwordOfStart(folder)).toBe(first);
    const file = join(folder, 'console-password');
    expect(readFileSync(file, 'utf8')).toBe(`${first}\n`);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each(['', 'short', 'A password of another kind'])('is a new one if its file holds %j', async (content) => {
    const first = await passwordOfStart(folder);
    writeFileSync(join(folder, 'console-password'), content);
    const second = await passwordOfStart(folder);
    expect(second).not.toBe(first);
    expect(second).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
    expect(await passwordOfStart(folder)).toBe(second);
  });

  it('stops the start if its file cannot be used, and the error names the file', async () => {
    mkdirSync(join(folder, 'console-password'));
    writeFileSync(join(folder, 'tenant.sqlite'), '');
    await expect(passwordOfStart(folder)).rejects.toMatchObject({
      code: 'data_folder_unusable',
      message: expect.stringContaining('console-password'),
    });
  });

  it('is a new one at every start in memory', async () => {
    expect(await passwordOfStart()).not.toBe(await passwordOfStart());
  });
});
