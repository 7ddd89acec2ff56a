import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureImpact } from '../../src/deployment/impact/measure-impact.ts';
import type { ExportedUser } from '../../src/deployment/people/exported-user.ts';
import { RoleHolders } from '../../src/deployment/people/role-holders.ts';
import { decide } from '../../src/policy/decide.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { gatePolicy } from '../gate-policy.ts';

const { defaultRole: _, ...strict } = gatePolicy;
const POLICIES: readonly Policy[] = [
  gatePolicy,
  strict,
  { ...gatePolicy, unverifiedEmail: 'admit' },
  { ...strict, organizations: [{ role: 'ORG:WATER', domains: ['water.example'], includeSubdomains: true }] },
  { ...gatePolicy, defaultRole: 'Guest' },
];

interface RandomUser {
  readonly user: ExportedUser;
  readonly roles: readonly string[];
}

const randomUser: fc.Arbitrary<RandomUser> = fc.record({
  user: fc.record({
    user_id: fc.uuid().map((id) => `auth0|${id}`),
    email: fc.option(
      fc.constantFrom(
        'ann@water.example',
        'ann@lab.water.example',
        'una@elsewhere.example',
        'пётр@пример.example',
        'x',
      ),
      { nil: undefined },
    ),
    email_verified: fc.boolean(),
    blocked: fc.boolean(),
  }),
  roles: fc.uniqueArray(fc.constantFrom('APEX User', 'ORG:WATER', 'Guest', 'Other')),
});

/** The users in the form for `measureImpact`. */
function peopleOf(crowd: readonly RandomUser[]) {
  const holders = new RoleHolders();
  for (const { user, roles } of crowd) for (const role of roles) holders.add(user.user_id, role);
  return {
    holders,
    users: async function* () {
      yield crowd.map(({ user }) => user);
    },
  };
}

describe('the impact of a change', () => {
  it('equals the decisions about each user before and after', async () => {
    const crowds = fc.uniqueArray(randomUser, { selector: ({ user }) => user.user_id, maxLength: 40 });
    const property = fc.asyncProperty(crowds, fc.nat(4), fc.nat(4), async (crowd, one, other) => {
      const [before = gatePolicy, after = gatePolicy] = [POLICIES[one], POLICIES[other]];
      const affected: string[] = [];
      const changes = [{ applications: ['APEX'], before, after }];
      const impact = await measureImpact(peopleOf(crowd), changes, {
        onAffected: ({ userId }) => affected.push(userId),
      });
      const [door] = impact.doors;
      const counted = crowd.filter(({ user }) => user.blocked !== true);
      const pairs = counted.map(({ user, roles }) => {
        const visitor = { application: 'APEX', email: user.email, emailVerified: user.email_verified === true, roles };
        return { id: user.user_id, was: decide(before, visitor), is: decide(after, visitor) };
      });
      const total = (tallies: Readonly<Record<string, { readonly count: number }>> = {}) =>
        Object.values(tallies).reduce((sum, { count }) => sum + count, 0);
      const turned = (from: string, to: string) =>
        pairs.filter(({ was, is }) => was.outcome === from && is.outcome === to).length;
      expect(impact).toMatchObject({ people: crowd.length, blocked: crowd.length - counted.length });
      expect(door?.admitted).toBe(pairs.filter(({ is }) => is.outcome === 'admit').length);
      expect(door?.refused).toBe(pairs.filter(({ is }) => is.outcome === 'refuse').length);
      expect(total(door?.newlyRefused)).toBe(turned('admit', 'refuse'));
      expect(total(door?.newlyAdmitted)).toBe(turned('refuse', 'admit'));
      const assigned = (decision: ReturnType<typeof decide>) => (decision.outcome === 'admit' ? decision.assign : []);
      const gained = pairs.flatMap(({ was, is }) => assigned(is).filter((role) => !assigned(was).includes(role)));
      expect(total(door?.newlyGiven)).toBe(gained.length);
      const changed = pairs.filter(
        ({ was, is }) => was.outcome !== is.outcome || assigned(was).join() !== assigned(is).join(),
      );
      expect(affected.sort()).toEqual(changed.map(({ id }) => id).sort());
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it('counts users of which only the login shows whether they are let in, by what it depends on', async () => {
    const crowd = ['ann@water.example', 'jo@water.example', 'kim@power.example', 'una@elsewhere.example'].map(
      (email) => ({
        user: { user_id: `auth0|${email}`, email, email_verified: true },
        roles: [],
      }),
    );
    const after: Policy = {
      ...strict,
      organizationPrefix: '',
      organizations: [],
      refuse: [{ rule: 'closed', when: { email: ['jo@water.example'] } }],
      admit: [
        { rule: 'water', when: { emailDomain: ['water.example'] }, roles: ['ORG:WATER'] },
        {
          rule: 'office',
          when: { emailDomain: ['power.example'], network: ['192.0.2.0/24'], country: ['DE'] },
          roles: [],
        },
      ],
      otherwise: 'refuse',
    };
    const affected: string[] = [];
    const changes = [{ applications: ['APEX'], before: gatePolicy, after }];
    const [door] = (
      await measureImpact(peopleOf(crowd), changes, { onAffected: ({ userId }) => affected.push(userId) })
    ).doors;
    expect(door).toMatchObject({
      admitted: 1,
      refused: 2,
      depends: 1,
      dependsOn: { 'depends on country, network': { count: 1, people: [{ email: 'kim@power.example' }] } },
      newlyRefused: { refuse_rule: { count: 1 }, no_matching_rule: { count: 1 } },
    });
    expect(affected).toHaveLength(3);
  });

  it('lists the most frequent domains of the users, the largest first', async () => {
    const crowd = ['a@x.example', 'b@x.example', 'c@y.example'].map((email, index) => ({
      user: { user_id: `auth0|${index}`, email, email_verified: true },
      roles: [],
    }));
    const changes = [{ applications: ['APEX'], before: gatePolicy, after: strict }];
    const [door] = (await measureImpact(peopleOf(crowd), changes)).doors;
    expect(door?.newlyRefused.no_matching_rule).toMatchObject({
      count: 3,
      domains: [
        { domain: 'x.example', count: 2 },
        { domain: 'y.example', count: 1 },
      ],
    });
  });

  it('reports that the current gate is unknown if the deployed code cannot be read', async () => {
    const crowd = [{ user: { user_id: 'auth0|1', email: 'a@x.example', email_verified: true }, roles: [] }];
    const changes = [{ applications: ['APEX'], before: 'unknown' as const, after: strict }];
    const [door] = (await measureImpact(peopleOf(crowd), changes)).doors;
    expect(door).toMatchObject({ beforeKnown: false, refused: 1, newlyRefused: {} });
  });
});
