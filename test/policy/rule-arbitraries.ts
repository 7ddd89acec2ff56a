import fc from 'fast-check';
import type { AdmitRule, Condition, Policy, RefuseRule } from '../../src/policy/policy.ts';
import type { Visitor } from '../../src/policy/visitor.ts';
import { policyArbitrary, visitorArbitrary } from './arbitraries.ts';

// Small pools, so that conditions fit often enough.
const pools = {
  email: ['ann@water.example', 'ann@bücher.example', 'kim@audit.example'],
  emailDomain: ['water.example', '*.water.example', '*.example', 'power.example'],
  connection: ['water-adfs', 'google-oauth2'],
  organization: ['org_1', 'water'],
  group: ['staff', 'Personnel'],
  role: ['ORG:*', 'ORG:WATER', 'APEX User', 'Auditor', '*'],
  country: ['DE', 'AT'],
  network: ['192.0.2.0/24', '2001:db8::/32', '0.0.0.0/0', 'no network'],
  application: ['client-apex', 'client-other'],
};
const moments = ['2026-01-01T00:00:00.000Z', '2027-04-01T00:00:00.000Z', 'no date'];
const metadataValues = fc.constantFrom('personnel', 7, true, 'sales');

const some = (values: readonly string[]) => fc.subarray([...values], { minLength: 1 });

const field = fc.oneof(
  ...Object.entries(pools).map(([name, values]) => some(values).map((list): Condition => ({ [name]: list }))),
  fc
    .dictionary(
      fc.constantFrom('department', 'unit.number', '__proto__', 'constructor'),
      fc.array(metadataValues, { minLength: 1, maxLength: 2 }),
      { minKeys: 1, maxKeys: 2 },
    )
    .map((appMetadata): Condition => ({ appMetadata })),
  fc.constantFrom(...moments).map((from): Condition => ({ from })),
  fc.constantFrom(...moments).map((until): Condition => ({ until })),
);
const fields = fc.array(field, { maxLength: 2 }).map((parts): Condition => Object.assign({}, ...parts));
const nested = fc.tuple(
  fields,
  fc.constantFrom('not', 'anyOf'),
  fc.array(fields, { maxLength: 2 }),
  fc.constantFrom('not', 'anyOf', undefined),
);

/** Conditions with few fields: with all of them, nearly nothing fits. */
export const conditionArbitrary: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 3, arbitrary: fields },
  {
    weight: 1,
    arbitrary: nested.map(([outer, name, inner, second]) => ({
      ...outer,
      [name]: second === undefined ? inner : [{ [second]: inner }],
    })),
  },
);

const roleNames = fc.subarray(['Auditor', 'HR User', 'APEX User', 'ORG:WATER']);
const ruleNames = fc.constantFrom('staff', 'auditors', 'left the company', 'personnel', '');

export const refuseRuleArbitrary: fc.Arbitrary<RefuseRule> = fc.record(
  { rule: ruleNames, when: conditionArbitrary, because: fc.constant('Ask personnel.') },
  { requiredKeys: ['rule', 'when'] },
);

const admitRuleArbitrary: fc.Arbitrary<AdmitRule> = fc.record(
  { rule: ruleNames, when: conditionArbitrary, roles: roleNames, mfa: fc.boolean() },
  { requiredKeys: ['rule', 'when', 'roles'] },
);

/** Policies with rules beside the short fields. */
export const rulePolicyArbitrary: fc.Arbitrary<Policy> = fc
  .record({
    base: policyArbitrary,
    refuse: fc.array(refuseRuleArbitrary, { maxLength: 2 }),
    admit: fc.array(admitRuleArbitrary, { maxLength: 4 }),
    otherwise: fc.oneof(fc.constant('refuse' as const), fc.record({ roles: roleNames })),
    unverifiedEmail: fc.constantFrom('refuse' as const, 'rules' as const),
    hasShortFields: fc.boolean(),
  })
  .map(({ base, hasShortFields, ...rules }) => ({
    ...base,
    ...(hasShortFields ? {} : { organizationPrefix: '', organizations: [] }),
    ...rules,
  }));

/** Visitors with some of the fields that conditions look at, of the right kinds and of others. */
export const knownVisitorArbitrary: fc.Arbitrary<Visitor> = fc
  .tuple(
    visitorArbitrary,
    fc.record(
      {
        connection: fc.constantFrom(...pools.connection, ''),
        organization: fc.subarray(pools.organization),
        groups: fc.subarray(pools.group),
        appMetadata: fc.oneof(
          fc.record(
            {
              department: fc.oneof(metadataValues, fc.array(metadataValues, { maxLength: 2 })),
              unit: fc.record({ number: metadataValues }),
            },
            { requiredKeys: [] },
          ),
          fc.object(),
        ),
        country: fc.constantFrom('DE', 'AT', 'de', 'US', '??'),
        ip: fc.constantFrom('192.0.2.7', '198.51.100.1', '2001:db8::1', '::ffff:192.0.2.7', 'nonsense', ''),
        at: fc.constantFrom(Date.UTC(2025, 1), Date.UTC(2026, 5), Date.UTC(2028, 1), Number.NaN),
        mfa: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([visitor, known]) => ({ ...visitor, ...known }));
