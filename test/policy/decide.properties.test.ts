import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide, decideAfterFailedAssignment, decideWithUnknownRoles } from '../../src/policy/decide.ts';
import type { Policy } from '../../src/policy/policy.ts';
import type { Visitor } from '../../src/policy/visitor.ts';
import { policyArbitrary, visitorArbitrary } from './arbitraries.ts';

const numRuns = 3000;
const always = (name: string, claim: (policy: Policy, visitor: Visitor) => void) =>
  it(name, () => fc.assert(fc.property(policyArbitrary, visitorArbitrary, claim), { numRuns }));

/** Visitors of a guarded application, so that no run is spent on the others. */
const guarded = (name: string, claim: (policy: Policy, visitor: Visitor) => void) =>
  always(name, (policy, visitor) =>
    claim({ ...policy, applications: [...policy.applications, 'door'] }, { ...visitor, application: 'door' }),
  );

always('every visitor gets exactly one decision, and the same one again', (policy, visitor) => {
  const decision = decide(policy, visitor);
  expect(['ignore', 'admit', 'refuse']).toContain(decision.outcome);
  expect(decide(structuredClone(policy), structuredClone(visitor))).toEqual(decision);
});

always('a visitor of an unguarded application is never touched', (policy, visitor) => {
  const elsewhere = { ...policy, applications: policy.applications.filter((id) => id !== visitor.application) };
  for (const answer of [decide, decideAfterFailedAssignment, decideWithUnknownRoles]) {
    expect(answer(elsewhere, visitor)).toEqual({ outcome: 'ignore', reason: 'unguarded_application' });
  }
});

guarded('an unverified visitor never gets a role', (policy, visitor) => {
  for (const answer of [decide, decideAfterFailedAssignment, decideWithUnknownRoles]) {
    const decision = answer(policy, { ...visitor, emailVerified: false });
    expect(decision.outcome).not.toBe('ignore');
    if (decision.outcome === 'admit') expect(decision.assign).toEqual([]);
    if (policy.unverifiedEmail === 'refuse') expect(decision.outcome).toBe('refuse');
  }
});

guarded('a visitor without an e-mail address never gets a role', (policy, visitor) => {
  const decision = decide(policy, { ...visitor, email: undefined });
  expect(decision.outcome).toBe(policy.unverifiedEmail);
  if (decision.outcome === 'admit') expect(decision.assign).toEqual([]);
});

it('adding a role never turns an admission into a refusal', () => {
  const role = fc.oneof(fc.constantFrom('ORG:WATER', 'ORG:', 'APEX User'), fc.string());
  fc.assert(
    fc.property(policyArbitrary, visitorArbitrary, role, (policy, visitor, added) => {
      fc.pre(decide(policy, visitor).outcome === 'admit');
      expect(decide(policy, { ...visitor, roles: [...visitor.roles, added] }).outcome).toBe('admit');
    }),
    { numRuns },
  );
});

it('the decision never depends on the order or the repetition of roles', () => {
  const shuffled = visitorArbitrary.chain((visitor) =>
    fc.record({
      visitor: fc.constant(visitor),
      roles: fc
        .shuffledSubarray([...visitor.roles], { minLength: visitor.roles.length })
        .map((roles) => [...roles, ...roles.slice(0, 1)]),
    }),
  );
  fc.assert(
    fc.property(policyArbitrary, shuffled, (policy, { visitor, roles }) => {
      expect(decide(policy, { ...visitor, roles })).toEqual(decide(policy, visitor));
    }),
    { numRuns },
  );
});

always('the decision never depends on the order of organisations and their domains', (policy, visitor) => {
  const organizations = policy.organizations
    .map((organization) => ({ ...organization, domains: organization.domains.toReversed() }))
    .toReversed();
  expect(decide({ ...policy, organizations }, visitor)).toEqual(decide(policy, visitor));
});

always('the claim carries the roles held and assigned, sorted and once each', (policy, visitor) => {
  const decision = decide(policy, visitor);
  if (decision.outcome !== 'admit') return;
  expect(decision.roles).toEqual([...new Set([...visitor.roles, ...decision.assign])].sort());
  expect(decision.assign.every((role) => !visitor.roles.includes(role))).toBe(true);
});

always('a visitor who returns with the assigned role needs no other', (policy, visitor) => {
  const first = decide(policy, visitor);
  if (first.outcome !== 'admit') return;
  const comingBack = decide(policy, { ...visitor, roles: first.roles });
  expect(comingBack).toMatchObject({ outcome: 'admit', assign: [], roles: first.roles });
});

always('a failure never admits a visitor that the policy refuses, and assigns nothing', (policy, visitor) => {
  const decision = decide(policy, visitor);
  const withoutRoles = decide(policy, { ...visitor, roles: [] });
  const failed = decideAfterFailedAssignment(policy, visitor);
  const unknown = decideWithUnknownRoles(policy, visitor);
  if (decision.outcome === 'refuse') expect(failed).toEqual(decision);
  if (withoutRoles.outcome === 'refuse') expect(unknown.outcome).toBe('refuse');
  for (const answer of [failed, unknown]) if (answer.outcome === 'admit') expect(answer.assign).toEqual([]);
  if (policy.onFailure === 'admit') return;
  expect(unknown.outcome).not.toBe('admit');
  if (decision.outcome === 'admit' && decision.assign.length > 0) expect(failed.outcome).toBe('refuse');
});
