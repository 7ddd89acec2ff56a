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

function byPolicy(policy: Policy, visitor: Visitor) {
  const decision = decide(policy, visitor);
  const assign = decision.outcome === 'admit' ? (decision.assign[0] ?? null) : null;
  return { outcome: decision.outcome, reason: decision.reason, assign };
}

it('makes the same decisions in the policy, the decision table, and the MLE module without Node', async () => {
  let size = 0;
  let beyondAscii = 0;
  let bytes = 0;
  const reasons = new Set<string>();
  for (const policy of policies) {
    const bundle = await mleBundle(apexTarget({ ...input, policy }));
    bytes = Math.max(bytes, Buffer.byteLength(bundle));
    const context = createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
    // V8 gives every context a console of its own.
    runInContext('delete globalThis.console', context);
    runInContext(
      `${bundle.replace(/^export \{[\s\S]*?\};$/m, '')}\nglobalThis.decideVisitor = decideVisitor;`,
      context,
    );
    expect(runInContext('[typeof process, typeof require, typeof URL, typeof console].join()', context)).toBe(
      'undefined,undefined,undefined,undefined',
    );
    const table = decisionTable(policy, ['client-apex']);
    for (const visitor of expectedVisitors(policy, 'client-apex')) {
      size += 1;
      const expected = byPolicy(policy, visitor);
      reasons.add(expected.reason);
      const args = [
        visitor.application,
        visitor.email ?? null,
        visitor.emailVerified ? 1 : 0,
        JSON.stringify(visitor.roles),
      ];
      const module = JSON.parse(String(runInContext(`decideVisitor(...${JSON.stringify(args)})`, context)));
      expect({ ...module, assign: module.assign[0] ?? null }).toEqual(expected);
      const answer = interpretDecision(table, visitor);
      if (isAsciiEmail(visitor)) expect(answer, JSON.stringify(visitor)).toEqual(expected);
      else {
        beyondAscii += 1;
        expect(answer).toEqual({ outcome: 'refuse', reason: 'missing_email', assign: null });
      }
    }
  }
  expect([...reasons].sort()).toEqual([
    'default_role',
    'default_role_holder',
    'missing_email',
    'no_matching_rule',
    'organization_domain',
    'organization_member',
    'unguarded_application',
    'unverified_email',
    'unverified_email_admitted',
  ]);
  process.stdout.write(
    `equivalence: ${size} visitors under ${policies.length} policies; MLE module agrees on ${size}; table agrees on ${size - beyondAscii}, ` +
      `and refuses the ${beyondAscii} beyond ASCII on purpose; module of at most ${bytes} bytes\n`,
  );
});

it('agrees on every visitor and policy, and never admits more beyond ASCII', () => {
  fc.assert(
    fc.property(policyArbitrary, visitorArbitrary, (policy, visitor) => {
      const answer = interpretDecision(decisionTable(policy, policy.applications), visitor);
      const expected = byPolicy(policy, visitor);
      if (isAsciiEmail(visitor)) expect(answer).toEqual(expected);
      else expect(['ignore', 'refuse']).toContain(answer.outcome);
      if (answer.outcome === 'ignore') expect(expected.outcome).toBe('ignore');
    }),
    { numRuns: 5000 },
  );
});
