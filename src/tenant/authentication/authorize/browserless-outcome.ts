import { errors } from 'oidc-provider';
import type { PostLoginOutcome } from '../../actions/run/login-transaction.ts';

/**
 * The outcome of Actions in a grant without a browser: the login continues or is refused.
 *
 * @param onExecutions receives the executions in either case
 * @throws `access_denied` with the Actions' reason; `mfa_required` if they ask for a factor
 * @example
 * const { effects } = await outcomeWithoutBrowser(trigger.run(transaction), (executions) => { … });
 * @see Auth0 docs: "Redirect with Actions", restrictions; "Authenticate Using the Resource Owner Password Flow with MFA".
 */
export async function outcomeWithoutBrowser(
  running: Promise<PostLoginOutcome>,
  onExecutions: (executions: readonly string[]) => void,
): Promise<Extract<PostLoginOutcome, { kind: 'continue' }>> {
  const outcome = await outcomeOf(running);
  onExecutions(outcome.executions);
  switch (outcome.kind) {
    case 'continue':
      return outcome;
    case 'deny':
      throw new errors.AccessDenied(outcome.reason);
    case 'error':
      throw new errors.AccessDenied(outcome.message);
    case 'redirect':
      throw new errors.AccessDenied('External interaction required, which this grant has no browser for.');
    case 'factors':
      throw new errors.CustomOIDCProviderError('mfa_required', MFA_REQUIRED);
  }
}

/** Auth0's message if a login without a browser requires a factor. */
export const MFA_REQUIRED = 'Multifactor authentication required';

/** The outcome of a trigger. If the trigger rejects, which it should never do, the login fails as for an Action that throws. */
export function outcomeOf(running: Promise<PostLoginOutcome>): Promise<PostLoginOutcome> {
  return running.catch(() => ({
    kind: 'error',
    errorClass: 'platform_error',
    message: 'The Actions of this login could not be run.',
    executions: [],
  }));
}
