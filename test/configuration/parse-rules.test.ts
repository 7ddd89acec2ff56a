import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { definePolicy } from '../../src/configuration/define-configuration.ts';
import { parsePolicy as parseWithTests } from '../../src/configuration/parse-policy.ts';
import { runPolicyTest } from '../../src/policy/policy-test.ts';
import { formatMistake } from '../../src/problem/mistake.ts';
import { Problem } from '../../src/problem/problem.ts';
import { companyPolicy } from './company-policy.ts';
import { parsePolicy } from './parsed-policy.ts';

const minimal = {
  applications: ['APEX', 'HR'],
  claim: 'https://apex.example.com/roles',
  landingPage: 'https://apex.example.com/ords/r/team/app/refused',
};

/** The text of the only mistake. */
function onlyMistake(input: object): string {
  try {
    parsePolicy({ ...minimal, ...input });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(error.mistakes.map(({ field }) => field)).toHaveLength(1);
    return error.mistakes.map(formatMistake).join();
  }
  throw new Error('was accepted');
}

const when = (condition: unknown) => ({ admit: [{ rule: 'one', when: condition }] });

describe('the policy of a company', () => {
  it('is parsed to plain lists, with each application’s own page and its moments in UTC', () => {
    const { policy, tests } = parseWithTests(companyPolicy);
    expect(policy).toMatchObject({
      applications: ['APEX', 'HR'],
      landingPages: { HR: 'https://apex.example.com/ords/r/team/hr/refused' },
      organizationPrefix: '',
      admit: [
        { when: { emailDomain: ['water.example'], connection: ['water-adfs', 'google-oauth2'] } },
        { when: { email: ['kim@audit.example'], until: '2027-04-01T00:00:00.000Z' } },
        { when: { role: ['APEX Admin'], network: ['192.0.2.0/24'] }, roles: [], mfa: true },
        { when: { application: ['HR'], appMetadata: { department: ['personnel'] } } },
      ],
    });
    expect(tests.map((test) => runPolicyTest(policy, test)).filter(({ holds }) => !holds)).toEqual([]);
  });

  it('has no prefix that admits unless the prefix or an organisation is written', () => {
    expect(parsePolicy({ ...minimal, refuse: [] }).organizationPrefix).toBe('ORG:');
    expect(parsePolicy({ ...minimal, admit: [] }).organizationPrefix).toBe('');
    expect(parsePolicy({ ...minimal, admit: [], organizationPrefix: 'ORG:' }).organizationPrefix).toBe('ORG:');
    const organizations = [{ role: 'ORG:A', domains: ['a.example'] }];
    expect(parsePolicy({ ...minimal, otherwise: 'refuse', organizations }).organizationPrefix).toBe('ORG:');
  });

  it('takes single values for lists, at every level', () => {
    const condition = { emailDomain: '*.Water.example', not: { country: 'us', not: { email: 'Ann@Bücher.example' } } };
    expect(parsePolicy({ ...minimal, ...when(condition) }).admit?.[0]?.when).toEqual({
      emailDomain: ['*.water.example'],
      not: [{ country: ['US'], not: [{ email: ['ann@xn--bcher-kva.example', 'ann@bücher.example'] }] }],
    });
  });
});

describe('parsePolicy refuses', () => {
  it.each<[object, RegExp]>([
    [when({ user_metadata: { a: 1 } }), /^admit\[0\]\.when\.user_metadata: .* People write user_metadata themselves/],
    [when({ emails: ['a@x.example'] }), /^admit\[0\]\.when\.emails: .* Did you mean email\?$/],
    [
      when({ not: { ip: '192.0.2.1' } }),
      /^admit\[0\]\.when\.not\.ip: expected one of the fields email, .* Did you mean network\?$/,
    ],
    [when({ anyOf: [{ countrys: 'DE' }] }), /^admit\[0\]\.when\.anyOf\[0\]\.countrys: .* Did you mean country\?$/],
    [when({}), /^admit\[0\]\.when: expected a condition with at least one field, found an empty one/],
    [when({ email: 7 }), /^admit\[0\]\.when\.email: expected an e-mail address, or a list.*, found the number 7\.$/],
    [when({ email: [] }), /^admit\[0\]\.when\.email: .* found an empty list\.$/],
    [when({ email: ['a@x.example', 7] }), /^admit\[0\]\.when\.email\[1\]: .* found the number 7\.$/],
    [when({ email: 'water.example' }), /^admit\[0\]\.when\.email: .* use emailDomain\.$/],
    [when({ email: '"ann"@water.example' }), /^admit\[0\]\.when\.email: .* counts as one without an address\.$/],
    [when({ emailDomain: 'ann@water.example' }), /^admit\[0\]\.when\.emailDomain: .* found an e-mail address/],
    [when({ emailDomain: '*.co.uk' }), /^admit\[0\]\.when\.emailDomain: .* Strangers register names below it/],
    [when({ country: 'UK' }), /^admit\[0\]\.when\.country: expected the two-letter code .* Did you mean GB\?$/],
    [when({ country: ['DE', 'XX'] }), /^admit\[0\]\.when\.country\[1\]: .* ISO 3166-1/],
    [when({ network: '10.0.0.0/33' }), /^admit\[0\]\.when\.network: .* CIDR/],
    [when({ network: '192.0.2.1/24' }), /^admit\[0\]\.when\.network: .* Bits behind the prefix are set/],
    [
      when({ application: 'hr' }),
      /^admit\[0\]\.when\.application: expected one of the applications .* Did you mean "HR"\?$/,
    ],
    [when({ connection: 'con_0123456789abcdef' }), /^admit\[0\]\.when\.connection: .* This is an id/],
    [when({ role: 'rol_0123456789abcdef' }), /^admit\[0\]\.when\.role: expected the role's name, not its id/],
    [when({ role: '*' }), /^admit\[0\]\.when\.role: .* Name a role\.$/],
    [when({ until: '2027-02-30' }), /^admit\[0\]\.when\.until: expected a day such as/],
    [when({ until: '31.03.2027' }), /^admit\[0\]\.when\.until: expected a day such as/],
    [when({ from: '2027-04-01', until: '2027-03-31' }), /^admit\[0\]\.when\.until: .* can never fit\.$/],
    [when({ appMetadata: { 'a..b': 1 } }), /^admit\[0\]\.when\.appMetadata\.a\.\.b: expected a path/],
    [when({ appMetadata: { a: null } }), /^admit\[0\]\.when\.appMetadata\.a: .* found null\.$/],
    [when({ not: { not: { not: { not: { country: 'DE' } } } } }), /in at most 4 levels/],
    [{ admit: [{ rule: 'a, b', when: { country: 'DE' } }] }, /^admit\[0\]\.rule: .* no comma/],
    [
      { admit: [{ rule: 'no_matching_rule', when: { country: 'DE' } }] },
      /^admit\[0\]\.rule: .* a reason of the policy/,
    ],
    [
      { refuse: [{ rule: 'x', when: { country: 'DE' } }], admit: [{ rule: 'x', when: { country: 'AT' } }] },
      /^admit\[0\]\.rule: expected each name once, found the text "x" again, after refuse\[0\]/,
    ],
    [
      { refuse: [{ rule: 'x', when: { country: 'DE' }, because: 'Sag "bitte".' }] },
      /^refuse\[0\]\.because: .* error_description/,
    ],
    [{ refuse: [{ rule: 'x', when: { country: 'DE' }, roles: ['A'] }] }, /^refuse\[0\]\.roles: .* unknown/],
    [{ admit: [{ rule: 'x', when: { country: 'DE' }, roles: 'A' }] }, /^admit\[0\]\.roles: .* Put it in brackets/],
    [{ otherwise: 'admit' }, /^otherwise: expected "refuse", or roles/],
    [
      { otherwise: { roles: ['A'] }, defaultRole: 'B' },
      /^otherwise: expected either otherwise or defaultRole, found both/,
    ],
    [{ otherwise: 'refuse', unverifiedEmail: 'admit' }, /^unverifiedEmail: .* past all rules/],
    [
      { applications: ['APEX', { name: 'HR', landingPage: '/x' }] },
      /^applications\[1\]\.landingPage: expected the absolute/,
    ],
    [{ applications: ['APEX', { name: 'APEX' }] }, /^applications\[1\]: expected each application once/],
    [{ tests: [{ who: { country: 'UK' }, expect: { roles: [] } }] }, /^tests\[0\]\.who\.country: /],
    [{ tests: [{ who: { at: 'today' }, expect: { roles: [] } }] }, /^tests\[0\]\.who\.at: expected a day/],
    [{ tests: [{ who: { mail: 'x' }, expect: { roles: [] } }] }, /^tests\[0\]\.who\.mail: .* Did you mean email\?$/],
    [{ tests: [{ who: {}, expect: {} }] }, /^tests\[0\]\.expect: expected either .* found neither/],
    [
      { tests: [{ who: {}, expect: { roles: [], refusedBy: 'no_matching_rule' } }] },
      /^tests\[0\]\.expect: .* found both/,
    ],
    [
      { tests: [{ who: {}, expect: { refusedBy: 'unverified_mail' } }] },
      /^tests\[0\]\.expect\.refusedBy: .* Did you mean "unverified_email"\?$/,
    ],
  ])('%j', (input, message) => {
    expect(onlyMistake(input)).toMatch(message);
  });

  it('more rules and more values than the limits', () => {
    const rules = Array.from({ length: 201 }, (_, index) => ({ rule: `rule ${index}`, when: { country: 'DE' } }));
    expect(onlyMistake({ admit: rules })).toMatch(/^admit\[200\]: expected at most 200 rules/);
    const email = Array.from({ length: 5001 }, (_, index) => `a${index}@water.example`);
    expect(onlyMistake(when({ email }))).toMatch(/^admit\[0\]\.when\.email: expected at most 5000 values, found 5001/);
  });

  it('every other value, with mistakes and no other error', () => {
    const condition = fc.dictionary(
      fc.constantFrom('email', 'not', 'anyOf', 'appMetadata', 'from', 'network'),
      fc.anything(),
    );
    const rule = fc.oneof(fc.anything(), fc.record({ rule: fc.anything(), when: fc.oneof(condition, fc.anything()) }));
    const input = fc.record(
      {
        refuse: fc.oneof(fc.anything(), fc.array(rule, { maxLength: 3 })),
        admit: fc.oneof(fc.anything(), fc.array(rule, { maxLength: 3 })),
        otherwise: fc.anything(),
        tests: fc.oneof(
          fc.anything(),
          fc.array(fc.record({ who: fc.anything(), expect: fc.anything() }), { maxLength: 2 }),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(input, (value) => {
        try {
          parsePolicy({ ...minimal, ...value });
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
        }
      }),
      { numRuns: 1500 },
    );
  });
});

it('definePolicy has the types of the whole language', () => {
  expect(definePolicy(companyPolicy)).toBe(companyPolicy);
});
