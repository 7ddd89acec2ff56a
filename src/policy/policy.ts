/**
 * Who may enter, with which role. Plain data, so that the same value lives in a configuration file,
 * at the top of an Action and in a database.
 */
export interface Policy {
  /**
   * The guarded applications. In a configuration file they may be named; a decision compares client ids alone, so the
   * names have to be looked up at the tenant first. Every other application of the tenant is left alone.
   */
  readonly applications: readonly string[];
  /** The namespaced claim that carries the role names, such as `https://apex.example.com/roles`. */
  readonly claim: string;
  /** A public page of the application, without sign-in, where the refused end up. An absolute URL. */
  readonly landingPage: string;
  /** The name of the role for everybody who is verified and belongs to no organisation. Absent: nobody gets one. */
  readonly defaultRole?: string;
  /** What the names of organisation roles begin with, such as `ORG:`. */
  readonly organizationPrefix: string;
  readonly organizations: readonly Organization[];
  /** Whether somebody without a verified e-mail address is refused, or admitted with the roles already held. */
  readonly unverifiedEmail: 'refuse' | 'admit';
  /** Whether somebody whose role could not be assigned is refused, or admitted without it. */
  readonly onFailure: 'refuse' | 'admit';
}

/** The people of some e-mail domains, and the role they are given. */
export interface Organization {
  /** The role's name; it begins with the policy's `organizationPrefix`. */
  readonly role: string;
  /**
   * E-mail domains in lower case. One beyond ASCII is there in both its forms, `xn--bcher-kva.example` and
   * `bücher.example`, since neither Auth0 nor a database offers what turns one into the other.
   */
  readonly domains: readonly string[];
  /** Whether `mail.example.com` belongs where `example.com` does. */
  readonly includeSubdomains: boolean;
}
