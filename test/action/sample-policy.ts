import type { ActionSettings } from '../../src/action/action-settings.ts';
import type { Policy } from '../../src/policy/policy.ts';

export const CLAIM = 'https://apex.example.com/roles';

export const samplePolicy: Policy = {
  applications: ['guarded-application'],
  claim: CLAIM,
  landingPage: 'https://apex.example.com/ords/r/shop/welcome/refused',
  defaultRole: 'MEMBER',
  organizationPrefix: 'ORG:',
  organizations: [{ role: 'ORG:WATER', domains: ['water.example'], includeSubdomains: false }],
  unverifiedEmail: 'refuse',
  onFailure: 'refuse',
};

export const sampleSettings: ActionSettings = {
  domain: 'shop.eu.auth0.com',
  roleIds: { MEMBER: 'rol_member', 'ORG:WATER': 'rol_water' },
  logoutOrigins: {},
};
