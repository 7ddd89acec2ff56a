import fc from 'fast-check';
import { undecidableRules } from '../../../src/apex/generator/undecidable-rules.ts';
import type { AdmitRule, Condition, Policy, RefuseRule } from '../../../src/policy/policy.ts';
import type { Visitor } from '../../../src/policy/visitor.ts';
import { visitorArbitrary } from '../../policy/arbitraries.ts';
import { rulePolicyArbitrary } from '../../policy/rule-arbitraries.ts';

export const ORGANIZATION_ID = 'org_AbCdEfGh12345678';

/** The fields that a token says, of a condition that may have others. */
function decidable({
  email,
  emailDomain,
  role,
  application,
  from,
  until,
  organization,
  not,
  anyOf,
}: Condition): Condition {
  const dates = Object.entries({ from, until }).filter(([, date]) => date !== undefined && date !== 'no date');
  return {
    ...(email === undefined ? {} : { email }),
    ...(emailDomain === undefined ? {} : { emailDomain }),
    ...(role === undefined ? {} : { role }),
    ...(application === undefined ? {} : { application }),
    ...Object.fromEntries(dates),
    ...(organization === undefined ? {} : { organization: [ORGANIZATION_ID] }),
    ...(not === undefined ? {} : { not: not.map(decidable) }),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(decidable) }),
  };
}

/** Policies whose rules ask for nothing that a token does not say. */
export const decidablePolicyArbitrary: fc.Arbitrary<Policy> = fc
  .tuple(rulePolicyArbitrary, fc.constantFrom('refuse', 'admit', 'rules'))
  .map(([policy, unverifiedEmail]) => ({
    ...policy,
    unverifiedEmail,
    refuse: (policy.refuse ?? []).map((rule): RefuseRule => ({ ...rule, when: decidable(rule.when) })),
    // The database cannot ask for a factor.
    admit: (policy.admit ?? []).map((rule): AdmitRule => ({ ...rule, mfa: false, when: decidable(rule.when) })),
  }));

/** The database's knowledge of a user: a token's claims, and its clock. */
export const tokenVisitorArbitrary: fc.Arbitrary<Visitor> = fc
  .record({
    visitor: visitorArbitrary,
    organization: fc.constantFrom([], [ORGANIZATION_ID], ['org_other']),
    at: fc.constantFrom(
      Date.UTC(2025, 1),
      Date.UTC(2026, 0, 1),
      Date.UTC(2026, 5),
      Date.UTC(2027, 3, 1) - 1,
      Date.UTC(2028, 1),
    ),
  })
  .map(({ visitor, ...known }) => ({ ...visitor, ...known }));

/** The policy of the documentation, with the rules that only the Action can decide. */
export const companyPolicy: Policy = {
  applications: ['APEX', 'HR'],
  claim: 'https://apex.example.com/roles',
  landingPage: 'https://apex.example.com/ords/r/team/app/refused',
  landingPages: { HR: 'https://apex.example.com/ords/r/team/hr/refused' },
  organizationPrefix: '',
  organizations: [],
  refuse: [
    {
      rule: 'left the company',
      when: { email: ['jo@water.example'] },
      because: 'This account was closed. Ask personnel.',
    },
  ],
  admit: [
    {
      rule: 'water company',
      when: { emailDomain: ['water.example'], connection: ['water-adfs'] },
      roles: ['ORG:WATER'],
    },
    { rule: 'auditors', when: { email: ['kim@audit.example'], until: '2027-04-01T00:00:00.000Z' }, roles: ['Auditor'] },
    { rule: 'administrators', when: { role: ['APEX Admin'], network: ['192.0.2.0/24'] }, roles: [], mfa: true },
    {
      rule: 'personnel',
      when: { application: ['HR'], appMetadata: { department: ['personnel'] } },
      roles: ['HR User'],
    },
    { rule: 'members', when: { organization: [ORGANIZATION_ID], not: [{ role: ['Guest*'] }] }, roles: ['Member'] },
    {
      rule: 'HR by domain',
      when: { application: ['HR'], anyOf: [{ emailDomain: ['*.water.example'] }] },
      roles: ['HR User'],
    },
  ],
  otherwise: 'refuse',
  unverifiedEmail: 'rules',
  onFailure: 'refuse',
};

/** The same without the rules that the database cannot decide. */
export function withoutUndecidable(policy: Policy): Policy {
  const parts = new Set(undecidableRules(policy).map(({ part }) => part));
  return {
    ...policy,
    refuse: (policy.refuse ?? []).filter(({ rule }) => !parts.has(`refuse ${JSON.stringify(rule)}`)),
    admit: (policy.admit ?? []).filter(({ rule }) => !parts.has(`admit ${JSON.stringify(rule)}`)),
  };
}
