// One decision by rules of many values, and the first one, which compiles them. `npm run bench:decide`.
import { decide } from '../src/policy/decide.ts';
import type { Policy } from '../src/policy/policy.ts';
import { report } from './report.ts';
import { median } from './statistics.ts';

const ROUNDS = 15;
const DECISIONS = 20_000;
const ADDRESSES = 2000;

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

for (const rules of [1, 20]) {
  const emails = Array.from({ length: DECISIONS }, (_, index) => `person.0.${index % (ADDRESSES * 2)}@water.example`);
  const first: number[] = [];
  const later: number[] = [];
  const yardstick: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const policy = policyOf(rules, ADDRESSES);
    first.push(microseconds(policy, emails.slice(0, 1)));
    later.push(microseconds(policy, emails));
    const short = policyOf(rules, 1);
    microseconds(short, emails.slice(0, 1));
    yardstick.push(microseconds(short, emails));
  }
  report(`${rules} rules of ${ADDRESSES} addresses`, [
    ['the first decision, which compiles the rules', `${median(first).toFixed(0)} µs`],
    ['each further decision', `${median(later).toFixed(1)} µs`],
    ['the same with one address in each rule', `${median(yardstick).toFixed(1)} µs`],
    ['ratio', (median(later) / median(yardstick)).toFixed(2)],
  ]);
}
