import { errors } from 'oidc-provider';
import type { LoginTransaction, PostLoginTrigger } from '../../actions/run/login-transaction.ts';

/**
 * Concludes a login, and reports a refusal by the tenant to the trigger. A login that waits for a factor is not refused.
 *
 * @throws whatever `work` throws
 * @example
 * await reportRefusal(deps.trigger, () => transactionOf(ctx, login, id), () => conclude(ctx, login));
 */
export async function reportRefusal<Result>(
  trigger: PostLoginTrigger,
  transaction: () => LoginTransaction,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const isRefusal = error instanceof errors.OIDCProviderError && error.error !== 'mfa_required';
    if (isRefusal) trigger.refused?.(transaction(), error.error_description ?? error.error);
    throw error;
  }
}
