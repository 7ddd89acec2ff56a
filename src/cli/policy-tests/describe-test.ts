import type { Expectation, PolicyTestResult, TestVisitor } from '../../policy/policy-test.ts';
import type { Colours } from '../colours.ts';
import { printable } from '../printable.ts';
import { wrap } from '../wrap.ts';

/**
 * Describes the visitor of a test in one line.
 *
 * @example describeVisitor({ email: 'ann@water.example', country: 'DE' }) // 'ann@water.example, country DE'
 */
export function describeVisitor(who: TestVisitor): string {
  const { email, verified, mfa, at, appMetadata, ...rest } = who;
  const others = Object.entries(rest).map(([name, value]) => `${name} ${[value].flat().join(' and ') || 'none'}`);
  return [
    email ?? 'no e-mail address',
    ...(verified === false ? ['not verified'] : []),
    ...others,
    ...(appMetadata === undefined ? [] : [`app_metadata ${JSON.stringify(appMetadata)}`]),
    ...(at === undefined ? [] : [`at ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}`]),
    ...(mfa === true ? ['with a factor'] : []),
  ].join(', ');
}

/**
 * Describes an expected decision.
 *
 * @example describeExpectation({ roles: ['Auditor'], mfa: true }) // 'Auditor after a factor'
 */
export function describeExpectation(expected: Expectation): string {
  if ('refusedBy' in expected) return `refused by "${expected.refusedBy}"`;
  return `let in${rolesText(expected.roles)}${expected.mfa === true ? ' after a factor' : ''}`;
}

/**
 * Describes the decision, with the rule or the reason that decided.
 *
 * @example describeOutcome(result) // 'refused by "left the company"'
 */
export function describeOutcome({ decision, decidedBy }: Pick<PolicyTestResult, 'decision' | 'decidedBy'>): string {
  if (decision.outcome === 'refuse') return `refused by "${decidedBy}"`;
  if (decision.outcome === 'ignore') return 'left alone';
  const factor = decision.mfa === true ? ' after a factor' : '';
  return `let in${rolesText(decision.roles)}${factor} by "${decidedBy}"`;
}

/** Describes a test that was run, in lines that fit the terminal. */
export function describeResult(result: PolicyTestResult, colours: Colours, columns = 80): string[] {
  const { test, holds } = result;
  const sign = holds ? colours.green('✓') : colours.red('✗');
  const expected = holds ? '' : `, expected ${describeExpectation(test.expect)}`;
  const text = printable(`${describeVisitor(test.who)}: ${describeOutcome(result)}${expected}`);
  const [first = '', ...more] = wrap(`    ${text}`, columns, 4);
  return [`  ${sign} ${first.trimStart()}`, ...more];
}

function rolesText(roles: readonly string[]): string {
  return roles.length === 0 ? ' without roles' : ` with ${roles.join(', ')}`;
}
