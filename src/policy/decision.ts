/** What the policy says of a visitor. */
export type Decision = Ignored | Admitted | Refused;

/** The application is not guarded: the login is none of our business. */
export interface Ignored {
  readonly outcome: 'ignore';
  readonly reason: 'unguarded_application';
}

export interface Admitted {
  readonly outcome: 'admit';
  readonly reason: AdmissionReason;
  /** Names of the roles to assign first; empty for whoever holds what they need. */
  readonly assign: readonly string[];
  /** What the claim carries: all role names held and assigned, sorted, without repetition. */
  readonly roles: readonly string[];
}

export interface Refused {
  readonly outcome: 'refuse';
  readonly reason: RefusalReason;
  /** One sentence for the person who is refused. */
  readonly message: string;
}

export type AdmissionReason =
  | 'organization_member'
  | 'default_role_holder'
  | 'organization_domain'
  | 'default_role'
  | 'unverified_email_admitted'
  | 'assignment_failed_admitted';

export type RefusalReason =
  | 'missing_email'
  | 'unverified_email'
  | 'no_matching_rule'
  | 'assignment_failed'
  | 'roles_unknown'
  | 'refused_before';
