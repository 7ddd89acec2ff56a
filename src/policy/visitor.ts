/**
 * The user that the policy decides about, at one application. An optional field that is left out is not known, and no
 * condition on it fits.
 */
export interface Visitor {
  /** Client id of the application that the user signs in to. */
  readonly application: string;
  readonly email?: string | undefined;
  readonly emailVerified: boolean;
  /** Names of all roles that the user holds, in any order. */
  readonly roles: readonly string[];
  /** The name of the connection that the user signs in with. */
  readonly connection?: string | undefined;
  /** Name and id of the Auth0 organization that the user signs in to; empty if there is none. */
  readonly organization?: readonly string[] | undefined;
  /** Names and ids of the groups that the connection brings along. */
  readonly groups?: readonly string[] | undefined;
  readonly appMetadata?: Readonly<Record<string, unknown>> | undefined;
  /** Two-letter code of the country, in capitals. */
  readonly country?: string | undefined;
  /** IPv4 or IPv6 address. */
  readonly ip?: string | undefined;
  /** The moment of the login, in milliseconds since 1970. */
  readonly at?: number | undefined;
  /** Whether the user has passed a second factor in this session. */
  readonly mfa?: boolean | undefined;
}
