import { errors } from 'oidc-provider';
import type { LoginTransaction, PostLoginTrigger } from '../../actions/run/login-transaction.ts';

/**
 * Does what a login comes to, and tells the trigger where the tenant refuses it. One that waits for a factor is none of these.
 *
 * @throws whatever `work` throws
 * @example
 * await tellRefusal(deps.trigger, () => transactionOf(ctx, login, id), () => conclude(ctx, login));
 */
export async function tellRefusal<Result>(
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
