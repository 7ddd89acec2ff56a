// One decision by rules of many values, and the first one, which compiles them. `npm run bench:decide`.
import { decide } from '../src/policy/decide.ts';
import type { Policy } from '../src/policy/policy.ts';
import { report } from './report.ts';
import { median } from './statistics.ts';

const ROUNDS = 15;
const DECISIONS = 20_000;

/** A policy whose rules name this many addresses each. */
function policyOf(rules: number, addresses: number): Policy {
  return {
    applications: ['client-apex'],
    claim: 'https://apex.example.com/roles',
    landingPage: 'https://apex.example.com/refused',
    organizationPrefix: '',
    organizations: [],
    unverifiedEmail: 'refuse',
    onFailure: 'refuse',
    otherwise: 'refuse',
    admit: Array.from({ length: rules }, (_, rule) => ({
      rule: `rule ${rule}`,
      when: { email: Array.from({ length: addresses }, (_, index) => `person.${rule}.${index}@water.example`) },
      roles: ['APEX User'],
    })),
  };
}

function microseconds(policy: Policy, emails: readonly string[]): number {
  const started = performance.now();
  for (const email of emails) {
    decide(policy, { application: 'client-apex', email, emailVerified: true, roles: [] });
  }
  return ((performance.now() - started) * 1000) / emails.length;
}

for (const [rules, addresses] of [
  [1, 2000],
  [20, 2000],
] as const) {
  const emails = Array.from({ length: DECISIONS }, (_, index) => `person.0.${index % (addresses * 2)}@water.example`);
  const first: number[] = [];
  const later: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const policy = policyOf(rules, addresses);
    first.push(microseconds(policy, emails.slice(0, 1)));
    later.push(microseconds(policy, emails));
  }
  report(`${rules} rules of ${addresses} addresses`, [
    ['the first decision', `${median(first).toFixed(0)} µs`],
    ['each further decision', `${median(later).toFixed(1)} µs`],
  ]);
}
