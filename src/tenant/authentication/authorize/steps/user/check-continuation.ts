import { errors } from 'oidc-provider';
import { type LoginProgress, newTransactionId } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';
import { suspendedLoginOf } from '../../suspended-login.ts';

/** A suspended login continues only where it was meant to, and no other login continues there. */
export function checkContinuation({ continues, ctx }: Readonly<LoginProgress>): StepResult {
  const interaction = ctx.oidc.entities.Interaction;
  const suspended = interaction === undefined ? undefined : suspendedLoginOf(interaction);
  if ((suspended === undefined) !== (continues === undefined)) {
    return refuse(new errors.InvalidRequest('The login cannot continue from here. Start again at the application.'));
  }
  if (continues === undefined) return proceed({ transactionId: newTransactionId() });
  const { transactionId, executions, passed } = continues;
  return proceed({ transactionId, executions, passed });
}
