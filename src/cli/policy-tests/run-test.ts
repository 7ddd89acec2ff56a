import { resolve } from 'node:path';
import { type Configuration, loadConfiguration } from '../../configuration/load-configuration.ts';
import { policyDifferences } from '../../deployment/plan/policy-differences.ts';
import { type PolicyTestResult, runPolicyTest } from '../../policy/policy-test.ts';
import { policyWarnings } from '../../policy/policy-warnings.ts';
import { coloursFor } from '../colours.ts';
import { EXIT_STATUS, type ExitStatus } from '../exit-status.ts';
import { writeReport } from '../junit-report.ts';
import { printable } from '../printable.ts';
import { type Terminal, widthOf } from '../terminal.ts';
import { describeOutcome, describeResult, describeVisitor } from './describe-test.ts';
import { explainUser } from './explain-user.ts';
import { warningLines } from './show-policy-warnings.ts';
import { testReport } from './test-report.ts';

/** The options of `portcullis test`. */
export interface TestCommandOptions {
  readonly config?: string;
  readonly who?: string;
  readonly against?: string;
  readonly junit?: string;
  readonly json?: boolean;
}

/** Runs the tests of the policy, and prints each. */
export async function runTest(options: TestCommandOptions, terminal: Terminal): Promise<ExitStatus> {
  const configuration = await loadConfiguration({ path: options.config, cwd: terminal.folder });
  if (options.who !== undefined) return await explainUser(options.who, configuration, options, terminal);
  const { policy, tests } = configuration;
  const other =
    options.against === undefined
      ? undefined
      : await loadConfiguration({ path: options.against, cwd: terminal.folder });
  const started = performance.now();
  const results = tests.map((test) => runPolicyTest(policy, test));
  const seconds = (performance.now() - started) / 1000;
  const warnings = policyWarnings(policy, Date.now());
  const failed = results.filter(({ holds }) => !holds).length;
  const changed = other === undefined ? undefined : changesAgainst(results, other);
  if (options.junit !== undefined) {
    await writeReport(options.junit, terminal.folder, testReport(configuration.file, results, seconds));
  }
  if (options.json) {
    const against =
      other === undefined
        ? {}
        : { against: { file: other.file, fields: fieldsAgainst(configuration, other), tests: changed } };
    terminal.stdout.write(
      `${JSON.stringify({ file: configuration.file, tests: results, failed, warnings, ...against })}\n`,
    );
  } else {
    showResults(results, warnings, terminal);
    if (other !== undefined) showChanges(configuration, other, changed ?? [], terminal);
  }
  return failed === 0 ? EXIT_STATUS.ok : EXIT_STATUS.different;
}

/** A test about which two policies decide differently. */
interface ChangedTest {
  readonly before: PolicyTestResult;
  readonly after: PolicyTestResult;
}

function changesAgainst(results: readonly PolicyTestResult[], { policy }: Configuration): ChangedTest[] {
  return results
    .map((after) => ({ after, before: runPolicyTest(policy, after.test) }))
    .filter(({ before, after }) => JSON.stringify(before.decision) !== JSON.stringify(after.decision));
}

function fieldsAgainst(configuration: Configuration, other: Configuration) {
  return policyDifferences(other.policy, configuration.policy);
}

function showResults(results: readonly PolicyTestResult[], warnings: readonly string[], terminal: Terminal): void {
  const colours = coloursFor(terminal);
  const failed = results.filter(({ holds }) => !holds).length;
  const count = results.length === 1 ? '1 test' : `${results.length} tests`;
  const summary =
    results.length === 0
      ? 'The policy has no tests. Add some: tests: [{ who: { email: … }, expect: { roles: [ … ] } }]'
      : failed === 0
        ? `${count}, and each holds.`
        : `${count}, ${colours.red(`${failed} failed`)}.`;
  const lines = [
    '',
    ...results.flatMap((result) => describeResult(result, colours, widthOf(terminal.stdout))),
    ...(results.length === 0 ? [] : ['']),
    ...warningLines(warnings, colours, widthOf(terminal.stdout)),
    ...(warnings.length === 0 ? [] : ['']),
    `  ${summary}`,
    '',
    '',
  ];
  terminal.stdout.write(lines.join('\n'));
}

function showChanges(
  configuration: Configuration,
  other: Configuration,
  changed: readonly ChangedTest[],
  terminal: Terminal,
): void {
  const colours = coloursFor(terminal);
  const fields = fieldsAgainst(configuration, other);
  const lines = [
    `  Against ${printable(resolve(other.file))}:`,
    ...(fields.length === 0 ? ['    the policy is the same.'] : []),
    ...fields.map(
      ({ name, before, after }) =>
        `    ${printable(name)}  ${printable(before ?? '(none)')} ${colours.yellow('->')} ${printable(after)}`,
    ),
    ...changed.flatMap(({ before, after }) => [
      `    ${printable(describeVisitor(after.test.who))}`,
      `      ${printable(describeOutcome(before))} ${colours.yellow('->')} ${printable(describeOutcome(after))}`,
    ]),
    ...(fields.length > 0 && changed.length === 0 ? ['    No test is decided differently.'] : []),
    '',
    '',
  ];
  terminal.stdout.write(lines.join('\n'));
}
