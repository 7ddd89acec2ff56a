/** The policy's decision about a visitor. */
export type Decision = IgnoreDecision | AdmitDecision | RefuseDecision;

/** The application is not guarded: the login is left alone. */
export interface IgnoreDecision {
  readonly outcome: 'ignore';
  readonly reason: 'unguarded_application';
}

export interface AdmitDecision {
  readonly outcome: 'admit';
  readonly reason: AdmissionReason;
  /** Names of the roles to assign first; empty if the visitor holds what they need. */
  readonly assign: readonly string[];
  /** The roles that the claim carries: all role names held and assigned, sorted, without repetition. */
  readonly roles: readonly string[];
  /** Names of the policy's `admit` rules that fit, sorted. Only with the reason `admit_rule`. */
  readonly rules?: readonly string[];
  /** The user enters only after a second factor. */
  readonly mfa?: true;
}

export interface RefuseDecision {
  readonly outcome: 'refuse';
  readonly reason: RefusalReason;
  /** The name of the `refuse` rule that fits; of several, the first in alphabetical order. */
  readonly rule?: string;
  /** One sentence for the user who is refused. */
  readonly message: string;
}

export type AdmissionReason =
  | 'admit_rule'
  | 'otherwise'
  | 'organization_member'
  | 'default_role_holder'
  | 'organization_domain'
  | 'default_role'
  | 'unverified_email_admitted'
  | 'assignment_failed_admitted';

export type RefusalReason =
  | 'missing_email'
  | 'unverified_email'
  | 'refuse_rule'
  | 'no_matching_rule'
  | 'assignment_failed'
  | 'roles_unknown'
  | 'refused_before';
