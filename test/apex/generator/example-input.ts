import type { ApexInput } from '../../../src/apex/generator/apex-target.ts';
import { policy } from '../../policy/example-policy.ts';

export const input: ApexInput = {
  policy: { ...policy, landingPage: 'https://apex.example.com/ords/r/team/app/refused' },
  version: '24.2',
  decider: 'action',
  domain: 'example.eu.auth0.com',
  clientId: 'client-apex',
  baseUrl: 'https://apex.example.com/ords',
  workspace: 'team',
  application: 'app',
  signedOutPage: 'https://apex.example.com/ords/r/team/app/signed-out',
};
