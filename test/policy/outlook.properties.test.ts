import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide } from '../../src/policy/decide.ts';
import { outlook } from '../../src/policy/outlook.ts';
import { policyArbitrary } from './arbitraries.ts';
import { knownVisitorArbitrary, rulePolicyArbitrary } from './rule-arbitraries.ts';

const UNKNOWN = ['connection', 'organization', 'groups', 'appMetadata', 'country', 'ip', 'at'] as const;

it('a login with any further values decides as the outlook says, and only depends if they may change it', () => {
  const counts: Record<string, number> = {};
  fc.assert(
    fc.property(
      fc.oneof(rulePolicyArbitrary, policyArbitrary),
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
        if (expected.outcome === 'depends') return;
        expect(decision.outcome).toBe(expected.outcome);
        if (decision.outcome !== 'admit' || expected.outcome !== 'admit') return;
        expect(decision).not.toHaveProperty('mfa');
        expect(decision.assign).toEqual(expect.arrayContaining([...expected.assign]));
        if (hidden.length === 0) expect(expected.assign.length <= decision.assign.length).toBe(true);
      },
    ),
    { numRuns: 6000 },
  );
  for (const outcome of ['admit', 'refuse', 'depends', 'ignore']) expect(counts[outcome] ?? 0).toBeGreaterThan(100);
});
