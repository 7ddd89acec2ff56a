/** The user that the policy decides about, at one application. */
export interface Visitor {
  /** Client id of the application that the user signs in to. */
  readonly application: string;
  readonly email?: string | undefined;
  readonly emailVerified: boolean;
  /** Names of all roles that the user holds, in any order. */
  readonly roles: readonly string[];
}
