import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide, decideAfterFailedAssignment, decideWithUnknownRoles } from '../../src/policy/decide.ts';
import { policyArbitrary, visitorArbitrary } from './arbitraries.ts';
import { formerDecide, formerDecideAfterFailedAssignment, formerDecideWithUnknownRoles } from './former-decide.ts';

it('a policy of short fields decides about 100,000 visitors as it did before it had rules', () => {
  const unlessUnguarded = fc.tuple(policyArbitrary, visitorArbitrary).map(([policy, visitor]) => {
    // Nine of ten visitors come to a guarded application: about the others there is little to compare.
    const isGuarded = visitor.roles.length % 10 !== 9;
    return { policy, visitor: isGuarded ? { ...visitor, application: policy.applications[0] ?? '' } : visitor };
  });
  fc.assert(
    fc.property(unlessUnguarded, ({ policy, visitor }) => {
      expect(decide(policy, visitor)).toEqual(formerDecide(policy, visitor));
      expect(decideAfterFailedAssignment(policy, visitor)).toEqual(formerDecideAfterFailedAssignment(policy, visitor));
      expect(decideWithUnknownRoles(policy, visitor)).toEqual(formerDecideWithUnknownRoles(policy, visitor));
    }),
    { numRuns: 100_000 },
  );
});
