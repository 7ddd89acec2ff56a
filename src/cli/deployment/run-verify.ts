import { credentialScopes } from '../../deployment/credential-scopes.ts';
import { type CheckResult, checks, verifyDeployment } from '../../deployment/verify/verify-deployment.ts';
import { type VerifyFacts, verifyFacts } from '../../deployment/verify/verify-facts.ts';
import { Problem } from '../../problem/problem.ts';
import { coloursFor } from '../colours.ts';
import { EXIT_STATUS, type ExitStatus } from '../exit-status.ts';
import { explainManagementError } from '../explain-management-error.ts';
import { writeReport } from '../junit-report.ts';
import { printable } from '../printable.ts';
import { listenForStop } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';
import { type DeploymentTarget, deploymentTarget } from './deployment-target.ts';
import { summaryOf, verifyPrinter } from './describe-verify.ts';
import { describeSignIn, runSignIn } from './run-sign-in.ts';
import { verifyReport } from './verify-report.ts';

/** The options of `portcullis verify`. */
export interface VerifyCommandOptions {
  readonly config?: string;
  readonly skip: readonly string[];
  /** The application to sign in to; `true` for the first that the policy guards. */
  readonly signIn?: string | true;
  readonly junit?: string;
  readonly json?: boolean;
}

/** Runs the checks, and prints each as it finishes. */
export async function runVerify(options: VerifyCommandOptions, terminal: Terminal): Promise<ExitStatus> {
  const unknown = options.skip.find((id) => !checks.some((check) => check.id === id));
  if (unknown !== undefined) {
    const known = checks.map(({ id }) => id).join(', ');
    throw new Problem('check_unknown', `There is no check ${JSON.stringify(unknown)}.`, `There are: ${known}.`);
  }
  const target = await deploymentTarget(options.config, terminal);
  const { management, environment, desired } = target;
  const colours = coloursFor(terminal);
  const show = (text: string) => {
    if (!options.json) terminal.stdout.write(text);
  };
  show(`\n  Tenant ${colours.bold(printable(desired.domain))}\n\n`);
  const facts = verifyFacts(management, desired, () => credentialScopes(environment));
  const printer = verifyPrinter(colours);
  const results: CheckResult[] = [];
  for await (const result of verifyDeployment(facts, { skip: options.skip, explain: explainer(desired.domain) })) {
    results.push(result);
    show(printer.check(result));
    // If the tenant cannot be reached, every other check would only repeat that.
    if (result.id === 'tenant_reachable' && result.status === 'fail') break;
  }
  show(printer.rest());
  show(`\n  ${summaryOf(results, colours)}.\n\n`);
  const report = (text: string) => (options.json ? terminal.stderr : terminal.stdout).write(text);
  const signIn =
    options.signIn === undefined ? undefined : await signInTo(target, facts, options.signIn, { report, terminal });
  if (signIn !== undefined) show(`${describeSignIn(signIn, colours)}\n`);
  if (options.junit !== undefined)
    await writeReport(options.junit, terminal.folder, verifyReport(desired.domain, results));
  if (options.json) terminal.stdout.write(`${JSON.stringify({ domain: desired.domain, checks: results, signIn })}\n`);
  const failed = results.some(({ status }) => status === 'fail') || signIn?.outcome === 'error';
  // A sign-in without an outcome was interrupted with Ctrl-C.
  if (options.signIn !== undefined && signIn === undefined) return EXIT_STATUS.interrupted;
  return failed ? EXIT_STATUS.different : EXIT_STATUS.ok;
}

/** Signs in, and removes what was added to the application for it, even after Ctrl-C. */
async function signInTo(
  target: DeploymentTarget,
  facts: VerifyFacts,
  application: string | true,
  { report, terminal }: { readonly report: (text: string) => void; readonly terminal: Terminal },
) {
  const stop = listenForStop(terminal);
  try {
    return await runSignIn(target, await facts.snapshot(), application, {
      stop,
      report,
      browser: terminal.stdout.isTTY === true,
    });
  } catch (error) {
    if (!stop.requested) throw explainManagementError(error, target.desired.domain);
    return undefined;
  } finally {
    stop.ignore();
  }
}

function explainer(domain: string) {
  return (error: unknown): Problem => explainManagementError(error, domain);
}
