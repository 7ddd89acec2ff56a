import { expect, it } from 'vitest';
import { maskImpact } from '../../src/cli/deployment/mask-impact.ts';

it('a plan outside a terminal names no user, and still counts', () => {
  const tally = {
    count: 2,
    people: [
      { userId: 'samlp|acme|ann@water.example', email: 'ann@water.example' },
      { userId: 'auth0|65f0', email: undefined },
    ],
    domains: [{ domain: 'water.example', count: 1 }],
  };
  const door = {
    applications: ['client'],
    beforeKnown: true,
    admitted: 1,
    refused: 1,
    depends: 1,
    dependsOn: { 'depends on network': tally },
    newlyRefused: { unverified_email: tally },
    newlyAdmitted: { default_role: tally },
    newlyGiven: { MEMBER: tally },
    noLongerGiven: { MEMBER: tally },
  };
  const masked = maskImpact({ people: 2, blocked: 0, doors: [door] });
  expect(JSON.stringify(masked)).not.toMatch(/ann|65f0|acme/);
  const people = [
    { userId: 'samlp|***', email: '***@water.example' },
    { userId: 'auth0|***', email: undefined },
  ];
  expect(masked.doors[0]?.newlyRefused).toEqual({ unverified_email: { ...tally, people } });
  expect(masked.doors[0]?.dependsOn).toEqual({ 'depends on network': { ...tally, people } });
  expect(masked.doors[0]?.noLongerGiven).toEqual({ MEMBER: { ...tally, people } });
});
