import type { Interaction } from 'oidc-provider';
import type { SuspendedPipeline } from '../../actions/run/login-transaction.ts';
import type { FactorRequest } from '../../factors/factor-requests.ts';
import type { PassedFactor } from '../multifactor/factor-dialogs.ts';

/** What is kept with a login that an Action sent elsewhere, or that asks its person for a factor. */
export interface SuspendedLogin {
  readonly transactionId: string;
  /** Where to; of a factor, the name of its page. */
  readonly url: string;
  /** The factors that are asked for, where that is why it stopped. */
  readonly asked?: readonly FactorRequest[];
  /** Those that were proven earlier in the same login. */
  readonly passed?: readonly PassedFactor[];
  readonly suspended: SuspendedPipeline;
  readonly executions: readonly string[];
}

/** What an interaction at the step of the Actions has kept. */
export function suspendedLoginOf(interaction: Interaction): SuspendedLogin {
  return interaction.prompt.details as unknown as SuspendedLogin;
}
