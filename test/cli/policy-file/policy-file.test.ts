import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPolicyFile, type PolicyFile } from '../../../src/cli/dev/policy-file/policy-file.ts';
import { loadConfiguration } from '../../../src/configuration/load-configuration.ts';

const source = `import { definePolicy } from 'portcullis';
import { domains } from './domains.ts';

export default definePolicy({
  applications: ['APEX'],
  claim: 'https://apex.example.com/roles',
  landingPage: 'https://apex.example.com/refused',
  admit: [
    // Everybody of the company.
    { rule: 'staff', when: { emailDomain: domains, until: '2099-12-31' } },
  ],
  otherwise: 'refuse',
  tests: [{ who: { email: 'ann@water.example', at: '2026-06-01' }, expect: { roles: [] } }],
});
`;

/** A policy without rules, whose roles have the prefix that is assumed then. */
const short = `import { definePolicy } from 'portcullis';

export default definePolicy({
  applications: ['APEX'],
  claim: 'https://apex.example.com/roles',
  landingPage: 'https://apex.example.com/refused',
  defaultRole: 'APEX User',
});
`;

describe('the policy file of dev', () => {
  let folder: string;
  let path: string;
  let file: PolicyFile;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-policy-file-'));
    path = join(folder, 'portcullis.config.ts');
  });
  beforeEach(async () => {
    writeFileSync(path, source);
    writeFileSync(join(folder, 'domains.ts'), "export const domains = ['water.example'];\n");
    file = createPolicyFile(await loadConfiguration({ path }), true);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const content = () => readFileSync(path, 'utf8');
  const auditors = {
    list: 'admit',
    rule: { rule: 'auditors', when: { email: ['kim@audit.example'] }, roles: ['Auditor'] },
  };

  it('is shown with its rules, and its tests with their results', () => {
    expect(file.state()).toEqual({
      name: 'portcullis.config.ts',
      writable: true,
      applications: ['APEX'],
      refuse: [],
      admit: [
        { rule: 'staff', when: { emailDomain: ['water.example'], until: '2100-01-01T00:00:00.000Z' }, roles: [] },
      ],
      tests: [
        {
          visitor: 'ann@water.example, at 2026-06-01 12:00',
          expected: 'let in without roles',
          outcome: 'let in without roles by "staff"',
          holds: true,
        },
      ],
    });
  });

  it('is written only with the digest of what was shown, and keeps its comments and imports', async () => {
    const preview = await file.change(auditors);
    expect(preview).toMatchObject({ before: source, written: false, tests: [{ holds: true }], warnings: [] });
    expect(preview.problem).toBeUndefined();
    expect(content()).toBe(source);
    // Nothing is left beside it.
    expect(readdirSync(folder).sort()).toEqual(['domains.ts', 'portcullis.config.ts']);

    writeFileSync(path, `${source}// edited\n`);
    const late = await file.change({ ...auditors, digest: preview.digest });
    expect(late).toMatchObject({ written: false, problem: { code: 'policy_file_changed' } });
    writeFileSync(path, source);

    expect(await file.change({ ...auditors, digest: preview.digest })).toMatchObject({ written: true });
    expect(content()).toContain('// Everybody of the company.');
    expect(content()).toContain("{ rule: 'auditors', when: { email: ['kim@audit.example'] }, roles: ['Auditor'] },");
    expect((await loadConfiguration({ path })).policy.admit).toHaveLength(2);
  });

  it('changes a rule whose values come from a variable, unless they change', async () => {
    const { rule, when, roles } = file.state().admit[0] ?? { rule: '', when: {}, roles: [] };
    const renamed = await file.change({ list: 'admit', name: 'staff', rule: { rule: 'company', when, roles } });
    expect(renamed.problem).toBeUndefined();
    expect(renamed.after).toContain("{ rule: 'company', when: { emailDomain: domains, until: '2099-12-31' } },");
    const withRole = await file.change({ list: 'admit', name: 'staff', rule: { rule, when, roles: ['Staff'] } });
    expect(withRole).toMatchObject({ tests: [{ holds: false, outcome: 'let in with Staff by "staff"' }] });
    expect(
      await file.change({
        list: 'admit',
        name: 'staff',
        rule: { rule, when, roles: ['Staff'] },
        digest: withRole.digest,
      }),
    ).toMatchObject({ written: false });
    expect(content()).toBe(source);
  });

  it('is not written with a mistake, which names the file and the field', async () => {
    const wrong = { ...auditors, rule: { ...auditors.rule, when: { country: ['Germany'] } } };
    const { problem, digest } = await file.change(wrong);
    expect(problem).toMatchObject({
      code: 'policy_invalid',
      message: expect.stringContaining('admit[1].when.country'),
    });
    expect(problem?.message).not.toMatch(/\.[0-9a-f]{12}-portcullis/);
    expect(await file.change({ ...wrong, digest })).toMatchObject({ written: false });
    expect(content()).toBe(source);
  });

  it('is changed by one request after another, so that the second does not undo the first', async () => {
    const { digest } = await file.change(auditors);
    const guests = {
      list: 'admit',
      rule: { rule: 'guests', when: { email: ['gil@guest.example'] }, roles: [] },
      digest,
    };
    const [first, second] = await Promise.all([file.change({ ...auditors, digest }), file.change(guests)]);
    expect(first).toMatchObject({ written: true });
    expect(second).toMatchObject({ written: false, problem: { code: 'policy_file_changed' } });
    expect(content()).toContain('auditors');
    expect(content()).not.toContain('guests');
  });

  it('stays where a link leads to', async () => {
    const elsewhere = join(folder, 'elsewhere');
    const link = join(elsewhere, 'portcullis.config.ts');
    mkdirSync(elsewhere);
    symlinkSync(path, link);
    const linked = createPolicyFile(await loadConfiguration({ path: link }), true);
    const { digest } = await linked.change(auditors);
    expect(await linked.change({ ...auditors, digest })).toMatchObject({ written: true });
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(content()).toContain('auditors');
    rmSync(elsewhere, { recursive: true });
  });

  it('says that its first rule changes what the name of a role means', async () => {
    writeFileSync(path, short);
    const first = createPolicyFile(await loadConfiguration({ path }), true);
    const { warnings, written } = await first.change(auditors);
    expect(written).toBe(false);
    expect(warnings).toEqual([
      'With this change, a role that begins with ORG: no longer lets its holders in by itself. To keep what the policy says now, write organizationPrefix: "ORG:"',
    ]);
    writeFileSync(path, short.replace('claim:', "organizationPrefix: 'ORG:',\n  claim:"));
    const explicit = createPolicyFile(await loadConfiguration({ path }), true);
    expect(await explicit.change(auditors)).toMatchObject({ warnings: [] });
  });

  it('is left alone if what the rule says is not what the file makes of it', async () => {
    writeFileSync(
      path,
      `const lax = (policy) => ({ ...policy, admit: policy.admit.map((rule) => ({ ...rule, roles: ['Admin'] })) });\n${source.replace('export default definePolicy({', 'export default lax({')}`,
    );
    const lax = createPolicyFile(await loadConfiguration({ path }), true);
    const { problem } = await lax.change(auditors);
    expect(problem).toMatchObject({ code: 'policy_file_unusual' });
  });

  it('is left alone if it computes its rules', async () => {
    writeFileSync(
      path,
      source
        .replace('admit: [', 'admit: [...[], ')
        .replace('export default', 'const more = { applications: 1, claim: 2, admit: [] };\nexport default'),
    );
    const { problem } = await file.change(auditors);
    expect(problem).toMatchObject({ code: 'policy_file_unusual', remedy: 'Edit the file by hand.' });
  });

  it('says why the file is not in use', () => {
    file.read({ error: new Error('broken') });
    expect(file.state().problem?.message).toContain('broken');
  });

  it('is never written if it is the example', async () => {
    const example = createPolicyFile(await loadConfiguration({ path }), false);
    const { digest } = await example.change(auditors);
    expect(await example.change({ ...auditors, digest })).toMatchObject({ written: false });
    expect(content()).toBe(source);
  });

  it('can be written once the folder has a file of its own in place of the example', async () => {
    const loaded = await loadConfiguration({ path });
    const file = createPolicyFile(loaded, false);
    file.read(loaded, true);
    expect(file.state().writable).toBe(true);
    // A mistake in it changes nothing about that.
    file.read({ error: new Error('broken') });
    const { digest } = await file.change(auditors);
    expect(await file.change({ ...auditors, digest })).toMatchObject({ written: true });
    expect(content()).toContain("rule: 'auditors'");
  });
});
