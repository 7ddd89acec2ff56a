import fc from 'fast-check';
import type { Organization, Policy } from '../../src/policy/policy.ts';
import type { Visitor } from '../../src/policy/visitor.ts';

// Small pools, so that visitors and policies match often enough to reach every branch.
const domains = [
  'water.example',
  'lab.water.example',
  'power.example',
  'xn--bcher-kva.example',
  'bücher.example',
  'example',
];
const applications = ['client-apex', 'client-other', ''];
const roles = ['ORG:WATER', 'ORG:POWER', 'ORG:', 'org:water', 'APEX User', 'Auditor', '', '__proto__'];

const emails = fc.oneof(
  fc.constantFrom(
    ...domains.map((domain) => `ann@${domain}`),
    'ann@x.lab.water.example',
    'ANN@WATER.EXAMPLE.',
    'ann@Bücher.example',
    'ann@evilwater.example',
    'ann@water.example@evil.example',
    'ann@elsewhere.example',
    'ann@',
    '@water.example',
    '',
  ),
  fc.emailAddress(),
  fc.string({ unit: 'binary' }),
);

export const visitorArbitrary: fc.Arbitrary<Visitor> = fc.record(
  {
    application: fc.oneof(fc.constantFrom(...applications), fc.string()),
    email: fc.option(emails, { nil: undefined }),
    emailVerified: fc.boolean(),
    roles: fc.array(fc.oneof(fc.constantFrom(...roles), fc.string()), { maxLength: 6 }),
  },
  { requiredKeys: ['application', 'emailVerified', 'roles'] },
);

/** Every domain in at most one organisation, as the configuration's parser ensures. */
const organizationsArbitrary: fc.Arbitrary<Organization[]> = fc
  .record({
    owners: fc.tuple(...domains.map(() => fc.nat({ max: 2 }))),
    includeSubdomains: fc.tuple(fc.boolean(), fc.boolean()),
  })
  .map(({ owners, includeSubdomains }) =>
    ['ORG:WATER', 'ORG:POWER'].map((role, index) => ({
      role,
      domains: domains.filter((_, position) => owners[position] === index),
      includeSubdomains: includeSubdomains[index] ?? false,
    })),
  );

export const policyArbitrary: fc.Arbitrary<Policy> = fc.record(
  {
    applications: fc.subarray(applications),
    claim: fc.constant('https://apex.example.com/roles'),
    landingPage: fc.constant('https://apex.example.com/refused'),
    defaultRole: fc.constant('APEX User'),
    organizationPrefix: fc.constantFrom('ORG:', ''),
    organizations: organizationsArbitrary,
    unverifiedEmail: fc.constantFrom('refuse' as const, 'admit' as const),
    onFailure: fc.constantFrom('refuse' as const, 'admit' as const),
  },
  {
    requiredKeys: [
      'applications',
      'claim',
      'landingPage',
      'organizationPrefix',
      'organizations',
      'unverifiedEmail',
      'onFailure',
    ],
  },
);
