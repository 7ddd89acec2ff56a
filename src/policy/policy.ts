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
  /** The claim that carries the name of the rule that decided. Absent: no such claim. */
  readonly reasonClaim?: string;
  /** A public page of the application, without sign-in, that refused users end on. An absolute URL. */
  readonly landingPage: string;
  /** Landing pages of single applications, by the application's name or client id as in `applications`. */
  readonly landingPages?: Readonly<Record<string, string>>;
  /** The name of the role for every verified user who belongs to no organisation. Absent: they get no role. */
  readonly defaultRole?: string;
  /** The beginning of the names of organisation roles, such as `ORG:`. */
  readonly organizationPrefix: string;
  readonly organizations: readonly Organization[];
  /** Conditions under which a user stays outside, whatever else holds. Their order has no meaning. */
  readonly refuse?: readonly RefuseRule[];
  /** Conditions under which a user enters. All rules that fit give their roles together. Their order has no meaning. */
  readonly admit?: readonly AdmitRule[];
  /** The outcome for verified users that no rule admits. Absent: refused, unless there is a `defaultRole`. */
  readonly otherwise?: 'refuse' | { readonly roles: readonly string[] };
  /**
   * Whether a user without a verified e-mail address is refused, or let in with the roles already held. `rules`: their
   * address is not known to the rules, and a rule may admit them for another reason.
   */
  readonly unverifiedEmail: 'refuse' | 'admit' | 'rules';
  /** Whether a user whose role could not be assigned is refused, or let in without it. */
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

/** Users who stay outside. */
export interface RefuseRule {
  /** The rule's name, for people. */
  readonly rule: string;
  readonly when: Condition;
  /** One sentence for the user who is refused. Plain ASCII without double quotes and backslashes. */
  readonly because?: string;
}

/** Users who enter. */
export interface AdmitRule {
  /** The rule's name, for people. */
  readonly rule: string;
  readonly when: Condition;
  /** Names of the roles that it gives. */
  readonly roles: readonly string[];
  /** Whether users who depend on this rule are asked for a second factor. */
  readonly mfa?: boolean;
}

/**
 * A condition on a visitor: all its fields must fit. A field with a list fits if one of the values does. A field that is not
 * known of a visitor does not fit.
 */
export interface Condition {
  /** E-mail addresses, as `foldAddress` returns them. */
  readonly email?: readonly string[];
  /** Domains of e-mail addresses; `*.water.example` for all domains below `water.example`. */
  readonly emailDomain?: readonly string[];
  /** Names of connections. */
  readonly connection?: readonly string[];
  /** Names or ids of the Auth0 organization that the user signs in to. */
  readonly organization?: readonly string[];
  /** Names or ids of groups of the directory that the connection brings along. */
  readonly group?: readonly string[];
  /** Names of roles held; `ORG:*` for every role that begins with `ORG:` and goes on. */
  readonly role?: readonly string[];
  /** Values of `app_metadata` by path, such as `{ 'personnel.department': ['sales'] }`. */
  readonly appMetadata?: Readonly<Record<string, readonly MetadataValue[]>>;
  /** Two-letter codes of countries in capitals, as in ISO 3166-1. */
  readonly country?: readonly string[];
  /** Networks in CIDR notation, IPv4 or IPv6. */
  readonly network?: readonly string[];
  /** Guarded applications, as in the policy's `applications`. */
  readonly application?: readonly string[];
  /** The first moment at which it fits: ISO 8601, UTC. */
  readonly from?: string;
  /** The first moment at which it no longer fits: ISO 8601, UTC. */
  readonly until?: string;
  /** None of these may fit. */
  readonly not?: readonly Condition[];
  /** At least one of these has to fit. */
  readonly anyOf?: readonly Condition[];
}

export type MetadataValue = string | number | boolean;
