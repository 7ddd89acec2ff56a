import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/policy/decide.ts';
import { outlook } from '../../src/policy/outlook.ts';
import type { Condition, Policy } from '../../src/policy/policy.ts';
import { policyArbitrary } from './arbitraries.ts';
import { closedPolicy } from './example-policy.ts';
import { knownVisitorArbitrary, rulePolicyArbitrary } from './rule-arbitraries.ts';

const UNKNOWN = ['connection', 'organization', 'groups', 'appMetadata', 'country', 'ip', 'at'] as const;

/** Policies that doubt an address, and rules that ask for it, or for its opposite. */
const doubtfulPolicyArbitrary: fc.Arbitrary<Policy> = fc
  .tuple(
    rulePolicyArbitrary,
    fc.constantFrom('rules' as const, 'admit' as const),
    fc.array(
      fc.constantFrom<Condition>(
        { emailDomain: ['water.example'] },
        { email: ['ann@water.example'] },
        { not: [{ emailDomain: ['water.example'] }] },
        { not: [{ email: ['ann@water.example'] }], connection: ['water-adfs'] },
        { emailDomain: ['*.example'], country: ['DE'] },
        { anyOf: [{ not: [{ emailDomain: ['*.example'] }] }, { connection: ['water-adfs'] }] },
        { connection: ['water-adfs'] },
      ),
      { minLength: 2, maxLength: 4 },
    ),
    fc.nat(2),
  )
  .map(([policy, unverifiedEmail, conditions, refused]) => ({
    ...policy,
    unverifiedEmail,
    refuse: conditions.slice(0, refused).map((when) => ({ rule: 'refused', when })),
    admit: conditions.slice(refused).map((when) => ({ rule: 'admitted', when, roles: [] })),
  }));

it('a login with any further values decides as the outlook says, and only depends if they may change it', () => {
  const counts: Record<string, number> = {};
  fc.assert(
    fc.property(
      fc.oneof(rulePolicyArbitrary, policyArbitrary, doubtfulPolicyArbitrary),
      knownVisitorArbitrary,
      fc.subarray([...UNKNOWN]),
      (policy, visitor, hidden) => {
        const { mfa: _, ...login } = visitor;
        const before = Object.fromEntries(
          Object.entries(login).filter(([name]) => !hidden.some((one) => one === name)),
        );
        const expected = outlook(policy, {
          ...visitor,
          ...before,
          ...Object.fromEntries(hidden.map((name) => [name, undefined])),
          mfa: false,
        });
        const decision = decide(policy, { ...visitor, mfa: false });
        counts[expected.outcome] = (counts[expected.outcome] ?? 0) + 1;
        if (expected.outcome === 'depends') {
          // The address is known, also if it is known to be missing.
          expect(expected.on).not.toEqual(expect.arrayContaining(['address']));
          expect(expected.on).not.toEqual(expect.arrayContaining(['domain']));
          expect(expected.on).not.toEqual([]);
          return;
        }
        expect(decision.outcome).toBe(expected.outcome);
        if (decision.outcome !== 'admit' || expected.outcome !== 'admit') return;
        expect(decision).not.toHaveProperty('mfa');
        expect(decision.assign).toEqual(expect.arrayContaining([...expected.assign]));
        if (hidden.length === 0) expect(expected.assign.length <= decision.assign.length).toBe(true);
      },
    ),
    { numRuns: 9000 },
  );
  for (const outcome of ['admit', 'refuse', 'depends', 'ignore']) expect(counts[outcome] ?? 0).toBeGreaterThan(100);
});

describe('a user with an unverified address', () => {
  const policy: Policy = { ...closedPolicy, organizationPrefix: '', organizations: [], unverifiedEmail: 'rules' };
  const ann = { email: 'ann@water.example', emailVerified: false, roles: [], connection: 'water-adfs' };

  it('is refused by the opposite of a domain, which holds without an address', () => {
    const refuse = [{ rule: 'staff only', when: { not: [{ emailDomain: ['water.example'] }] } }];
    const admit = [{ rule: 'directory', when: { connection: ['water-adfs'] }, roles: [] }];
    expect(outlook({ ...policy, refuse, admit }, ann)).toEqual({ outcome: 'refuse', reason: 'refuse_rule' });
  });

  it('is refused if only rules by address would let them in, whatever else these ask for', () => {
    const outlookBy = (when: Condition) => outlook({ ...policy, admit: [{ rule: 'staff', when, roles: [] }] }, ann);
    const refused = { outcome: 'refuse', reason: 'unverified_email' };
    expect(outlookBy({ emailDomain: ['water.example'] })).toEqual(refused);
    expect(outlookBy({ not: [{ email: ['kim@audit.example'] }] })).toEqual(refused);
    expect(outlookBy({ emailDomain: ['water.example'], country: ['DE'] })).toEqual(refused);
    expect(outlookBy({ anyOf: [{ emailDomain: ['water.example'] }, { country: ['DE'] }] })).toEqual({
      outcome: 'depends',
      on: ['country'],
    });
  });
});
