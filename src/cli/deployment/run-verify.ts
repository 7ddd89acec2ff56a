import { writeFile } from 'node:fs/promises';
import { credentialScopes } from '../../deployment/credential-scopes.ts';
import { type CheckResult, checks, verifyDeployment } from '../../deployment/verify/verify-deployment.ts';
import { verifyFacts } from '../../deployment/verify/verify-facts.ts';
import { CliError } from '../cli-error.ts';
import { EXIT_STATUS } from '../exit-status.ts';
import { refusalOf } from '../refusal-of.ts';
import { errorAsJson } from '../report-error.ts';
import { coloursFor, printable } from '../terminal.ts';
import { deploymentTarget } from './deployment-target.ts';
import { describeCheck, summaryOf } from './describe-verify.ts';
import { junitReport } from './junit-report.ts';

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
  const { management, environment, desired } = await deploymentTarget(options.config);
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
  if (options.junit !== undefined) await writeReport(options.junit, junitReport(desired.domain, results));
  if (options.json) process.stdout.write(`${JSON.stringify({ domain: desired.domain, checks: results })}\n`);
  if (results.some(({ status }) => status === 'fail')) process.exitCode = EXIT_STATUS.different;
}

function explainer(domain: string) {
  return (error: unknown): { message: string; remedy: string } => {
    const { message, remedy = 'Put it right: portcullis apply' } = errorAsJson(refusalOf(error, domain)).error;
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
