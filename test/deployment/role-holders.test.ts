import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { RoleHolders } from '../../src/deployment/people/role-holders.ts';

it('returns what was added, regardless of the order and of repetitions', () => {
  const pair = fc.tuple(
    fc.nat(3000).map((id) => `auth0|${id}`),
    fc.constantFrom('A', 'B', 'ORG:C', '__proto__'),
  );
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 4000 }), (pairs) => {
      const holders = new RoleHolders();
      const expected = new Map<string, Set<string>>();
      for (const [user, role] of pairs) {
        holders.add(user, role);
        expected.set(user, (expected.get(user) ?? new Set()).add(role));
      }
      expect(holders.size).toBe(expected.size);
      for (const [user, roles] of expected) expect(holders.rolesOf(user)).toEqual([...roles].sort());
      expect(holders.rolesOf('unknown')).toEqual([]);
    }),
    { numRuns: 30 },
  );
});
