import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureImpact } from '../../src/deployment/impact/measure-impact.ts';
import type { ExportedUser } from '../../src/deployment/people/exported-user.ts';
import { RoleHolders } from '../../src/deployment/people/role-holders.ts';
import { decide } from '../../src/policy/decide.ts';
import { expectedVisitor } from '../../src/policy/directory-user.ts';
import { outlook } from '../../src/policy/outlook.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { gatePolicy } from '../gate-policy.ts';
import { rulePolicyArbitrary } from '../policy/rule-arbitraries.ts';

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

  it('equals the outlook of each user by rules that ask for the connection and app_metadata', async () => {
    const directory = fc.record(
      {
        identities: fc.array(fc.record({ connection: fc.constantFrom('water-adfs', 'google-oauth2', 'other') }), {
          minLength: 1,
          maxLength: 2,
        }),
        app_metadata: fc.record(
          {
            department: fc.constantFrom('personnel', 7, ['sales', 'personnel'], ['none']),
            unit: fc.constantFrom({ number: 7 }, 'none'),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    );
    const users = fc
      .tuple(randomUser, directory)
      .map(([{ user, roles }, known]) => ({ user: { ...user, ...known }, roles }));
    const crowds = fc.uniqueArray(users, { selector: ({ user }) => user.user_id, maxLength: 60 });
    const at = Date.UTC(2026, 5);
    const outcomes = new Set<string>();
    const property = fc.asyncProperty(crowds, rulePolicyArbitrary, rulePolicyArbitrary, async (crowd, one, other) => {
      const [before, after] = [one, other].map((policy) => ({ ...policy, applications: ['client-apex'] }));
      if (before === undefined || after === undefined) throw new Error('There are two policies.');
      const changes = [{ applications: ['client-apex'], before, after }];
      const [door] = (await measureImpact(peopleOf(crowd), changes, { at })).doors;
      const expected = crowd
        .filter(({ user }) => user.blocked !== true)
        .map(({ user, roles }) => {
          const visitor = { ...expectedVisitor(user, roles, at), application: 'client-apex' };
          return outlook(after, visitor).outcome;
        });
      for (const outcome of expected) outcomes.add(outcome);
      const count = (outcome: string) => expected.filter((each) => each === outcome).length;
      expect(door).toMatchObject({
        admitted: count('admit'),
        refused: count('refuse'),
        depends: count('depends'),
      });
    });
    await fc.assert(property, { numRuns: 300 });
    expect([...outcomes].sort()).toEqual(['admit', 'depends', 'refuse']);
  });

  it('decides about the connection of users with one identity, and says depends of users with several', async () => {
    const person = (name: string, ...connections: string[]) => ({
      user: {
        user_id: name,
        email: `${name}@water.example`,
        email_verified: true,
        identities: connections.map((connection) => ({ connection })),
        app_metadata: { department: name === 'Pia' ? 'personnel' : 'sales' },
      },
      roles: [],
    });
    const crowd = [
      person('Ann', 'water-adfs'),
      person('Una', 'google-oauth2'),
      person('Kim', 'google-oauth2', 'water-adfs'),
      person('Pia', 'google-oauth2'),
    ];
    const after: Policy = {
      ...strict,
      organizationPrefix: '',
      organizations: [],
      admit: [
        { rule: 'directory', when: { connection: ['water-adfs'] }, roles: ['Staff'] },
        { rule: 'personnel', when: { appMetadata: { department: ['personnel'] } }, roles: ['HR User'] },
      ],
      otherwise: 'refuse',
    };
    const changes = [{ applications: ['APEX'], before: strict, after }];
    expect((await measureImpact(peopleOf(crowd), changes)).doors[0]).toMatchObject({
      newlyRefused: { no_matching_rule: { people: [{ userId: 'Una' }] } },
      dependsOn: { 'depends on connection': { people: [{ userId: 'Kim' }] } },
      newlyGiven: { Staff: { people: [{ userId: 'Ann' }] }, 'HR User': { people: [{ userId: 'Pia' }] } },
    });
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
