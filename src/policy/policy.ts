/**
 * The users who may enter, and their roles. Plain data, so that the same value can be in a configuration file,
 * at the top of an Action and in a database.
 */
export interface Policy {
  /**
   * The guarded applications. A configuration file may name them; a decision compares only client ids, so the
   * names have to be looked up on the tenant first. Every other application of the tenant is left alone.
   */
  readonly applications: readonly string[];
  /** The namespaced claim that carries the role names, such as `https://apex.example.com/roles`. */
  readonly claim: string;
  /** A public page of the application, without sign-in, that refused users end on. An absolute URL. */
  readonly landingPage: string;
  /** The name of the role for every verified user who belongs to no organisation. Absent: they get no role. */
  readonly defaultRole?: string;
  /** The beginning of the names of organisation roles, such as `ORG:`. */
  readonly organizationPrefix: string;
  readonly organizations: readonly Organization[];
  /** Whether a user without a verified e-mail address is refused, or admitted with the roles already held. */
  readonly unverifiedEmail: 'refuse' | 'admit';
  /** Whether a user whose role could not be assigned is refused, or admitted without it. */
  readonly onFailure: 'refuse' | 'admit';
}

/** Users with certain e-mail domains, and the role that they are given. */
export interface Organization {
  /** The role's name; it begins with the policy's `organizationPrefix`. */
  readonly role: string;
  /**
   * E-mail domains in lower case. A domain beyond ASCII is there in both its forms, `xn--bcher-kva.example` and
   * `bücher.example`, since neither Auth0 nor a database can convert one into the other.
   */
  readonly domains: readonly string[];
  /** Whether users of `mail.example.com` belong to the organisation of `example.com`. */
  readonly includeSubdomains: boolean;
}
