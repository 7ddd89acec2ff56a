import { expect, it } from 'vitest';
import { parseConfiguration } from '../../src/configuration/parse-configuration.ts';

const policy = {
  applications: ['APEX'],
  claim: 'https://apex.example.com/roles',
  landingPage: 'https://apex.example.com/ords/r/team/app/refused',
};
const callbackOf = (baseUrl: string) => parseConfiguration({ policy, apex: { baseUrl } }).deployment.callbackUrl;

it.each(['https://apex.example.com/ords', 'https://apex.example.com/ords/'])('makes the callback of %s', (baseUrl) => {
  expect(callbackOf(baseUrl)).toBe('https://apex.example.com/ords/apex_authentication.callback');
});

it.each(['https://apex.example.com/ords/r/team/app/home', 'https://apex.example.com/ords/f?p=100:1'])(
  'refuses the address of a page, since APEX does not answer at its callback: %s',
  (baseUrl) => {
    expect(() => callbackOf(baseUrl)).toThrow(/apex\.baseUrl: expected the part before \/r\/ or \/f\?p=/);
  },
);

it('keeps the signed-out page of all applications and those of single ones', () => {
  const page = (name: string) => `https://apex.example.com/ords/r/team/${name}/signed-out`;
  const apex = {
    baseUrl: 'https://apex.example.com/ords',
    signedOutPage: page('app'),
    applications: { HR: { application: 'hr', signedOutPage: page('hr') }, Portal: { application: 'portal' } },
  };
  const guarded = { ...policy, applications: ['APEX', 'HR', 'Portal'] };
  const { deployment } = parseConfiguration({ policy: guarded, apex });
  expect(deployment).toMatchObject({ signedOutPage: page('app'), signedOutPages: { HR: page('hr') } });
});
