import { hasChanges, planDeployment } from '../../deployment/plan/plan-deployment.ts';
import { readTenant } from '../../deployment/read-tenant.ts';
import { coloursFor } from '../colours.ts';
import { EXIT_STATUS, type ExitStatus } from '../exit-status.ts';
import { explainManagementError } from '../explain-management-error.ts';
import { assertTestsHold } from '../policy-tests/assert-tests-hold.ts';
import { showPolicyWarnings } from '../policy-tests/show-policy-warnings.ts';
import type { Terminal } from '../terminal.ts';
import { deploymentTarget } from './deployment-target.ts';
import { describePlan } from './describe-plan.ts';
import { assertImpactOptions, impactUntilStopped, isImpactRequested, showImpact } from './plan-impact.ts';
import { savePlan } from './saved-plan.ts';

/** The options of `portcullis plan`. */
export interface PlanCommandOptions {
  readonly config?: string;
  readonly adopt?: boolean;
  readonly out?: string;
  readonly json?: boolean;
  /** Absent: measured if the plan changes who is let in. */
  readonly impact?: boolean;
  readonly csv?: string;
  readonly people?: boolean;
  readonly fresh?: boolean;
  /** Decide the logins since this time again. */
  readonly logins?: Date;
}

/** Prints what `apply` would do and which users it affects. Nothing is written to the tenant. */
export async function runPlan(options: PlanCommandOptions, terminal: Terminal): Promise<ExitStatus> {
  assertImpactOptions(options);
  const target = await deploymentTarget(options.config, terminal);
  assertTestsHold(target.configuration);
  showPolicyWarnings(target.configuration.policy, terminal);
  const { management, desired } = target;
  const adopt = options.adopt === true;
  const snapshot = await readTenant(management, desired).catch((error: unknown) => {
    throw explainManagementError(error, desired.domain);
  });
  const plan = await planDeployment(snapshot, desired, { adopt });
  if (options.out !== undefined) await savePlan(options.out, terminal.folder, { plan, desired, adopt });
  if (!options.json) terminal.stdout.write(describePlan(plan, coloursFor(terminal), terminal.stdout.columns));
  const impact = isImpactRequested(options, snapshot)
    ? await impactUntilStopped(target, snapshot, options, terminal)
    : undefined;
  if (impact === 'interrupted') return EXIT_STATUS.interrupted;
  if (options.json) terminal.stdout.write(`${JSON.stringify({ ...plan, ...impact })}\n`);
  else if (impact !== undefined) showImpact(impact, snapshot, options, terminal);
  return hasChanges(plan) ? EXIT_STATUS.changes : EXIT_STATUS.ok;
}
