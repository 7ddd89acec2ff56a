import { describe, expect, it } from 'vitest';
import { decide } from '../../src/policy/decide.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { closedPolicy, policy, stranger } from './example-policy.ts';

describe('decide', () => {
  it('ignores the login to an unguarded application', () => {
    const decision = decide(policy, { ...stranger, application: 'client-other', email: undefined });
    expect(decision).toEqual({ outcome: 'ignore', reason: 'unguarded_application' });
  });

  it('compares applications exactly', () => {
    expect(decide(policy, { ...stranger, application: 'CLIENT-APEX' }).outcome).toBe('ignore');
    expect(decide(policy, { ...stranger, application: 'client-ape' }).outcome).toBe('ignore');
  });

  it('refuses a visitor without an e-mail address, regardless of their roles', () => {
    const { email: _, ...withoutEmail } = { ...stranger, roles: ['ORG:WATER'] };
    expect(decide(policy, withoutEmail)).toMatchObject({ outcome: 'refuse', reason: 'missing_email' });
    expect(decide(policy, { ...withoutEmail, email: 'not an address' })).toMatchObject({ reason: 'missing_email' });
  });

  it('refuses an unverified visitor, regardless of their roles', () => {
    const visitor = { ...stranger, emailVerified: false, roles: ['ORG:WATER', 'APEX User'] };
    expect(decide(policy, visitor)).toMatchObject({ outcome: 'refuse', reason: 'unverified_email' });
  });

  it('accepts only true itself as verified', () => {
    const visitor = { ...stranger, emailVerified: JSON.parse('"false"') };
    expect(decide(policy, visitor)).toMatchObject({ outcome: 'refuse', reason: 'unverified_email' });
  });

  it('admits an unverified visitor with the roles held, and assigns none, if the policy says so', () => {
    const lenient: Policy = { ...policy, unverifiedEmail: 'admit' };
    const visitor = { ...stranger, email: 'ann@water.example', emailVerified: false, roles: ['Auditor'] };
    const admitted = { outcome: 'admit', reason: 'unverified_email_admitted', assign: [], roles: ['Auditor'] };
    expect(decide(lenient, visitor)).toEqual(admitted);
    expect(decide(lenient, { ...visitor, email: undefined })).toEqual(admitted);
  });

  it('admits the holder of an organisation role and leaves the roles as they are', () => {
    expect(decide(policy, { ...stranger, roles: ['Zeta', 'ORG:ANY', 'Alpha', 'Zeta'] })).toEqual({
      outcome: 'admit',
      reason: 'organization_member',
      assign: [],
      roles: ['Alpha', 'ORG:ANY', 'Zeta'],
    });
  });

  it('does not accept the bare prefix, another case, or the prefix further in as an organisation role', () => {
    for (const role of ['ORG:', 'ORG: ', 'org:WATER', 'XORG:WATER', ' ORG:WATER']) {
      expect(decide(closedPolicy, { ...stranger, roles: [role] })).toMatchObject({ outcome: 'refuse' });
    }
  });

  it('never makes a visitor a member by an empty prefix', () => {
    const visitor = { ...stranger, roles: ['Auditor'] };
    expect(decide({ ...closedPolicy, organizationPrefix: '' }, visitor)).toMatchObject({ outcome: 'refuse' });
  });

  it('admits the holder of the default role, and compares it exactly', () => {
    expect(decide(policy, { ...stranger, roles: ['APEX User'] })).toEqual({
      outcome: 'admit',
      reason: 'default_role_holder',
      assign: [],
      roles: ['APEX User'],
    });
    expect(decide(policy, { ...stranger, roles: ['apex user'] })).toMatchObject({ assign: ['APEX User'] });
  });

  it("assigns the organisation's role to a visitor with an e-mail address there", () => {
    expect(decide(policy, { ...stranger, email: 'Ann@Water.Example', roles: ['Zeta'] })).toEqual({
      outcome: 'admit',
      reason: 'organization_domain',
      assign: ['ORG:WATER'],
      roles: ['ORG:WATER', 'Zeta'],
    });
  });

  it('assigns the default role to every other verified visitor', () => {
    expect(decide(policy, stranger)).toEqual({
      outcome: 'admit',
      reason: 'default_role',
      assign: ['APEX User'],
      roles: ['APEX User'],
    });
  });

  it('refuses every other visitor if there is no default role', () => {
    expect(decide(closedPolicy, stranger)).toMatchObject({ outcome: 'refuse', reason: 'no_matching_rule' });
  });
});

describe('decide, by e-mail domain', () => {
  const roleFor = (email: string, organizations: Policy['organizations']) => {
    const decision = decide({ ...closedPolicy, organizations }, { ...stranger, email });
    return decision.outcome === 'admit' ? decision.roles[0] : undefined;
  };
  const water = { role: 'ORG:WATER', domains: ['water.example'], includeSubdomains: false };
  const waterAndBelow = { ...water, includeSubdomains: true };

  it('leaves subdomains out unless the organisation includes them', () => {
    expect(roleFor('ann@lab.water.example', [water])).toBeUndefined();
    expect(roleFor('ann@lab.water.example', [waterAndBelow])).toBe('ORG:WATER');
    expect(roleFor('ann@a.b.water.example', [waterAndBelow])).toBe('ORG:WATER');
    expect(roleFor('ann@water.example', [waterAndBelow])).toBe('ORG:WATER');
  });

  it('does not mistake a domain with the same ending for a subdomain, nor a parent for its child', () => {
    expect(roleFor('ann@evilwater.example', [waterAndBelow])).toBeUndefined();
    expect(roleFor('ann@water.example.evil.example', [waterAndBelow])).toBeUndefined();
    expect(roleFor('ann@example', [waterAndBelow])).toBeUndefined();
  });

  it('prefers the most specific domain, in any order of the organisations', () => {
    const lab = { role: 'ORG:LAB', domains: ['lab.water.example'], includeSubdomains: true };
    for (const organizations of [
      [lab, waterAndBelow],
      [waterAndBelow, lab],
    ]) {
      expect(roleFor('ann@lab.water.example', organizations)).toBe('ORG:LAB');
      expect(roleFor('ann@deep.lab.water.example', organizations)).toBe('ORG:LAB');
      expect(roleFor('ann@hall.water.example', organizations)).toBe('ORG:WATER');
    }
  });

  it('finds an organisation whose domain is not ASCII, in every form that the visitor writes', () => {
    const domains = ['xn--bcher-kva.example', 'bücher.example'];
    const books = { role: 'ORG:BOOKS', domains, includeSubdomains: false };
    for (const domain of ['bücher.example', 'BÜCHER.example', 'bu\u0308cher.example', 'XN--BCHER-KVA.example.']) {
      expect(roleFor(`ann@${domain}`, [books])).toBe('ORG:BOOKS');
    }
  });
});
