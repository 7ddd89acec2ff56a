import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Literal } from '../../../src/action/javascript-literal.ts';
import {
  editPolicySource,
  type PlainRecord,
  type RuleChange,
} from '../../../src/cli/dev/policy-file/edit-policy-source.ts';

const source = `// Who may enter. { not: 'this' }
import { definePolicy } from 'portcullis';

const staff = ['Staff']; // shared: [1, 2]

export default definePolicy({
  applications: ['APEX'], /* one, for now */
  claim: "https://apex.example.com/roles",
  // Left the company.
  refuse: [
    { rule: 'left', when: { email: ['jo@water.example'] }, because: 'It is "closed".' }, // personnel said so
    {
      rule: "isn't here", // a quote
      when: { country: ['DE'] },
    },
  ],
  admit: [{ rule: 'staff', when: { emailDomain: 'water.example' }, roles: staff }],
});
`;
const rules: Readonly<Record<string, PlainRecord>> = {
  left: { rule: 'left', when: { email: ['jo@water.example'] }, because: 'It is "closed".' },
  "isn't here": { rule: "isn't here", when: { country: ['DE'] } },
  staff: { rule: 'staff', when: { emailDomain: ['water.example'] }, roles: ['Staff'] },
};

const edit = (list: RuleChange['list'], name: string | undefined, after: PlainRecord | undefined, text = source) =>
  editPolicySource(text, { list, name, before: name === undefined ? undefined : rules[name], after });

/** The lines that are only in one of both. */
function changes(after: string | undefined): string[] {
  const [before, next] = [source.split('\n'), (after ?? '').split('\n')];
  return [
    ...before.filter((line) => !next.includes(line)).map((line) => `- ${line.trim()}`),
    ...next.filter((line) => !before.includes(line)).map((line) => `+ ${line.trim()}`),
  ];
}

/** Runs the source, and returns the policy. */
function run(text: string | undefined): { refuse?: PlainRecord[]; admit?: PlainRecord[] } {
  const body = (text ?? '').replace(/^import .*$/m, '').replace('export default', 'return');
  return new Function('definePolicy', body)((policy: unknown) => policy);
}

describe('the source of a policy file, edited', () => {
  it('gets a rule at the end of its list, and keeps its comments', () => {
    const after = edit('refuse', undefined, { rule: 'new', when: { network: ['192.0.2.0/24'] } });
    expect(changes(after)).toEqual(["+ { rule: 'new', when: { network: ['192.0.2.0/24'] } },"]);
    expect(run(after).refuse?.map(({ rule }) => rule)).toEqual(['left', "isn't here", 'new']);
    const inLine = edit('admit', undefined, { rule: 'new', when: { country: ['DE'] }, roles: [], mfa: true });
    expect(run(inLine).admit?.[1]).toEqual({ rule: 'new', when: { country: ['DE'] }, roles: [], mfa: true });
  });

  it('gets a list if it has none', () => {
    const without = source.replace(/ {2}admit: .*\n/, '');
    const after = edit('admit', undefined, { rule: 'new', when: { country: ['DE'] }, roles: [] }, without);
    expect(run(after).admit).toEqual([{ rule: 'new', when: { country: ['DE'] }, roles: [] }]);
    expect(after).toContain('// Left the company.');
  });

  it('changes the fields that differ, and no others', () => {
    const because = edit('refuse', 'left', { ...rules.left, because: 'Ask personnel.' });
    expect(changes(because)).toEqual([
      `- { rule: 'left', when: { email: ['jo@water.example'] }, because: 'It is "closed".' }, // personnel said so`,
      "+ { rule: 'left', when: { email: ['jo@water.example'] }, because: 'Ask personnel.' }, // personnel said so",
    ]);
    const when = edit('refuse', "isn't here", { rule: "isn't here", when: { country: ['DE', 'AT'], role: ['Guest'] } });
    expect(changes(when)).toEqual([
      "- when: { country: ['DE'] },",
      "+ when: { country: ['DE', 'AT'], role: ['Guest'] },",
    ]);
    // The roles come from a variable, which stays.
    const domain = edit('admit', 'staff', { ...rules.staff, when: { emailDomain: ['fire.example'] } });
    expect(domain).toContain("admit: [{ rule: 'staff', when: { emailDomain: ['fire.example'] }, roles: staff }],");
    const gone = edit('refuse', 'left', { rule: 'left', when: { email: ['jo@water.example'] } });
    expect(gone).toContain("{ rule: 'left', when: { email: ['jo@water.example'] } }, // personnel said so");
    const renamed = edit('refuse', "isn't here", { rule: 'abroad', when: { country: ['DE'] } });
    expect(renamed).toContain("rule: 'abroad', // a quote");
  });

  it('loses a rule, and nothing else', () => {
    expect(changes(edit('admit', 'staff', undefined))).toEqual([
      "- admit: [{ rule: 'staff', when: { emailDomain: 'water.example' }, roles: staff }],",
      '+ admit: [],',
    ]);
    const after = edit('refuse', "isn't here", undefined);
    expect(run(after).refuse).toHaveLength(1);
    expect(after).toContain('// personnel said so');
  });

  it('is left alone if it writes its rules in another way', () => {
    const elsewhere = source.replace(
      "admit: [{ rule: 'staff', when: { emailDomain: 'water.example' }, roles: staff }]",
      'admit: rules',
    );
    expect(edit('admit', undefined, { rule: 'new', when: {} }, elsewhere)).toBeUndefined();
    expect(edit('admit', 'staff', undefined, elsewhere)).toBeUndefined();
    expect(edit('admit', 'staff', undefined, 'export default makePolicy();')).toBeUndefined();
  });

  it('holds exactly the rule that was written, whatever texts are in it', () => {
    const text = fc.string({
      unit: fc.constantFrom("'", '"', '\\', '{', '}', '[', ']', ',', ' ', '\n', '/', '*', '`', 'a', 'ä'),
    });
    const value: fc.Arbitrary<Literal> = fc.oneof(text, fc.boolean(), fc.array(text, { maxLength: 3 }));
    const record = fc.dictionary(fc.constantFrom('email', 'country', 'role', 'appMetadata', 'a b'), value, {
      maxKeys: 3,
    });
    fc.assert(
      fc.property(text, record, text, (rule, when, because) => {
        const written = { rule, when: { ...when }, because };
        const after = edit('refuse', undefined, written);
        expect(run(after).refuse?.at(-1)).toEqual(written);
        const changedTo = edit('refuse', 'left', { ...rules.left, when: { ...when }, because });
        expect(run(changedTo).refuse?.[0]).toEqual({ rule: 'left', when: { ...when }, because });
      }),
      { numRuns: 500 },
    );
  });
});
