/** What a person writes in `portcullis.config.ts`. */
export interface PolicyInput {
  /**
   * The applications that are guarded: their names in Auth0, or their client ids. Every other application of the tenant
   * is left alone.
   *
   * @example ['APEX']
   */
  readonly applications: readonly string[];
  /**
   * The name of the claim that carries the role names to APEX: a URL of your own, with a name at its end. Nothing has
   * to answer there; the URL only makes the name unique. Auth0 drops a bare `roles` without a word.
   *
   * @example 'https://apex.example.com/roles'
   */
  readonly claim: string;
  /**
   * Where the browser of somebody who is refused ends up: the absolute URL of a page that is public in APEX (Page >
   * Security > Authentication > Page Is Public).
   *
   * @example 'https://apex.example.com/ords/r/team/app/refused'
   */
  readonly landingPage: string;
  /** The name of the role for everybody who is verified and belongs to no organisation. Left out: nobody gets one. */
  readonly defaultRole?: string | undefined;
  /** What the names of organisation roles begin with. `'ORG:'` unless set. */
  readonly organizationPrefix?: string | undefined;
  /** Organisations whose people are recognised by their e-mail domain. None unless set. */
  readonly organizations?: readonly OrganizationInput[] | undefined;
  /**
   * What becomes of somebody without a verified e-mail address: refused, or admitted with the roles already held.
   * `'refuse'` unless set.
   */
  readonly unverifiedEmail?: 'refuse' | 'admit' | undefined;
  /**
   * What becomes of somebody whose role could not be assigned (Auth0 did not answer, say): refused, or admitted without
   * it. `'refuse'` unless set.
   */
  readonly onFailure?: 'refuse' | 'admit' | undefined;
}

/** The people of some e-mail domains, and the role they are given. */
export interface OrganizationInput {
  /** The role's name in Auth0; it begins with `organizationPrefix`. */
  readonly role: string;
  /** What stands behind the @ of their e-mail addresses. */
  readonly domains: readonly string[];
  /** Whether people of `lab.water.example` belong where those of `water.example` do. `false` unless set. */
  readonly includeSubdomains?: boolean | undefined;
}

/**
 * Gives types and completion to a policy while it is written; it changes nothing. The file's default export is what it
 * returns.
 *
 * @param policy who may enter, with which role
 * @returns the same object
 * @example
 * import { definePolicy } from 'portcullis';
 *
 * export default definePolicy({
 *   applications: ['APEX'],
 *   claim: 'https://apex.example.com/roles',
 *   landingPage: 'https://apex.example.com/ords/r/team/app/refused',
 *   defaultRole: 'APEX User',
 * });
 */
export function definePolicy(policy: PolicyInput): PolicyInput {
  return policy;
}

/** What a person writes where the file says more than the policy: what `portcullis plan` and `apply` work from. */
export interface ConfigurationInput {
  readonly policy: PolicyInput;
  /** The tenant. Left out: the one that `AUTH0_DOMAIN` names. */
  readonly tenant?: TenantInput | undefined;
  /** The APEX side of the guarded applications. */
  readonly apex?: ApexInput | undefined;
  /**
   * Where the Action stands among those that are bound to the login. Left out: last, and wherever somebody moves it.
   *
   * @example { after: 'Country check' }
   */
  readonly position?: 'first' | 'last' | { readonly before: string } | { readonly after: string } | undefined;
}

/** The tenant, as far as it is no secret. Credentials come from the environment. */
export interface TenantInput {
  /**
   * Where `AUTH0_DOMAIN` names another, nothing is done.
   *
   * @example 'example.eu.auth0.com'
   */
  readonly domain: string;
}

/** The APEX side of the guarded applications. */
export interface ApexInput {
  /**
   * What stands before `/r/…` or `/f?p=…` in the application's address.
   *
   * @example 'https://apex.example.com/ords'
   */
  readonly baseUrl: string;
  /** The workspace, as it stands in friendly addresses: `/r/WORKSPACE/…`. */
  readonly workspace?: string | undefined;
  /** The application's alias, as it stands behind the workspace, or its number. */
  readonly application?: string | number | undefined;
  /** The name of its authentication scheme. `'Auth0'` unless set. */
  readonly scheme?: string | undefined;
  /**
   * The public page that a sign-out ends on: a page that asks for a sign-in would start it again.
   *
   * @example 'https://apex.example.com/ords/r/team/app/signed-out'
   */
  readonly signedOutPage?: string | undefined;
}

/**
 * Gives types and completion to a configuration while it is written; it changes nothing. The file's default export is
 * what it returns.
 *
 * @returns the same object
 * @example
 * import { defineConfiguration } from 'portcullis';
 *
 * export default defineConfiguration({
 *   tenant: { domain: 'example.eu.auth0.com' },
 *   apex: { baseUrl: 'https://apex.example.com/ords' },
 *   policy: {
 *     applications: ['APEX'],
 *     claim: 'https://apex.example.com/roles',
 *     landingPage: 'https://apex.example.com/ords/r/team/app/refused',
 *   },
 * });
 */
export function defineConfiguration(configuration: ConfigurationInput): ConfigurationInput {
  return configuration;
}
