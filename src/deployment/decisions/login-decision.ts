import type { AdmissionReason, RefusalReason } from '../../policy/decision.ts';

/** What a tenant's log tells of one login at a guarded application. */
export interface LoginDecision {
  /** Of the log entry. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly outcome: 'admit' | 'refuse' | 'error';
  /**
   * `no_gate`: let in without our Action having run. `undefined` where the tenant does not tell, as for a login whose
   * execution is no longer kept.
   */
  readonly reason: AdmissionReason | RefusalReason | 'internal_error' | 'no_gate' | undefined;
  /**
   * What the reason was read from: the line that the Action wrote, the address that the refused were sent to, the sentence
   * that they read, or, where the tenant keeps none of these, the running policy asked anew about this person as they are now.
   */
  readonly source: 'console' | 'landing_page' | 'message' | 'policy_now' | undefined;
  readonly userId: string | undefined;
  /** The e-mail address, as a rule. */
  readonly userName: string | undefined;
  readonly application: string;
  readonly applicationName: string | undefined;
  /** Names of the roles that the login assigned. */
  readonly assigned: readonly string[];
  /** Milliseconds that our Action took. */
  readonly ms: number | undefined;
  /** Requests that it made to the tenant. */
  readonly calls: number | undefined;
  /** Why the tenant could not be asked, or what failed. */
  readonly cause: string | undefined;
}
