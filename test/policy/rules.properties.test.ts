import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide, decideAfterFailedAssignment, decideWithUnknownRoles } from '../../src/policy/decide.ts';
import type { Policy } from '../../src/policy/policy.ts';
import type { Visitor } from '../../src/policy/visitor.ts';
import { policyArbitrary, visitorArbitrary } from './arbitraries.ts';
import { formerDecide, formerDecideAfterFailedAssignment, formerDecideWithUnknownRoles } from './former-decide.ts';
import {
  conditionArbitrary,
  knownVisitorArbitrary,
  refuseRuleArbitrary,
  rulePolicyArbitrary,
} from './rule-arbitraries.ts';

const numRuns = 1500;
const answers = [decide, decideAfterFailedAssignment, decideWithUnknownRoles];

/** Visitors of a guarded application, so that no run is spent on the others. */
const always = (name: string, claim: (policy: Policy, visitor: Visitor) => void) =>
  it(name, () =>
    fc.assert(
      fc.property(rulePolicyArbitrary, knownVisitorArbitrary, (policy, visitor) =>
        claim({ ...policy, applications: ['client-apex', 'client-other'] }, { ...visitor, application: 'client-apex' }),
      ),
      { numRuns },
    ),
  );

it('a policy of short fields decides as it did before it had rules', () => {
  fc.assert(
    fc.property(policyArbitrary, visitorArbitrary, (policy, visitor) => {
      expect(decide(policy, visitor)).toEqual(formerDecide(policy, visitor));
      expect(decideAfterFailedAssignment(policy, visitor)).toEqual(formerDecideAfterFailedAssignment(policy, visitor));
      expect(decideWithUnknownRoles(policy, visitor)).toEqual(formerDecideWithUnknownRoles(policy, visitor));
    }),
    { numRuns },
  );
});

always('every visitor gets exactly one decision, and the same one again', (policy, visitor) => {
  for (const answer of answers) {
    const decision = answer(policy, visitor);
    expect(['admit', 'refuse']).toContain(decision.outcome);
    expect(answer(structuredClone(policy), structuredClone(visitor))).toEqual(decision);
  }
});

it('any value that a tenant might send gives a decision, and no error', () => {
  const anything = fc.dictionary(
    fc.constantFrom('connection', 'organization', 'groups', 'appMetadata', 'country', 'ip', 'at', 'mfa', 'email'),
    fc.anything(),
  );
  fc.assert(
    fc.property(rulePolicyArbitrary, anything, (policy, values) => {
      const visitor = { application: 'client-apex', emailVerified: true, roles: [], ...values };
      for (const answer of answers) expect(answer(policy, visitor).outcome).toBeTypeOf('string');
    }),
    { numRuns },
  );
});

always('the order of rules, of values and of roles has no meaning', (policy, visitor) => {
  const reversed: Policy = {
    ...policy,
    refuse: (policy.refuse ?? []).toReversed().map((rule) => ({ ...rule, because: 'Ask personnel.' })),
    admit: (policy.admit ?? []).toReversed().map((rule) => ({ ...rule, roles: rule.roles.toReversed() })),
  };
  const same = { ...policy, refuse: (policy.refuse ?? []).map((rule) => ({ ...rule, because: 'Ask personnel.' })) };
  for (const answer of answers) {
    expect(answer(reversed, { ...visitor, roles: visitor.roles.toReversed() })).toEqual(answer(same, visitor));
  }
});

it('a further refuse rule lets no visitor in, and one that fits refuses', () => {
  fc.assert(
    fc.property(rulePolicyArbitrary, knownVisitorArbitrary, refuseRuleArbitrary, (policy, visitor, rule) => {
      fc.pre(policy.applications.includes(visitor.application));
      const stricter = { ...policy, refuse: [...(policy.refuse ?? []), rule] };
      for (const answer of answers) {
        if (answer(policy, visitor).outcome === 'refuse') expect(answer(stricter, visitor).outcome).toBe('refuse');
      }
      const alone = { ...policy, refuse: [{ ...rule, when: {} }] };
      for (const answer of answers) expect(answer(alone, visitor).outcome).toBe('refuse');
    }),
    { numRuns },
  );
});

it('a condition and its opposite never refuse less than one of them', () => {
  fc.assert(
    fc.property(rulePolicyArbitrary, knownVisitorArbitrary, conditionArbitrary, (policy, visitor, when) => {
      fc.pre(policy.applications.includes(visitor.application));
      const both = [
        { rule: 'fits', when },
        { rule: 'does not fit', when: { not: [when] } },
      ];
      expect(decide({ ...policy, refuse: both }, visitor).outcome).toBe('refuse');
    }),
    { numRuns },
  );
});

always('an unverified address gains nothing', (policy, visitor) => {
  const verified = decide(policy, { ...visitor, emailVerified: true });
  const unverified = decide(policy, { ...visitor, emailVerified: false });
  if (unverified.outcome !== 'admit') return;
  expect(verified.outcome).toBe('admit');
  if (verified.outcome === 'admit') expect(verified.roles).toEqual(expect.arrayContaining([...unverified.roles]));
});

always('a value that is not known never admits through an admit rule', (policy, visitor) => {
  const { refuse: _, ...admitting } = policy;
  for (const name of ['connection', 'organization', 'groups', 'appMetadata', 'country', 'ip', 'at'] as const) {
    const { [name]: _known, ...without } = visitor;
    if (decide(admitting, visitor).outcome === 'refuse') expect(decide(admitting, without).outcome).toBe('refuse');
  }
});

always(
  'a list of roles that could not be read never admits a visitor that the roles would refuse',
  (policy, visitor) => {
    if (decideWithUnknownRoles(policy, visitor).outcome !== 'admit') return;
    expect(policy.onFailure).toBe('admit');
    for (const roles of [visitor.roles, [], ['Auditor'], ['ORG:WATER', 'APEX User']]) {
      expect(decide(policy, { ...visitor, roles }).outcome).toBe('admit');
    }
  },
);

always('a factor is asked for at most once, and not of a visitor who is refused', (policy, visitor) => {
  for (const answer of answers) {
    expect(answer(policy, { ...visitor, mfa: true })).not.toHaveProperty('mfa');
    const decision = answer(policy, { ...visitor, mfa: false });
    if (decision.outcome !== 'admit') expect(decision).not.toHaveProperty('mfa');
  }
});

always('a visitor who is not asked for a factor has no role that only a rule with one gives', (policy, visitor) => {
  const decision = decide(policy, { ...visitor, mfa: false });
  if (decision.outcome !== 'admit' || decision.mfa === true) return;
  const withoutFactorRules = { ...policy, admit: (policy.admit ?? []).filter(({ mfa }) => mfa !== true) };
  expect(decide(withoutFactorRules, visitor)).toMatchObject({ outcome: 'admit', roles: decision.roles });
});
