/** An authorization scheme of the type *Is In Role or Group*, or the function that checks for the organisation. */
export interface AuthorizationScheme {
  readonly name: string;
  /** `any-organization`: passes if the organisation item is set. Otherwise: passes with any one of these groups. */
  readonly requires: 'any-organization' | readonly string[];
  /** The message for a user who does not pass. */
  readonly message: string;
}

/** The scheme that protects the members' page unless the options name another. */
export const MEMBER_OF_ANY_ORGANIZATION: AuthorizationScheme = {
  name: 'Member of any organisation',
  requires: 'any-organization',
  message: 'Your account is not a member of an organisation.',
};
