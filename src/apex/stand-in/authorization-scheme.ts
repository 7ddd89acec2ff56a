/** An authorization scheme of the type *Is In Role or Group*, or the function that asks for the organisation. */
export interface AuthorizationScheme {
  readonly name: string;
  /** `any-organization`: passes whoever has the organisation item set. Otherwise: any one of these groups. */
  readonly requires: 'any-organization' | readonly string[];
  /** What somebody reads who does not pass. */
  readonly message: string;
}

/** The scheme that guards the members' page where the options name none. */
export const MEMBER_OF_ANY_ORGANIZATION: AuthorizationScheme = {
  name: 'Member of any organisation',
  requires: 'any-organization',
  message: 'Your account is not a member of an organisation.',
};
