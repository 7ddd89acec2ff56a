import type { AdmissionReason, RefusalReason } from '../../policy/decision.ts';

/** The facts about a login that a policy may ask for, as far as the tenant's log shows them. */
export interface LoginFacts {
  readonly connection: string | undefined;
  readonly ip: string | undefined;
  readonly country: string | undefined;
  /** Id and name; empty if there was none. */
  readonly organization: readonly string[] | undefined;
  /** Whether the user passed a second factor that our Action asked for. */
  readonly mfa: boolean;
}

/** A login at a guarded application, as far as the tenant's log shows it. */
export interface LoginDecision {
  /** ID of the log entry. */
  readonly id: string;
  /** Time in ISO 8601. */
  readonly at: string;
  readonly outcome: 'admit' | 'refuse' | 'error';
  /**
   * `no_gate`: let in although our Action did not run. `undefined` if the tenant does not report it, as for a login whose
   * execution is no longer stored.
   */
  readonly reason: AdmissionReason | RefusalReason | 'internal_error' | 'no_gate' | undefined;
  /**
   * The source of the reason: the line that the Action wrote, the address that the refused user was sent to, or the message
   * that the user saw. If the tenant stores none of these, the running policy judges the user as of now.
   */
  readonly source: 'console' | 'landing_page' | 'message' | 'policy_now' | undefined;
  readonly userId: string | undefined;
  /** Usually the e-mail address. */
  readonly userName: string | undefined;
  readonly application: string;
  readonly applicationName: string | undefined;
  /** Names of the roles that the login assigned. */
  readonly assigned: readonly string[];
  /** Duration of our Action in milliseconds. */
  readonly ms: number | undefined;
  /** Number of requests from the Action to the tenant. */
  readonly calls: number | undefined;
  /** Why the tenant could not be reached, or what failed. */
  readonly cause: string | undefined;
  readonly facts: LoginFacts;
}
