import { errors } from 'oidc-provider';
import type { PostLoginOutcome } from '../../actions/run/login-transaction.ts';

/**
 * How the Actions of a grant end that has no browser to send anywhere: let through, or refused.
 *
 * @param seen told the executions in either case.
 * @throws `access_denied` with the Actions' reason; `mfa_required` where they ask for a factor.
 * @example
 * const { effects } = await withoutRedirect(trigger.run(transaction), (executions) => { … });
 * @see Auth0 docs: "Redirect with Actions", restrictions; "Authenticate Using the Resource Owner Password Flow with MFA".
 */
export async function withoutRedirect(
  running: Promise<PostLoginOutcome>,
  seen: (executions: readonly string[]) => void,
): Promise<Extract<PostLoginOutcome, { kind: 'continue' }>> {
  const outcome = await settled(running);
  seen(outcome.executions);
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

/** What Auth0 says where a factor is asked for and there is nobody to show a page to. */
export const MFA_REQUIRED = 'Multifactor authentication required';

/** A trigger promises never to reject; should it all the same, the login fails as for an Action that throws. */
export function settled(running: Promise<PostLoginOutcome>): Promise<PostLoginOutcome> {
  return running.catch(() => ({
    kind: 'error',
    errorClass: 'platform_error',
    message: 'The Actions of this login could not be run.',
    executions: [],
  }));
}
