import { writeFile } from 'node:fs/promises';
import { credentialScopes } from '../../deployment/credential-scopes.ts';
import { type CheckResult, checks, verifyDeployment } from '../../deployment/verify/verify-deployment.ts';
import { type VerifyFacts, verifyFacts } from '../../deployment/verify/verify-facts.ts';
import { CliError } from '../cli-error.ts';
import { EXIT_STATUS } from '../exit-status.ts';
import { explainManagementError } from '../explain-management-error.ts';
import { errorAsJson } from '../report-error.ts';
import { listenForStop } from '../stop-signal.ts';
import { coloursFor, printable } from '../terminal.ts';
import { type DeploymentTarget, deploymentTarget } from './deployment-target.ts';
import { describeCheck, summaryOf } from './describe-verify.ts';
import { junitReport } from './junit-report.ts';
import { describeSignIn, runSignIn } from './run-sign-in.ts';

/** What was typed behind `portcullis verify`. */
export interface VerifyCommandOptions {
  readonly config?: string;
  readonly skip: readonly string[];
  /** The application to sign in to; `true` for the first that the policy guards. */
  readonly signIn?: string | true;
  readonly junit?: string;
  readonly json?: boolean;
}

/** Makes the checks, and prints each as it is made. */
export async function runVerify(options: VerifyCommandOptions): Promise<void> {
  const unknown = options.skip.find((id) => !checks.some((check) => check.id === id));
  if (unknown !== undefined) {
    const known = checks.map(({ id }) => id).join(', ');
    throw new CliError('check_unknown', `There is no check ${JSON.stringify(unknown)}.`, `There are: ${known}.`);
  }
  const target = await deploymentTarget(options.config);
  const { management, environment, desired } = target;
  const colours = coloursFor(process.stdout);
  const show = (text: string) => {
    if (!options.json) process.stdout.write(text);
  };
  show(`\n  Tenant ${colours.bold(printable(desired.domain))}\n\n`);
  const facts = verifyFacts(management, desired, () => credentialScopes(environment));
  const results: CheckResult[] = [];
  for await (const result of verifyDeployment(facts, { skip: options.skip, explain: explainer(desired.domain) })) {
    results.push(result);
    show(describeCheck(result, colours));
    // Where the tenant is not there, the others would say the same once more each.
    if (result.id === 'tenant_reachable' && result.status === 'fail') break;
  }
  show(`\n  ${summaryOf(results, colours)}.\n\n`);
  const say = (text: string) => (options.json ? process.stderr : process.stdout).write(text);
  const signIn = options.signIn === undefined ? undefined : await signInTo(target, facts, options.signIn, say);
  if (signIn !== undefined) show(`${describeSignIn(signIn, colours)}\n`);
  if (options.junit !== undefined) await writeReport(options.junit, junitReport(desired.domain, results));
  if (options.json) process.stdout.write(`${JSON.stringify({ domain: desired.domain, checks: results, signIn })}\n`);
  const failed = results.some(({ status }) => status === 'fail') || signIn?.outcome === 'error';
  // Whoever pressed Ctrl-C at the sign-in knows that it did not come to an end.
  if (failed && process.exitCode !== EXIT_STATUS.interrupted) process.exitCode = EXIT_STATUS.different;
}

/** What was added to the application is taken out again, also after Ctrl-C. */
async function signInTo(
  target: DeploymentTarget,
  facts: VerifyFacts,
  application: string | true,
  say: (text: string) => void,
) {
  const stop = listenForStop();
  try {
    return await runSignIn(target, await facts.snapshot(), application, { stop, say });
  } catch (error) {
    if (!stop.requested) throw explainManagementError(error, target.desired.domain);
    process.exitCode = EXIT_STATUS.interrupted;
    return undefined;
  } finally {
    stop.ignore();
  }
}

function explainer(domain: string) {
  return (error: unknown): { message: string; remedy: string } => {
    const { message, remedy = 'Put it right: portcullis apply' } = errorAsJson(
      explainManagementError(error, domain),
    ).error;
    return { message, remedy };
  };
}

async function writeReport(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new CliError('report_unwritable', `${file} cannot be written: ${reason}.`, 'Name another: --junit FILE', {
      cause: error,
    });
  }
}
