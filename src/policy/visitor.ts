/** Whom the policy decides about: one person at one application's door. */
export interface Visitor {
  /** Client id of the application that the person signs in to. */
  readonly application: string;
  readonly email?: string | undefined;
  readonly emailVerified: boolean;
  /** Names of all roles that the person holds, in any order. */
  readonly roles: readonly string[];
}
