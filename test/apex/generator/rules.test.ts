import { describe, expect, it } from 'vitest';
import { generateApex } from '../../../src/apex/generator/generate.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import { companyPolicy, withoutUndecidable } from './decidable-policy.ts';
import { input } from './example-input.ts';

const { defaultRole: _, ...base } = input.policy;
const policy: Policy = {
  ...base,
  refuse: [
    { rule: "o'clock", when: { network: ['192.0.2.0/24'] }, because: "It's closed." },
    { rule: 'interns', when: { role: ['Intern'] } },
  ],
  admit: [
    { rule: 'staff', when: { emailDomain: ['water.example'] }, roles: ['Staff'] },
    { rule: 'water', when: { not: [{ organization: ['water'] }], group: ['staff'] }, roles: [], mfa: true },
  ],
  otherwise: { roles: ['Guest'] },
};

const content = async (path: string, changes: Partial<typeof input>) =>
  (await generateApex({ ...input, ...changes })).files.find((file) => file.path === path)?.content ?? '';

describe('the files for a policy with rules', () => {
  it('leave the decision to the Action if a rule asks for what no token says, and name the rule', async () => {
    const { files, undecided } = await generateApex({ ...input, policy });
    expect(undecided).toEqual([
      { part: `refuse "o'clock"`, needs: ['network'] },
      { part: 'admit "water"', needs: ['group', 'organization by its name', 'mfa'] },
    ]);
    expect(files.map(({ path }) => path)).not.toContain('plsql-decision.sql');
    expect(files.map(({ path }) => path)).not.toContain('mle-decision.sql');
  });

  it.each(['plsql', 'mle'] as const)('are refused if %s is to decide such a rule', async (decider) => {
    await expect(generateApex({ ...input, policy, decider })).rejects.toMatchObject({
      code: 'apex_rules_undecidable',
      message: expect.stringContaining(
        `refuse "o'clock" (network), admit "water" (group, organization by its name, mfa)`,
      ),
    });
  });

  it('say of the example which rules the database cannot decide, and decide the others', async () => {
    const { undecided } = await generateApex({ ...input, policy: companyPolicy, guarded: 'HR' });
    expect(undecided).toEqual([
      { part: 'admit "water company"', needs: ['connection'] },
      { part: 'admit "administrators"', needs: ['network', 'mfa'] },
      { part: 'admit "personnel"', needs: ['appMetadata'] },
    ]);
    const decidable = { ...input, policy: withoutUndecidable(companyPolicy), guarded: 'HR', decider: 'plsql' as const };
    const sql = await content('plsql-decision.sql', decidable);
    expect(sql).toContain("return answer('refuse', 'refuse_rule', 'left the company');");
    expect(sql).toContain("l_at < timestamp '2027-04-01 00:00:00.000'");
    const gate = await content('post-authentication.sql', decidable);
    // The landing page is that of the application, and learns the rule that has a sentence.
    expect(gate).toContain('team%2Fhr%2Frefused');
    expect(gate).toContain("when 'left the company' then '%26rule%3Dleft%2520the%2520company'");
    expect(gate).toContain("p_organization => apex_json.get_varchar2(p_path => 'org_id', p_values => l_id_token)");
  });

  it('let no unverified user in by the opposite of an address that the database cannot compare', async () => {
    const listed: Policy = {
      ...base,
      unverifiedEmail: 'rules',
      admit: [
        { rule: 'others', when: { role: ['Staff'], not: [{ email: ['\u00e4nn@water.example'] }] }, roles: [] },
        { rule: 'twice', when: { not: [{ not: [{ emailDomain: ['b\u00fccher.example'] }] }] }, roles: [] },
      ],
    };
    const sql = await content('plsql-decision.sql', { policy: listed, decider: 'plsql' });
    expect(sql).toContain('and not (known(l_address, false))');
    // PL/SQL has no `not not`.
    expect(sql).toContain('if not (not (known(l_domain, false))) then');
  });

  it.each(['plsql', 'mle'] as const)(
    'refuse without the list of roles if a role refuses, decided by %s',
    async (decider) => {
      const gate = async (changes: Partial<Policy>) =>
        await content('post-authentication.sql', { policy: { ...base, ...changes }, decider });
      const byRole = { role: ['Intern'] };
      const byDomain = { emailDomain: ['water.example'] };
      for (const rules of [
        { refuse: [{ rule: 'interns', when: { anyOf: [byRole, byDomain] } }] },
        { admit: [{ rule: 'others', when: { not: [{ anyOf: [byRole] }] }, roles: [] }] },
      ]) {
        expect(await gate(rules)).toContain("refuse('roles_unknown')");
      }
      for (const rules of [
        { refuse: [{ rule: 'power', when: byDomain }] },
        { admit: [{ rule: 'auditors', when: { ...byRole, not: [byDomain] }, roles: [] }] },
      ]) {
        expect(await gate(rules)).not.toContain('roles_unknown');
      }
    },
  );

  it('read the address from where the roles come', async () => {
    const gate = await content('post-authentication.sql', { policy: input.policy, decider: 'plsql' });
    for (const name of ['email', 'email_verified']) {
      expect(gate).toContain(`apex_json.get_value(p_path => '${name}', p_values => l_values)`);
    }
  });

  it('are for one application: its name has to be given if there are several', async () => {
    for (const guarded of [undefined, 'H']) {
      await expect(generateApex({ ...input, policy: companyPolicy, guarded })).rejects.toMatchObject({
        code: 'apex_application_unknown',
        remedy: 'Name one of them: --application "APEX", or --application "HR"',
      });
    }
  });

  it('compare long lists in functions of their own', async () => {
    const email = Array.from({ length: 200 }, (_value, index) => `user${index}@water.example`);
    const admit = [{ rule: 'list', when: { email }, roles: [] }];
    const sql = await content('plsql-decision.sql', { policy: { ...base, admit }, decider: 'plsql' });
    expect(sql.match(/return true; end if;/g)?.length).toBeGreaterThanOrEqual(5);
    expect(sql).toContain('if known(l_address, is_listed_1(l_address)) then');
  });

  it('have the sentences of rules, and a scheme for each role', async () => {
    expect(await content('landing-page.md', { policy })).toContain(
      `case l_rule when 'o''clock' then 'It''s closed.' else`,
    );
    expect(await content('landing-page.md', { policy })).toContain('one named `RULE`');
    for (const role of ['Staff', 'Guest', 'ORG:WATER']) {
      expect(await content('authorization-schemes.sql', { policy })).toContain(role);
    }
    expect(await content('sheet.md', { policy: companyPolicy, guarded: 'HR' })).toContain('/hr/refused');
  });
});
