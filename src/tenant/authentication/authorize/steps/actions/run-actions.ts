import type { PostLoginOutcome } from '../../../../actions/run/login-transaction.ts';
import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, type StepResult } from '../../login-step.ts';
import { transactionOf } from '../../login-transactions.ts';

/** Runs the post-login Actions, or those that remain after a suspension. Steps below obey their outcome. */
export async function runActions(login: Readonly<LoginProgress>): Promise<StepResult> {
  const { tenant, continues, executions } = login;
  const transaction = transactionOf(userLogin(login));
  const { trigger } = tenant;
  const outcome = await outcomeOf(
    continues === undefined ? trigger.run(transaction) : trigger.resume(transaction, continues.actions),
  );
  return proceed({ outcome, executions: [...new Set([...executions, ...outcome.executions])] });
}

/** The outcome of a trigger. If the trigger rejects, which it should never do, the login fails as for an Action that throws. */
export function outcomeOf(running: Promise<PostLoginOutcome>): Promise<PostLoginOutcome> {
  return running.catch(() => ({
    kind: 'error',
    errorClass: 'platform_error',
    message: 'The Actions of this login could not be run.',
    executions: [],
  }));
}
