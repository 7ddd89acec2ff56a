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
import { listenForStop, type StopSignal } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';
import { trustCertificatesOfEnvFile } from '../trust-certificates.ts';
import { confirm } from './confirm.ts';
import { deploymentTarget } from './deployment-target.ts';
import { describePlan, titleOf } from './describe-plan.ts';
import { checkWish, impactUntilStopped, showImpact, wantsImpact } from './plan-impact.ts';
import { loadPlan, type SavedPlan } from './saved-plan.ts';

/** What was typed behind `portcullis apply`. */
export interface ApplyCommandOptions {
  readonly config?: string;
  readonly adopt?: boolean;
  readonly plan?: string;
  readonly yes?: boolean;
  readonly takeOver?: boolean;
  readonly unguard?: readonly string[];
  readonly json?: boolean;
  /** Absent: where it changes who is let in, and somebody is asked. */
  readonly impact?: boolean;
  readonly csv?: string;
  readonly people?: boolean;
  readonly fresh?: boolean;
}

interface Prepared extends SavedPlan {
  readonly management: ManagementClient;
  /** Absent where the plan was saved, and looked at then. */
  readonly snapshot?: TenantSnapshot;
}

/** Milliseconds after which a person is told what is being waited for. */
const PATIENCE = 2000;

/** Shows the plan, asks, and does it. */
export async function runApply(options: ApplyCommandOptions, terminal: Terminal): Promise<ExitStatus> {
  checkWish(options);
  const prepared = await (options.plan === undefined ? planNow(options, terminal) : planOfFile(options.plan, terminal));
  const { management, plan, desired, adopt } = prepared;
  const colours = coloursFor(terminal);
  if (!options.json) terminal.stdout.write(describePlan(plan, colours));
  if ((await showImpactBefore(prepared, options, terminal)) === 'interrupted') return EXIT_STATUS.interrupted;
  // Before anybody is asked; the tenant is compared once more when it is done.
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
      signal: signal.abortSignal,
      onStep(change, state) {
        clearInterval(waiting);
        if (state === 'begun') {
          waiting = setInterval(() => terminal.stderr.write(`  … ${titleOf(change)}\n`), PATIENCE);
          return;
        }
        done.push(change);
        if (!options.json) terminal.stdout.write(`  ${colours.green('✓')} ${titleOf(change)} ${PAST[change.action]}\n`);
      },
    });
    if (options.json) terminal.stdout.write(`${JSON.stringify({ domain: desired.domain, changes })}\n`);
    else if (changes.length > 0) terminal.stdout.write('\n  Applied. Look at it with: portcullis verify\n\n');
    return EXIT_STATUS.ok;
  } catch (error) {
    if (!interrupted(signal, error)) throw withProgress(explainManagementError(error, desired.domain), done);
    terminal.stderr.write(
      `  Stopped after ${done.length} changes; what is done is whole. Go on with: portcullis apply\n`,
    );
    return EXIT_STATUS.interrupted;
  } finally {
    clearInterval(waiting);
    signal.ignore();
  }
}

const PAST: Readonly<Record<PlannedChange['action'], string>> = {
  create: 'made',
  update: 'changed',
  adopt: 'taken over',
  none: 'left alone',
};

/** Whoever is asked is to know whom it matters to. */
async function showImpactBefore(
  prepared: Prepared,
  options: ApplyCommandOptions,
  terminal: Terminal,
): Promise<'interrupted' | undefined> {
  const { snapshot, plan } = prepared;
  const asked = options.impact ?? (options.csv !== undefined || (!options.yes && terminal.stdin.isTTY));
  if (snapshot === undefined || !asked || !hasChanges(plan) || !wantsImpact(options, snapshot)) return undefined;
  const impact = await impactUntilStopped(prepared, snapshot, options, terminal);
  if (impact === 'interrupted') return impact;
  if (!options.json) showImpact(impact, snapshot, terminal);
  return undefined;
}

async function planNow(options: ApplyCommandOptions, terminal: Terminal): Promise<Prepared> {
  const { management, desired } = await deploymentTarget(options.config, terminal);
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

/** Whoever reads the error wants to know how far it came. */
function withProgress(problem: Problem, done: readonly PlannedChange[]): Problem {
  if (done.length === 0) return problem;
  const { code, message, remedy } = problem;
  const list = done.map((change) => `  ${titleOf(change)} ${PAST[change.action]}`).join('\n');
  return new Problem(code, `${message}\nDone before that, and whole:\n${list}`, remedy, { cause: problem });
}
