import type { ManagementClient } from 'auth0';
import { readEnvironment } from '../../configuration/environment.ts';
import { applyDeployment } from '../../deployment/apply/apply-deployment.ts';
import { connect } from '../../deployment/connect.ts';
import { assertNothingLost } from '../../deployment/loss.ts';
import { hasChanges, planDeployment } from '../../deployment/plan/plan-deployment.ts';
import type { PlannedChange } from '../../deployment/plan/planned-change.ts';
import { readTenant } from '../../deployment/read-tenant.ts';
import type { TenantSnapshot } from '../../deployment/tenant-snapshot.ts';
import { Problem } from '../../problem/problem.ts';
import { coloursFor } from '../colours.ts';
import { EXIT_STATUS, type ExitStatus } from '../exit-status.ts';
import { explainManagementError } from '../explain-management-error.ts';
import { assertTestsHold } from '../policy-tests/assert-tests-hold.ts';
import { showPolicyWarnings } from '../policy-tests/show-policy-warnings.ts';
import { listenForStop, type StopSignal } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';
import { trustCertificatesOfEnvFile } from '../trust-env-certificates.ts';
import { confirm } from './confirm.ts';
import { deploymentTarget } from './deployment-target.ts';
import { describePlan, titleOf } from './describe-plan.ts';
import { assertImpactOptions, impactUntilStopped, isImpactRequested, showImpact } from './plan-impact.ts';
import { loadPlan, type SavedPlan } from './saved-plan.ts';

/** The options of `portcullis apply`. */
export interface ApplyCommandOptions {
  readonly config?: string;
  readonly adopt?: boolean;
  readonly plan?: string;
  readonly yes?: boolean;
  readonly takeOver?: boolean;
  readonly unguard?: readonly string[];
  readonly json?: boolean;
  /** Absent: shown if the plan changes who is let in and the user is asked for confirmation. */
  readonly impact?: boolean;
  readonly csv?: string;
  readonly people?: boolean;
  readonly fresh?: boolean;
}

interface Prepared extends SavedPlan {
  readonly management: ManagementClient;
  /** Absent if the plan was saved, since its impact was measured then. */
  readonly snapshot?: TenantSnapshot;
}

/** Milliseconds after which the terminal shows what the command is waiting for. */
const NOTICE_DELAY = 2000;

/** Shows the plan, asks for confirmation, and applies it. */
export async function runApply(options: ApplyCommandOptions, terminal: Terminal): Promise<ExitStatus> {
  assertImpactOptions(options);
  const prepared = await (options.plan === undefined ? planNow(options, terminal) : planOfFile(options.plan, terminal));
  const { management, plan, desired, adopt } = prepared;
  const colours = coloursFor(terminal);
  if (!options.json) terminal.stdout.write(describePlan(plan, colours, terminal.stdout.columns));
  if ((await showImpactBefore(prepared, options, terminal)) === 'interrupted') return EXIT_STATUS.interrupted;
  // Checked before the question; the tenant is compared once more when the plan is applied.
  if (hasChanges(plan)) assertNothingLost(plan.losses, options.unguard ?? []);
  if (hasChanges(plan) && !options.yes && !(await confirm(`Do this to ${desired.domain}?`, terminal))) {
    terminal.stdout.write('  Nothing has been done.\n');
    return EXIT_STATUS.declined;
  }
  const signal = listenForStop(terminal);
  const done: PlannedChange[] = [];
  let waiting: NodeJS.Timeout | undefined;
  try {
    const { changes } = await applyDeployment(management, desired, plan, {
      adopt,
      takeOver: options.takeOver === true,
      unguard: options.unguard ?? [],
      planned: prepared.snapshot,
      signal: signal.abortSignal,
      onStep(change, state) {
        clearInterval(waiting);
        if (state === 'begun') {
          waiting = setInterval(() => terminal.stderr.write(`  … ${titleOf(change)}\n`), NOTICE_DELAY);
          return;
        }
        done.push(change);
        if (!options.json) terminal.stdout.write(`  ${colours.green('✓')} ${titleOf(change)} ${PAST[change.action]}\n`);
      },
    });
    if (options.json) terminal.stdout.write(`${JSON.stringify({ domain: desired.domain, changes })}\n`);
    else if (changes.length > 0) terminal.stdout.write('\n  Applied. Check it with: portcullis verify\n\n');
    return EXIT_STATUS.ok;
  } catch (error) {
    if (!interrupted(signal, error)) throw withProgress(explainManagementError(error, desired.domain), done);
    terminal.stderr.write(
      `  Stopped after ${done.length} changes; what was done is complete. Continue with: portcullis apply\n`,
    );
    return EXIT_STATUS.interrupted;
  } finally {
    clearInterval(waiting);
    signal.ignore();
  }
}

const PAST: Readonly<Record<PlannedChange['action'], string>> = {
  create: 'created',
  update: 'changed',
  adopt: 'taken over',
  none: 'unchanged',
};

/** Shows the impact before the question, so that the operator knows which users are affected. */
async function showImpactBefore(
  prepared: Prepared,
  options: ApplyCommandOptions,
  terminal: Terminal,
): Promise<'interrupted' | undefined> {
  const { snapshot, plan } = prepared;
  const requested = options.impact ?? (options.csv !== undefined || (!options.yes && terminal.stdin.isTTY));
  if (snapshot === undefined || !hasChanges(plan) || !isImpactRequested(options, snapshot)) return undefined;
  if (!requested) {
    if (!options.json) terminal.stdout.write('  The impact on users was not measured: --impact measures it.\n');
    return undefined;
  }
  const impact = await impactUntilStopped(prepared, snapshot, options, terminal);
  if (impact === 'interrupted') return impact;
  if (!options.json) showImpact(impact, snapshot, options, terminal);
  return undefined;
}

async function planNow(options: ApplyCommandOptions, terminal: Terminal): Promise<Prepared> {
  const { management, desired, configuration } = await deploymentTarget(options.config, terminal);
  assertTestsHold(configuration);
  showPolicyWarnings(configuration.policy, terminal);
  const adopt = options.adopt === true;
  const snapshot = await readTenant(management, desired).catch((error: unknown) => {
    throw explainManagementError(error, desired.domain);
  });
  return { management, desired, adopt, snapshot, plan: await planDeployment(snapshot, desired, { adopt }) };
}

async function planOfFile(file: string, terminal: Terminal): Promise<Prepared> {
  const saved = await loadPlan(file, terminal.folder);
  const environment = readEnvironment({
    variables: terminal.environment,
    cwd: terminal.folder,
    domain: saved.desired.domain,
  });
  trustCertificatesOfEnvFile(terminal);
  return { ...saved, management: connect(environment) };
}

function interrupted(signal: StopSignal, error: unknown): boolean {
  return signal.requested && error instanceof Error && error.name === 'AbortError';
}

/** Adds to an error which changes were made before it. */
function withProgress(problem: Problem, done: readonly PlannedChange[]): Problem {
  if (done.length === 0) return problem;
  const { code, message, remedy } = problem;
  const list = done.map((change) => `  ${titleOf(change)} ${PAST[change.action]}`).join('\n');
  return new Problem(code, `${message}\nCompleted before that:\n${list}`, remedy, { cause: problem });
}
