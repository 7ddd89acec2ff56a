import { definePolicy } from '../../src/configuration/define-configuration.ts';

/** The policy that docs/policy.md begins with. */
export const companyPolicy = definePolicy({
  applications: ['APEX', { name: 'HR', landingPage: 'https://apex.example.com/ords/r/team/hr/refused' }],
  claim: 'https://apex.example.com/roles',
  landingPage: 'https://apex.example.com/ords/r/team/app/refused',
  refuse: [
    {
      rule: 'left the company',
      when: { email: ['jo@water.example'] },
      because: 'This account was closed. Ask personnel.',
    },
  ],
  admit: [
    {
      rule: 'water company',
      when: { emailDomain: 'water.example', connection: ['water-adfs', 'google-oauth2'] },
      roles: ['ORG:WATER'],
    },
    { rule: 'auditors', when: { email: ['kim@audit.example'], until: '2027-03-31' }, roles: ['Auditor'] },
    { rule: 'administrators', when: { role: 'APEX Admin', network: ['192.0.2.0/24'] }, mfa: true },
    { rule: 'personnel', when: { application: 'HR', appMetadata: { department: 'personnel' } }, roles: ['HR User'] },
  ],
  otherwise: 'refuse',
  tests: [
    { who: { email: 'ann@water.example', connection: 'water-adfs' }, expect: { roles: ['ORG:WATER'] } },
    { who: { email: 'jo@water.example' }, expect: { refusedBy: 'left the company' } },
    { who: { email: 'ann@water.example', verified: false }, expect: { refusedBy: 'unverified_email' } },
    { who: { email: 'kim@audit.example', at: '2027-03-31' }, expect: { roles: ['Auditor'] } },
    { who: { email: 'kim@audit.example', at: '2027-04-01' }, expect: { refusedBy: 'no_matching_rule' } },
    {
      who: { email: 'ada@water.example', roles: ['APEX Admin'], ip: '192.0.2.7' },
      expect: { roles: ['APEX Admin'], mfa: true },
    },
    {
      who: { email: 'ada@water.example', roles: ['APEX Admin'], ip: '192.0.2.7', mfa: true },
      expect: { roles: ['APEX Admin'] },
    },
    {
      who: { email: 'pia@elsewhere.example', application: 'HR', appMetadata: { department: 'personnel' } },
      expect: { roles: ['HR User'] },
    },
  ],
});
