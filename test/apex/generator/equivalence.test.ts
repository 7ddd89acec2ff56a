import { createContext, runInContext } from 'node:vm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { apexTarget } from '../../../src/apex/generator/apex-target.ts';
import { decisionTable } from '../../../src/apex/generator/decision-table.ts';
import { expectedVisitors } from '../../../src/apex/generator/expected-visitors.ts';
import { interpretDecision } from '../../../src/apex/generator/interpret-decision.ts';
import { mleBundle } from '../../../src/apex/generator/mle-module.ts';
import { decide } from '../../../src/policy/decide.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import type { Visitor } from '../../../src/policy/visitor.ts';
import { policyArbitrary, visitorArbitrary } from '../../policy/arbitraries.ts';
import { closedPolicy } from '../../policy/example-policy.ts';
import {
  companyPolicy,
  decidablePolicyArbitrary,
  tokenVisitorArbitrary,
  withoutUndecidable,
} from './decidable-policy.ts';
import { input } from './example-input.ts';

/** Beyond ASCII the PL/SQL refuses on purpose; see `decisionTable`. */
const isAsciiEmail = ({ email }: Visitor): boolean => !/[^\0-\x7f]/.test(email ?? '');

const organizations = [
  {
    role: 'ORG:WATER',
    domains: ['water.example', 'b\u00fccher.example', 'xn--bcher-kva.example'],
    includeSubdomains: true,
  },
  { role: 'ORG:LAB', domains: ['lab.water.example'], includeSubdomains: false },
];
const policies: readonly Policy[] = [
  input.policy,
  closedPolicy,
  { ...input.policy, organizations },
  { ...closedPolicy, organizations },
  { ...input.policy, organizations, unverifiedEmail: 'admit' },
  { ...closedPolicy, organizations, unverifiedEmail: 'admit' },
];

const dated = { from: '2026-01-01T00:00:00.000Z', until: '2027-04-01T00:00:00.000Z' };
const withRules = withoutUndecidable(companyPolicy);
const ruled: readonly Policy[] = [
  ...(['APEX', 'HR'] as const).map((guarded) => apexTarget({ ...input, guarded, policy: withRules }).policy),
  {
    ...input.policy,
    organizations,
    refuse: [
      { rule: 'not now', when: { not: [dated] } },
      { rule: 'interns', when: { role: ['Intern*'] } },
    ],
    admit: [
      {
        rule: 'b\u00fccher',
        when: { email: ['\u00e4nn@b\u00fccher.example', 'ann@water.example'] },
        roles: ['Reader'],
      },
    ],
    otherwise: { roles: ['Guest', 'Reader'] },
    unverifiedEmail: 'admit',
  },
];

interface Answer {
  readonly outcome: string;
  readonly reason: string;
  readonly rules: readonly string[];
  readonly assign: readonly string[];
}

function byPolicy(policy: Policy, visitor: Visitor): Answer {
  const decision = decide(policy, visitor);
  const { outcome, reason } = decision;
  if (decision.outcome === 'admit') return { outcome, reason, rules: decision.rules ?? [], assign: decision.assign };
  const rule = decision.outcome === 'refuse' ? decision.rule : undefined;
  return { outcome, reason, rules: rule === undefined ? [] : [rule], assign: [] };
}

/** The lists in one order: that of the database has no meaning. */
const sorted = (answer: Answer): Answer => ({
  ...answer,
  rules: answer.rules.toSorted(),
  assign: answer.assign.toSorted(),
});

const REFUSED = { outcome: 'refuse', reason: 'missing_email', rules: [], assign: [] };

/** Runs the module in an engine without anything of Node. */
function moduleIn(bundle: string): (visitor: Visitor) => Answer {
  const context = createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
  // V8 gives every context a console of its own.
  runInContext('delete globalThis.console', context);
  runInContext(`${bundle.replace(/^export \{[\s\S]*?\};$/m, '')}\nglobalThis.decideVisitor = decideVisitor;`, context);
  expect(runInContext('[typeof process, typeof require, typeof URL, typeof console].join()', context)).toBe(
    'undefined,undefined,undefined,undefined',
  );
  return ({ application, email = null, emailVerified, roles, organization = [], at = 0 }) => {
    const args = [application, email, emailVerified ? 1 : 0, JSON.stringify(roles), organization[0] ?? null];
    const text = JSON.stringify([...args, new Date(at).toISOString()]);
    return JSON.parse(String(runInContext(`decideVisitor(...${text})`, context)));
  };
}

it('makes the same decisions in the policy, the decision table, and the MLE module without Node', async () => {
  let size = 0;
  let beyondAscii = 0;
  let bytes = 0;
  const reasons = new Set<string>();
  for (const policy of [...policies, ...ruled]) {
    const target = apexTarget({ ...input, policy });
    const bundle = await mleBundle(target);
    bytes = Math.max(bytes, Buffer.byteLength(bundle));
    const module = moduleIn(bundle);
    const table = decisionTable(target.policy, 'client-apex');
    for (const visitor of expectedVisitors(target.policy, 'client-apex')) {
      size += 1;
      const expected = byPolicy(target.policy, visitor);
      reasons.add(expected.reason);
      expect(module(visitor), JSON.stringify(visitor)).toEqual(expected);
      const answer = sorted(interpretDecision(table, visitor));
      if (isAsciiEmail(visitor)) expect(answer, JSON.stringify(visitor)).toEqual(expected);
      else {
        beyondAscii += 1;
        expect(answer).toEqual(REFUSED);
      }
    }
  }
  expect([...reasons].sort()).toEqual([
    'admit_rule',
    'default_role',
    'default_role_holder',
    'missing_email',
    'no_matching_rule',
    'organization_domain',
    'organization_member',
    'otherwise',
    'refuse_rule',
    'unguarded_application',
    'unverified_email',
    'unverified_email_admitted',
  ]);
  process.stdout.write(
    `equivalence: ${size} visitors under ${policies.length + ruled.length} policies; MLE module agrees on ${size}; table agrees on ${size - beyondAscii}, ` +
      `and refuses the ${beyondAscii} beyond ASCII on purpose; module of at most ${bytes} bytes\n`,
  );
});

it('agrees on 10,000 visitors of random policies with rules, and never admits more beyond ASCII', () => {
  const outcomes = { admit: 0, refuse: 0, beyondAscii: 0 };
  fc.assert(
    fc.property(decidablePolicyArbitrary, tokenVisitorArbitrary, (policy, claims) => {
      const visitor = { ...claims, application: 'client-apex' };
      const guarded = { ...policy, applications: ['client-apex'] };
      const answer = sorted(interpretDecision(decisionTable(guarded, 'client-apex'), visitor));
      const expected = sorted(byPolicy(guarded, visitor));
      if (isAsciiEmail(visitor)) {
        expect(answer).toEqual(expected);
        outcomes[expected.outcome === 'admit' ? 'admit' : 'refuse'] += 1;
      } else {
        expect(answer.outcome).toBe('refuse');
        outcomes.beyondAscii += 1;
      }
    }),
    { numRuns: 10_000 },
  );
  // Neither outcome is a rare one.
  expect(outcomes.admit).toBeGreaterThan(1000);
  expect(outcomes.refuse).toBeGreaterThan(1000);
  process.stdout.write(`10,000 random visitors: ${JSON.stringify(outcomes)}\n`);
});

it('runs the module for random policies with rules', async () => {
  const samples = fc.sample(decidablePolicyArbitrary, { numRuns: 10, seed: 18 });
  for (const policy of samples) {
    const target = apexTarget({ ...input, policy: { ...policy, applications: ['client-apex'] } });
    const module = moduleIn(await mleBundle(target));
    fc.assert(
      fc.property(tokenVisitorArbitrary, (visitor) => {
        // A text of the database has no half of a surrogate pair.
        fc.pre(visitor.roles.every((role) => role.isWellFormed()));
        expect(module(visitor)).toEqual(byPolicy(target.policy, visitor));
      }),
      { numRuns: 100 },
    );
  }
});

it('agrees on short policies, in every application', () => {
  fc.assert(
    fc.property(policyArbitrary, visitorArbitrary, (policy, visitor) => {
      const guarded = { ...policy, applications: ['client-apex'] };
      const answer = sorted(interpretDecision(decisionTable(guarded, 'client-apex'), visitor));
      if (isAsciiEmail(visitor)) expect(answer).toEqual(byPolicy(guarded, visitor));
      else expect(['ignore', 'refuse']).toContain(answer.outcome);
    }),
    { numRuns: 2000 },
  );
});
