import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apexExport } from '../../../src/apex/export/apex-export.ts';
import { readExportFiles } from '../../../src/apex/export/read-export-files.ts';
import { generateApex } from '../../../src/apex/generator/generate.ts';
import { Problem } from '../../../src/problem/problem.ts';
import { run } from '../../cli/command-line.ts';
import { input } from '../generator/example-input.ts';
import { sampleExport } from './sample-export.ts';
import { zipOf } from './zip.ts';

describe('a bad export', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-doctor-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const put = (name: string, content: string | Buffer): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const codeOf = async (path: string): Promise<string> => {
    try {
      apexExport(await readExportFiles(path));
      return 'none';
    } catch (error) {
      if (error instanceof Problem) return error.code;
      throw error;
    }
  };

  it('is refused with a code of its own', async () => {
    const huge = put('huge.sql', '');
    truncateSync(huge, 65 * 1024 * 1024);
    expect(await codeOf(huge)).toBe('export_too_large');
    expect(await codeOf(join(folder, 'missing.sql'))).toBe('export_unreadable');
    expect(await codeOf('/dev/null')).toBe('export_unreadable');
    expect(await codeOf(put('binary.sql', Buffer.from([1, 0, 2])))).toBe('export_binary');
    expect(await codeOf(put('latin.sql', Buffer.from([0xe4, 0x20])))).toBe('export_binary');
    expect(await codeOf(put('foreign.sql', 'create table people (name varchar2(10));'))).toBe('export_foreign');
    expect(await codeOf(put('empty.sql', ''))).toBe('export_foreign');
    expect(await codeOf(put('broken.zip', Buffer.from('PK\u0003\u0004 and no more')))).toBe('export_archive_invalid');
    expect(await codeOf(put('two.sql', sampleExport() + sampleExport()))).toBe('export_ambiguous');
  });

  it('is not a file in another language beside a good one', async () => {
    const beside = join(folder, 'generated');
    mkdirSync(beside);
    for (const { path, content } of (await generateApex(input)).files) writeFileSync(join(beside, path), content);
    expect(await codeOf(beside)).toBe('none');
    expect(await codeOf(put('notes.ts', "// don't"))).toBe('export_foreign');
  });

  it('cut off anywhere is never accepted as a complete one', () => {
    const sql = sampleExport();
    const whole = sql.indexOf('.import_end') + '.import_end'.length;
    for (let end = 0; end < whole; end += 1) {
      expect(() => apexExport([{ name: 'f100.sql', sql: sql.slice(0, end) }]), String(end)).toThrow(Problem);
    }
  });

  it('always ends in a result or in a problem, regardless of its content', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "'",
        "''",
        '/*',
        '--',
        '(',
        ')',
        "q'[",
        '\n',
        ';',
        ',',
        '=>',
        'wwv_flow_imp_shared.create_authentication(',
        'prompt ',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.nat(), (pieces, at) => {
        const sql = sampleExport();
        const place = at % sql.length;
        try {
          apexExport([{ name: 'f.sql', sql: sql.slice(0, place) + pieces.join('') + sql.slice(place) }]);
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('of a long text without an end is read in linear time', () => {
    expect(() => apexExport([{ name: 'f.sql', sql: `begin wwv_x('${"a''".repeat(2_000_000)}` }])).toThrow(/never ends/);
  });

  it('as a zip cannot lead out of the archive', async () => {
    const sql = Buffer.from(sampleExport());
    expect(await codeOf(put('good.zip', zipOf('f100/f100.sql', sql)))).toBe('none');
    for (const name of ['../f100.sql', '/etc/f100.sql', 'a\\..\\f100.sql', 'C:/f100.sql']) {
      expect(await codeOf(put('bad.zip', zipOf(name, sql))), name).toBe('export_archive_invalid');
    }
    expect(await codeOf(put('liar.zip', zipOf('f100.sql', sql, 10)))).toBe('export_archive_invalid');
    expect(await codeOf(put('bomb.zip', zipOf('f100.sql', Buffer.alloc(65 * 1024 * 1024, 32))))).toBe(
      'export_too_large',
    );
    expect(await codeOf(put('cut.zip', zipOf('f100.sql', sql).subarray(0, 200)))).toBe('export_archive_invalid');
  });

  it('as a folder is read without following links', async () => {
    const split = join(folder, 'split');
    mkdirSync(split);
    symlinkSync(put('elsewhere.sql', sampleExport()), join(split, 'link.sql'));
    expect(await codeOf(split)).toBe('export_foreign');
  });

  it('as a folder may have names that are not UTF-8, as unpacked archives do', async () => {
    const split = join(folder, 'names');
    mkdirSync(split);
    writeFileSync(
      Buffer.concat([Buffer.from(`${split}/`), Buffer.from([0x83, 0xf4]), Buffer.from('.sql')]),
      sampleExport(),
    );
    expect(await codeOf(split)).toBe('none');
  });

  it('ends the command with 2, a wrong one with 1, a healthy one with 0', async () => {
    const { status, stderr } = await run(['apex', 'doctor', put('cut.sql', sampleExport().slice(0, 900))], {
      cwd: folder,
    });
    expect(status).toBe(2);
    expect(stderr).toContain('[export_truncated]');
    expect(stderr).not.toMatch(/\n\s+at /);
    expect((await run(['apex', 'doctor', put('well.sql', sampleExport())], { cwd: folder })).status).toBe(0);
    const ill = put('ill.sql', sampleExport({ scheme: { p_attribute_07: "'profile'" } }));
    const answer = await run(['apex', 'doctor', ill, '--json'], { cwd: folder });
    expect(answer.status).toBe(1);
    expect(JSON.parse(answer.stdout)).toMatchObject({
      findings: [{ id: 'email-not-asked', line: expect.any(Number) }],
    });
  });
});
