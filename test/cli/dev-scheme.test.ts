import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleExport } from '../apex/doctor/sample-export.ts';
import { run } from './command-line.ts';

describe('portcullis dev --scheme', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-scheme-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['export_foreign', 'select 1 from dual;'],
    ['export_truncated', sampleExport().slice(0, 900)],
    ['scheme_unclear', sampleExport({ scheme: { p_scheme_type: "'NATIVE_OPEN_DOOR'" } })],
  ])('ends with 2 and %s where the file is none to follow', async (code, sql) => {
    const file = join(folder, `${code}.sql`);
    writeFileSync(file, sql);
    const { status, stderr } = await run(['dev', '--once', '--scheme', file]);
    expect(status).toBe(2);
    expect(stderr).toContain(`[${code}]`);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
