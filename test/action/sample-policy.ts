import type { ActionSettings } from '../../src/action/action-settings.ts';
import type { ResolvedPolicy } from '../../src/action/resolved-policy.ts';
import type { Policy } from '../../src/policy/policy.ts';

export const CLAIM = 'https://apex.example.com/roles';

export const samplePolicy = {
  applications: ['guarded-application'],
  claim: CLAIM,
  landingPage: 'https://apex.example.com/ords/r/shop/welcome/refused',
  defaultRole: 'MEMBER',
  organizationPrefix: 'ORG:',
  organizations: [{ role: 'ORG:WATER', domains: ['water.example'], includeSubdomains: false }],
  unverifiedEmail: 'refuse',
  onFailure: 'refuse',
} satisfies Policy as unknown as ResolvedPolicy;

export const sampleSettings: ActionSettings = {
  domain: 'shop.eu.auth0.com',
  clientId: 'machine-client',
  roleIds: { MEMBER: 'rol_member', 'ORG:WATER': 'rol_water' },
  logoutOrigins: {},
};
