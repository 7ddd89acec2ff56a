import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { implies } from '../../src/policy/condition-implication.ts';
import { decide } from '../../src/policy/decide.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { policyWarnings } from '../../src/policy/policy-warnings.ts';
import { policy } from './example-policy.ts';
import { conditionArbitrary, knownVisitorArbitrary } from './rule-arbitraries.ts';

const { defaultRole: _, ...others } = policy;
const plain: Policy = { ...others, organizationPrefix: '', organizations: [], otherwise: 'refuse' };
const now = Date.UTC(2027, 5, 1);
const admit = (rule: string, when: object, more: object = {}) => ({ rule, when, roles: [], ...more });

describe('a warning', () => {
  it.each<[string, Partial<Policy>, string]>([
    [
      'a date in the past',
      { admit: [admit('auditors', { until: '2027-04-01T00:00:00.000Z' })] },
      'admit "auditors" has ended, on 2027-03-31',
    ],
    [
      'a rule that another covers',
      { admit: [admit('ann', { email: ['ann@water.example'] }), admit('water', { emailDomain: ['water.example'] })] },
      'admit "ann" changes nothing: admit "water" always covers it.',
    ],
    [
      'a factor that is never asked for',
      {
        admit: [
          admit('admins', { country: ['DE'], role: ['Admin'] }, { mfa: true }),
          admit('all', { country: ['DE'] }),
        ],
      },
      'admit "admins" changes nothing: admit "all" always covers it, and asks for no factor.',
    ],
    [
      'a factor for a role, whose holders another rule lets in',
      {
        admit: [
          admit('employees', { connection: ['corp-adfs'] }),
          admit('admins', { role: ['APEX Admin'], network: ['192.0.2.0/24'] }, { mfa: true, roles: ['APEX Admin'] }),
        ],
      },
      'admit "admins" asks holders of "APEX Admin" for a factor, and those of them who fit admit "employees" enter without one: exclude the role there, with not: { role: ["APEX Admin"] }.',
    ],
    [
      'a factor for a role, whose holders a short field lets in',
      {
        organizationPrefix: 'ORG:',
        defaultRole: 'APEX User',
        organizations: [{ role: 'ORG:WATER', domains: ['water.example'], includeSubdomains: false }],
        admit: [admit('admins', { role: ['APEX Admin'] }, { mfa: true })],
      },
      'admit "admins" asks holders of "APEX Admin" for a factor, and those of them who hold a role that begins with "ORG:" (organizationPrefix) or hold "APEX User" (defaultRole) or have an address of water.example (organizations) enter without one: write an admit rule with not: { role: ["APEX Admin"] } in place of that field.',
    ],
    [
      'a factor for a role, whose holders elsewhere fit no rule',
      {
        otherwise: { roles: ['Guest'] },
        admit: [admit('admins', { role: ['Admin'], country: ['DE'] }, { mfa: true })],
      },
      'admit "admins" asks holders of "Admin" for a factor, and those of them who fit no rule (otherwise) enter without one',
    ],
    [
      'a contradiction',
      {
        refuse: [{ rule: 'office only', when: { not: [{ network: ['192.0.2.0/24'] }] } }],
        admit: [admit('home', { not: [{ network: ['192.0.2.0/24'] }] })],
      },
      'admit "home" lets no user in: refuse "office only" always covers it.',
    ],
    [
      'a rule that can never fit',
      { admit: [admit('unreachable', { email: ['ann@water.example'], emailDomain: ['power.example'] })] },
      'admit "unreachable" can never fit',
    ],
    [
      'an excluded condition of its own',
      { admit: [admit('none', { country: ['DE'], not: [{ country: ['DE', 'AT'] }] })] },
      'can never fit',
    ],
    [
      'a role that is a ticket by its name',
      { organizationPrefix: 'ORG:', admit: [admit('water', { country: ['DE'] }, { roles: ['ORG:WATER'] })] },
      'gives "ORG:WATER", which begins with organizationPrefix',
    ],
  ])('names the rule: %s', (_, change, warning) => {
    expect(policyWarnings({ ...plain, ...change }, now)).toEqual([expect.stringContaining(warning)]);
  });

  it.each<[string, Partial<Policy>]>([
    [
      'if the other rule leaves the role out',
      {
        admit: [
          admit('staff', { connection: ['corp-adfs'], not: [{ role: ['APEX Admin', 'APEX Owner'] }] }),
          admit('admins', { role: ['APEX Admin'] }, { mfa: true }),
        ],
      },
    ],
    [
      'if only the rule with the factor gives its role',
      {
        admit: [
          admit('staff', { connection: ['corp-adfs'] }),
          admit('admins', { role: ['APEX Admin'] }, { mfa: true, roles: ['Confirmed'] }),
        ],
      },
    ],
    ['if it is asked of all', { admit: [admit('staff', { connection: ['corp-adfs'] }, { mfa: true })] }],
  ])('is not given about a factor %s', (_, change) => {
    expect(policyWarnings({ ...plain, ...change }, now)).toEqual([]);
  });

  it('is not given for rules that each change something', () => {
    const rules = [
      admit('ann', { email: ['ann@water.example'] }, { roles: ['Auditor'] }),
      admit('water', { emailDomain: ['water.example'] }),
      admit('later', { until: '2028-01-01T00:00:00.000Z', emailDomain: ['power.example'] }),
    ];
    expect(policyWarnings({ ...plain, admit: rules }, now)).toEqual([]);
  });
});

it('a condition that implies another never fits without it', () => {
  let implied = 0;
  fc.assert(
    fc.property(
      conditionArbitrary,
      conditionArbitrary,
      fc.array(knownVisitorArbitrary, { maxLength: 5 }),
      (one, other, visitors) => {
        if (!implies(one, other)) return;
        implied += 1;
        for (const visitor of visitors) {
          const fits = (when: object) =>
            decide(
              {
                ...plain,
                applications: [visitor.application],
                unverifiedEmail: 'rules',
                otherwise: 'refuse',
                admit: [admit('x', when)],
              },
              visitor,
            ).outcome === 'admit';
          if (fits(one)) expect(fits(other)).toBe(true);
        }
      },
    ),
    { numRuns: 4000 },
  );
  expect(implied).toBeGreaterThan(100);
});
