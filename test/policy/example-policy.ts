import type { Policy } from '../../src/policy/policy.ts';
import type { Visitor } from '../../src/policy/visitor.ts';

export const policy: Policy = {
  applications: ['client-apex'],
  claim: 'https://apex.example.com/roles',
  landingPage: 'https://apex.example.com/refused',
  defaultRole: 'APEX User',
  organizationPrefix: 'ORG:',
  organizations: [{ role: 'ORG:WATER', domains: ['water.example'], includeSubdomains: false }],
  unverifiedEmail: 'refuse',
  onFailure: 'refuse',
};

const { defaultRole: _, ...rest } = policy;
/** The same without a default role: it refuses strangers. */
export const closedPolicy: Policy = rest;

/** A verified user without a role, whose domain belongs to no organisation. */
export const stranger: Visitor = {
  application: 'client-apex',
  email: 'bob@elsewhere.example',
  emailVerified: true,
  roles: [],
};
