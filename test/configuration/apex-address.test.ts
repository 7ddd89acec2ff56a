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
