import { describe, expect, it } from 'vitest';
import { decideAfterFailedAssignment, decideWithUnknownRoles, refuseAgain } from '../../src/policy/decide.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { closedPolicy, policy, stranger } from './example-policy.ts';

const admitting: Policy = { ...policy, onFailure: 'admit' };

describe('decideAfterFailedAssignment', () => {
  it('refuses unless the policy says otherwise', () => {
    expect(decideAfterFailedAssignment(policy, stranger)).toMatchObject({
      outcome: 'refuse',
      reason: 'assignment_failed',
    });
  });

  it('admits with the roles held before where the policy says so', () => {
    expect(decideAfterFailedAssignment(admitting, { ...stranger, roles: ['Zeta', 'Alpha'] })).toEqual({
      outcome: 'admit',
      reason: 'assignment_failed_admitted',
      assign: [],
      roles: ['Alpha', 'Zeta'],
    });
  });

  it('lets nobody in who needed no role or is refused anyway', () => {
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
  it('refuses unless the policy says otherwise', () => {
    expect(decideWithUnknownRoles(policy, stranger)).toMatchObject({ outcome: 'refuse', reason: 'roles_unknown' });
  });

  it('admits without any role where the policy says so, and does not look at the roles given', () => {
    expect(decideWithUnknownRoles(admitting, { ...stranger, roles: ['ORG:WATER'] })).toEqual({
      outcome: 'admit',
      reason: 'assignment_failed_admitted',
      assign: [],
      roles: [],
    });
  });

  it('refuses whom only a role would have let in', () => {
    const visitor = { ...stranger, roles: ['ORG:WATER'] };
    expect(decideWithUnknownRoles({ ...closedPolicy, onFailure: 'admit' }, visitor)).toMatchObject({
      outcome: 'refuse',
      reason: 'roles_unknown',
    });
  });

  it('says what is certain: the missing confirmation rather than the failure', () => {
    const visitor = { ...stranger, emailVerified: false };
    expect(decideWithUnknownRoles(policy, visitor)).toMatchObject({ reason: 'unverified_email' });
  });

  it('refuses the unverified whom the policy admits with roles, as long as failures refuse', () => {
    const visitor = { ...stranger, emailVerified: false };
    expect(decideWithUnknownRoles({ ...policy, unverifiedEmail: 'admit' }, visitor)).toMatchObject({
      outcome: 'refuse',
      reason: 'roles_unknown',
    });
  });

  it('leaves unguarded applications alone', () => {
    expect(decideWithUnknownRoles(policy, { ...stranger, application: 'client-other' }).outcome).toBe('ignore');
  });
});

describe('refuseAgain', () => {
  it('always refuses', () => {
    expect(refuseAgain()).toMatchObject({ outcome: 'refuse', reason: 'refused_before' });
  });
});
