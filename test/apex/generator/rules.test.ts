import { describe, expect, it } from 'vitest';
import { generateApex } from '../../../src/apex/generator/generate.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import { input } from './example-input.ts';

const { defaultRole: _, ...base } = input.policy;
const policy: Policy = {
  ...base,
  landingPages: { 'client-hr': 'https://apex.example.com/ords/r/team/hr/refused' },
  refuse: [
    { rule: "o'clock", when: { network: ['192.0.2.0/24'] }, because: "It's closed." },
    { rule: 'interns', when: { role: ['Intern'] } },
  ],
  admit: [{ rule: 'staff', when: { emailDomain: ['water.example'] }, roles: ['Staff'] }],
  otherwise: { roles: ['Guest'] },
};

describe('the files for a policy with rules', () => {
  it('leave the decision to the Action, and name what the database cannot decide', async () => {
    const { files, undecided } = await generateApex({ ...input, policy });
    expect(undecided).toEqual([`refuse "o'clock"`, 'refuse "interns"', 'admit "staff"', 'otherwise']);
    expect(files.map(({ path }) => path)).not.toEqual(expect.arrayContaining(['plsql-decision.sql']));
    expect(files.map(({ path }) => path)).not.toContain('mle-decision.sql');
  });

  it.each(['plsql', 'mle'] as const)('are refused if %s is to decide', async (decider) => {
    await expect(generateApex({ ...input, policy, decider })).rejects.toMatchObject({
      code: 'apex_rules_undecidable',
      message: expect.stringContaining('admit "staff"'),
    });
  });

  it('have the sentences of rules, a scheme for each role, and every landing page', async () => {
    const { files } = await generateApex({ ...input, policy });
    const content = (path: string) => files.find((file) => file.path === path)?.content ?? '';
    expect(content('landing-page.md')).toContain(`case l_rule when 'o''clock' then 'It''s closed.' else`);
    expect(content('landing-page.md')).toContain('one named `RULE`');
    for (const role of ['Staff', 'Guest', 'ORG:WATER']) expect(content('authorization-schemes.sql')).toContain(role);
    expect(content('sheet.md')).toContain('/hr/refused');
  });
});
