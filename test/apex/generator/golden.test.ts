import { readFileSync } from 'node:fs';
import { diff } from 'node:util';
import { describe, expect, it } from 'vitest';
import { generateApex } from '../../../src/apex/generator/generate.ts';
import { input } from './example-input.ts';
import { foldExpectations } from './fold-expectations.ts';

/** The version whose files are stored whole. Of the others only different lines are stored. */
const WHOLE = '24.2';

/** Returns the lines that are only in one of two texts, `-` for the first and `+` for the second, with their numbers. */
function differentLines(first: string, second: string): string {
  let line = 0;
  const lines: string[] = [];
  for (const [operation, text] of diff(first.split('\n'), second.split('\n'))) {
    // -1: only in the second, 1: only in the first.
    if (operation !== 1) line += 1;
    if (operation !== 0) lines.push(`${operation === -1 ? '+' : '-'}${line} ${text}`);
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

const golden = (path: string) => readFileSync(new URL(`golden/${path}`, import.meta.url), 'utf8');

describe('the files for each version of APEX', () => {
  // Update with `npx vitest run test/apex/generator -u`, and read the difference.
  it(`equal the stored ones: ${WHOLE}`, async () => {
    const { files, missing } = await generateApex({ ...input, version: WHOLE });
    expect(missing).toEqual([]);
    for (const { path, content } of files) {
      const folded = path === 'expected-decisions.sql' ? foldExpectations(content) : content;
      await expect(folded).toMatchFileSnapshot(`golden/${path}`);
    }
  });

  it.each(['22.1', '23.2', '26.2'])('differ from those only in the stored lines: %s', async (version) => {
    const { files: whole } = await generateApex({ ...input, version: WHOLE });
    const { files, missing } = await generateApex({ ...input, version });
    expect(missing).toEqual([]);
    expect(files.map(({ path }) => path)).toEqual(whole.map(({ path }) => path));
    const differences = files
      .map(({ path, content }, index) => ({ path, lines: differentLines(whole[index]?.content ?? '', content) }))
      .filter(({ lines }) => lines !== '');
    const text = differences.map(({ path, lines }) => `${path}\n${lines}`).join('\n');
    await expect(text).toMatchFileSnapshot(`golden/${version}.diff`);
  });

  it('have the form of the newest version whose form is known', async () => {
    const scheme = async (version: string) =>
      (await generateApex({ ...input, version })).files.find(({ path }) => path === 'authentication-scheme.sql')
        ?.content;
    expect(await scheme('22.1')).toContain("'2022.04.12'");
    expect(await scheme('22.1')).not.toContain('p_version_scn');
    expect(await scheme('23.2')).toContain("'2023.10.31'");
    expect(await scheme('24.2')).toContain('p_version_scn');
    expect(await scheme('26.2')).toContain("'2024.11.30'");
  });

  it.each([
    ['refuse', 'email'],
    ['admit', 'sub'],
  ] as const)('name people in APEX by what is vouched for: %s, so %s', async (unverifiedEmail, username) => {
    const { files } = await generateApex({ ...input, policy: { ...input.policy, unverifiedEmail } });
    const content = (path: string) => files.find((file) => file.path === path)?.content ?? '';
    expect(content('authentication-scheme.sql')).toContain(`p_attribute_09=>'${username}'`);
    expect(content('sheet.md')).toContain(`| Username | \`${username}\` |`);
  });

  it('refuse an unknown version', async () => {
    await expect(generateApex({ ...input, version: '21.2' })).rejects.toMatchObject({ code: 'apex_version_unknown' });
    await expect(generateApex({ ...input, version: '__proto__' })).rejects.toMatchObject({
      code: 'apex_version_unknown',
    });
  });

  for (const decider of ['plsql', 'mle'] as const) {
    it(`let the database decide: ${decider}`, async () => {
      const { files } = await generateApex({ ...input, decider });
      const content = files.find(({ path }) => path === 'post-authentication.sql')?.content ?? '';
      const lines = differentLines(golden('post-authentication.sql'), content);
      await expect(lines).toMatchFileSnapshot(`golden/post-authentication-${decider}.diff`);
    });
  }
});

describe('the folded form of the expected decisions', () => {
  it('changes with every change of the script', async () => {
    const { files } = await generateApex({ ...input, version: WHOLE });
    const script = files.find(({ path }) => path === 'expected-decisions.sql')?.content ?? '';
    const folded = foldExpectations(script);
    const changes: readonly (readonly [string, string])[] = [
      ["'ORG:WATER'));", "'ORG:AIR'));"],
      [', true, apex_t_varchar2()', ', true, apex_t_varchar2(null)'],
      ["'another-application'", "'client-apex'"],
      ['visitors 1 to 100', 'visitors 1 to 99'],
    ];
    for (const [before, after] of changes) {
      expect(script).toContain(before);
      expect(foldExpectations(script.replace(before, after)), before).not.toBe(folded);
    }
    expect(() => foldExpectations(script.replace('expect(2,', 'expect(3,'))).toThrow('out of order');
    expect(() => foldExpectations(script.replace('l_failed + 1', 'l_failed + 2'))).toThrow('differ in more');
  });
});
