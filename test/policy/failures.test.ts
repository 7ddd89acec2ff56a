import { describe, expect, it } from 'vitest';
import { decideAfterFailedAssignment, decideWithUnknownRoles, refuseAgain } from '../../src/policy/decide.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { closedPolicy, policy, stranger } from './example-policy.ts';

const admitting: Policy = { ...policy, onFailure: 'admit' };

describe('decideAfterFailedAssignment', () => {
  it('refuses by default', () => {
    expect(decideAfterFailedAssignment(policy, stranger)).toMatchObject({
      outcome: 'refuse',
      reason: 'assignment_failed',
    });
  });

  it('admits with the roles held before if the policy says so', () => {
    expect(decideAfterFailedAssignment(admitting, { ...stranger, roles: ['Zeta', 'Alpha'] })).toEqual({
      outcome: 'admit',
      reason: 'assignment_failed_admitted',
      assign: [],
      roles: ['Alpha', 'Zeta'],
    });
  });

  it('admits no visitor who needed no role or is refused anyway', () => {
    const unverified = { ...stranger, emailVerified: false };
    expect(decideAfterFailedAssignment(admitting, unverified)).toMatchObject({ reason: 'unverified_email' });
    expect(decideAfterFailedAssignment({ ...closedPolicy, onFailure: 'admit' }, stranger)).toMatchObject({
      reason: 'no_matching_rule',
    });
    const member = { ...stranger, roles: ['ORG:WATER'] };
    expect(decideAfterFailedAssignment(policy, member)).toMatchObject({ reason: 'organization_member' });
  });
});

describe('decideWithUnknownRoles', () => {
  it('refuses by default', () => {
    expect(decideWithUnknownRoles(policy, stranger)).toMatchObject({ outcome: 'refuse', reason: 'roles_unknown' });
  });

  it('admits without any role if the policy says so, and ignores the given roles', () => {
    expect(decideWithUnknownRoles(admitting, { ...stranger, roles: ['ORG:WATER'] })).toEqual({
      outcome: 'admit',
      reason: 'assignment_failed_admitted',
      assign: [],
      roles: [],
    });
  });

  it('refuses a visitor that only a role would have admitted', () => {
    const visitor = { ...stranger, roles: ['ORG:WATER'] };
    expect(decideWithUnknownRoles({ ...closedPolicy, onFailure: 'admit' }, visitor)).toMatchObject({
      outcome: 'refuse',
      reason: 'roles_unknown',
    });
  });

  it('gives the certain reason: the missing confirmation rather than the failure', () => {
    const visitor = { ...stranger, emailVerified: false };
    expect(decideWithUnknownRoles(policy, visitor)).toMatchObject({ reason: 'unverified_email' });
  });

  it('refuses an unverified visitor that the policy admits with roles, if failures refuse', () => {
    const visitor = { ...stranger, emailVerified: false };
    expect(decideWithUnknownRoles({ ...policy, unverifiedEmail: 'admit' }, visitor)).toMatchObject({
      outcome: 'refuse',
      reason: 'roles_unknown',
    });
  });

  it('ignores unguarded applications', () => {
    expect(decideWithUnknownRoles(policy, { ...stranger, application: 'client-other' }).outcome).toBe('ignore');
  });
});

describe('refuseAgain', () => {
  it('always refuses', () => {
    expect(refuseAgain()).toMatchObject({ outcome: 'refuse', reason: 'refused_before' });
  });
});
