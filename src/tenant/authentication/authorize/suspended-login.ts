import type { Interaction } from 'oidc-provider';
import type { SuspendedPipeline } from '../../actions/run/login-transaction.ts';
import type { FactorRequest } from '../../factors/factor-requests.ts';
import type { PassedFactor } from '../multifactor/factor-dialogs.ts';

/** The data stored with a login that an Action redirected, or that requires a factor. */
export interface SuspendedLogin {
  readonly transactionId: string;
  /** The target of the redirect; for a factor, the name of its page. */
  readonly url: string;
  /** The factors that the Actions require, if the login waits for factors. */
  readonly requests?: readonly FactorRequest[];
  /** Factors that the user passed earlier in the same login. */
  readonly passed?: readonly PassedFactor[];
  readonly suspended: SuspendedPipeline;
  readonly executions: readonly string[];
}

/** The suspended login in the details of an interaction. */
export function suspendedLoginOf(interaction: Interaction): SuspendedLogin {
  return interaction.prompt.details as unknown as SuspendedLogin;
}
