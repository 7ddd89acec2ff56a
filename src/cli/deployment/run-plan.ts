import { hasChanges, planDeployment } from '../../deployment/plan/plan-deployment.ts';
import { readTenant } from '../../deployment/read-tenant.ts';
import { EXIT_STATUS } from '../exit-status.ts';
import { refusalOf } from '../refusal-of.ts';
import { coloursFor } from '../terminal.ts';
import { deploymentTarget } from './deployment-target.ts';
import { describePlan } from './describe-plan.ts';
import { savePlan } from './saved-plan.ts';

/** What was typed behind `portcullis plan`. */
export interface PlanCommandOptions {
  readonly config?: string;
  readonly adopt?: boolean;
  readonly out?: string;
  readonly json?: boolean;
}

/** Prints what `apply` would do. Nothing is written to the tenant. */
export async function runPlan(options: PlanCommandOptions): Promise<void> {
  const { management, desired } = await deploymentTarget(options.config);
  const adopt = options.adopt === true;
  const snapshot = await readTenant(management, desired).catch((error: unknown) => {
    throw refusalOf(error, desired.domain);
  });
  const plan = await planDeployment(snapshot, desired, { adopt });
  if (options.out !== undefined) await savePlan(options.out, { plan, desired, adopt });
  process.stdout.write(options.json ? `${JSON.stringify(plan)}\n` : describePlan(plan, coloursFor(process.stdout)));
  if (hasChanges(plan)) process.exitCode = EXIT_STATUS.changes;
}
