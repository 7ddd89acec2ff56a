import { factorStatus } from '../../../multifactor/factor-status.ts';
import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, type StepResult } from '../../login-step.ts';
import { transactionOf } from '../../login-transactions.ts';
import { recheckSession } from './recheck-session.ts';
import { outcomeOf } from './run-actions.ts';

/** Lets the Actions go on if what they ask for is met: a factor counts once in a login, and a browser may be remembered. */
export async function skipPassedFactors(login: Readonly<LoginProgress>): Promise<StepResult> {
  const { tenant, ctx, user, passed } = userLogin(login);
  let { outcome, executions } = login;
  while (outcome?.kind === 'factors') {
    const factors = factorStatus(tenant.store, ctx, user, outcome.asked, passed);
    if (factors.kind !== 'done') return proceed({ outcome, executions, factors });
    // Further Actions run only for a session that still is the user's.
    const ended = await recheckSession({ ...login, outcome, executions });
    if (ended.kind === 'refuse') return ended;
    const { continues: _isOver, ...rest } = userLogin(login);
    outcome = await outcomeOf(tenant.trigger.resume(transactionOf(rest), outcome.suspended));
    executions = [...new Set([...executions, ...outcome.executions])];
  }
  return proceed({ ...(outcome && { outcome }), executions });
}
