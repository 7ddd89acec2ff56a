import type { Policy } from '../src/policy/policy.ts';

/** The article's own case, with one organisation that is recognised by its e-mail domain. */
export const gatePolicy: Policy = {
  applications: ['APEX'],
  claim: 'https://apex.example.com/roles',
  landingPage: 'http://localhost:4040/ords/r/demo/gate/refused',
  defaultRole: 'APEX User',
  organizationPrefix: 'ORG:',
  organizations: [{ role: 'ORG:WATER', domains: ['water.example'], includeSubdomains: false }],
  unverifiedEmail: 'refuse',
  onFailure: 'refuse',
};
