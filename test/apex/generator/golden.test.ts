import { describe, expect, it } from 'vitest';
import { generateApex } from '../../../src/apex/generator/generate.ts';
import { input } from './example-input.ts';

/** Those that a version has in a form of its own; the others are the same for all. */
const OWN_FORM = new Set(['authentication-scheme.sql', 'authorization-schemes.sql', 'sheet.md']);

describe('the files for each version of APEX', () => {
  // Update with `npx vitest run test/apex/generator -u`, and read the difference.
  for (const version of ['22.1', '23.2', '24.2', '26.2']) {
    it(`are as they were: ${version}`, async () => {
      const { files, missing } = await generateApex({ ...input, version });
      expect(missing).toEqual([]);
      for (const { path, content } of files) {
        const folder = OWN_FORM.has(path) ? version : 'every-version';
        await expect(content).toMatchFileSnapshot(`golden/${folder}/${path}`);
      }
    });
  }

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

  it('refuse a version that is not known', async () => {
    await expect(generateApex({ ...input, version: '21.2' })).rejects.toMatchObject({ code: 'apex_version_unknown' });
    await expect(generateApex({ ...input, version: '__proto__' })).rejects.toMatchObject({
      code: 'apex_version_unknown',
    });
  });

  for (const decider of ['plsql', 'mle'] as const) {
    it(`let the database decide: ${decider}`, async () => {
      const { files } = await generateApex({ ...input, decider });
      const content = files.find(({ path }) => path === 'post-authentication.sql')?.content ?? '';
      await expect(content).toMatchFileSnapshot(`golden/${decider}/post-authentication.sql`);
    });
  }
});
