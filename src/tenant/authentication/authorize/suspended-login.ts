import type { Interaction } from 'oidc-provider';
import type { SuspendedPipeline } from '../../actions/run/login-transaction.ts';
import type { FactorRequest, SimulatedFactor } from '../../factors/factor-requests.ts';

/** A factor that the user has passed, and when (ISO 8601). */
export interface PassedFactor {
  readonly type: SimulatedFactor;
  readonly at: string;
}

/** Seconds that a login may wait. */
export const LOGIN_LIFETIME = 60 * 60;

/** A login that waits: for its user to sign in or to choose an organization, for the return from an Action's redirect, or for a factor. */
export type Suspension = { readonly waitsFor: 'sign-in' } | OrganizationChoice | SuspendedLogin;

/** A login that waits for its user to name an organization before the sign-in, or to choose one after it. It begins again then. */
export interface OrganizationChoice {
  readonly waitsFor: 'organization';
  readonly when: 'before' | 'after';
}

/** A login that waits although its user has signed in. It is stored until its browser or its application continues it. Plain JSON. */
export interface SuspendedLogin {
  readonly waitsFor: 'redirect' | 'factors';
  readonly transactionId: string;
  /** The target of the redirect; for a factor, the name of its page. */
  readonly url: string;
  /** The factors that the Actions require; none if the login waits for a redirect. */
  readonly requests: readonly FactorRequest[];
  /** The number of these requests that are met. */
  readonly met: number;
  /** Factors that the user passed earlier in the same login. */
  readonly passed: readonly PassedFactor[];
  readonly actions: SuspendedPipeline;
  readonly executions: readonly string[];
}

/** The suspended login in the details of an interaction; nothing if the interaction waits for the user to sign in, or for an organization. */
export function suspendedLoginOf(interaction: Pick<Interaction, 'prompt'>): SuspendedLogin | undefined {
  const suspension = suspensionOf(interaction);
  return suspension.waitsFor === 'redirect' || suspension.waitsFor === 'factors' ? suspension : undefined;
}

/** The organization that an interaction waits for. */
export function organizationChoiceOf(interaction: Pick<Interaction, 'prompt'>): OrganizationChoice | undefined {
  const suspension = suspensionOf(interaction);
  return suspension.waitsFor === 'organization' ? suspension : undefined;
}

function suspensionOf({ prompt }: Pick<Interaction, 'prompt'>): Suspension {
  return prompt.name === 'post-login' ? (prompt.details as unknown as Suspension) : { waitsFor: 'sign-in' };
}
