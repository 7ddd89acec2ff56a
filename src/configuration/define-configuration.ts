import type { AdmitRuleInput, PolicyTestInput, RefuseRuleInput } from './rule-input.ts';

/** The policy as it is written in `portcullis.config.ts`. */
export interface PolicyInput {
  /**
   * The applications that are guarded: their names in Auth0, or their client ids. Every other application of the tenant
   * is left alone.
   *
   * @example ['APEX']
   */
  readonly applications: readonly (string | ApplicationInput)[];
  /**
   * The name of the claim that carries the role names to APEX: a URL of your own, with a name at its end. The URL does
   * not have to answer; it only makes the name unique. Auth0 silently drops a bare `roles`.
   *
   * @example 'https://apex.example.com/roles'
   */
  readonly claim: string;
  /**
   * The page that the browser of a refused user ends on: the absolute URL of a page that is public in APEX (Page >
   * Security > Authentication > Page Is Public).
   *
   * @example 'https://apex.example.com/ords/r/team/app/refused'
   */
  readonly landingPage: string;
  /** The name of a claim that carries the rule that decided, for APEX to show or log. Left out: none. */
  readonly reasonClaim?: string | undefined;
  /** Users who stay outside, whatever else holds. Their order has no meaning. */
  readonly refuse?: readonly RefuseRuleInput[] | undefined;
  /** Users who enter, each rule with the roles that it gives. Their order has no meaning. */
  readonly admit?: readonly AdmitRuleInput[] | undefined;
  /** The outcome for verified users that no rule admits. `'refuse'` unless set. */
  readonly otherwise?: 'refuse' | { readonly roles: readonly string[] } | undefined;
  /** Visitors with what is expected of them: `portcullis test` runs them, and `plan` and `apply` refuse if one fails. */
  readonly tests?: readonly PolicyTestInput[] | undefined;
  /** The name of the role for every verified user who belongs to no organisation. Left out: they get no role. */
  readonly defaultRole?: string | undefined;
  /** The beginning of the names of organisation roles. `'ORG:'` unless set. */
  readonly organizationPrefix?: string | undefined;
  /** Organisations whose users are recognised by their e-mail domain. None unless set. */
  readonly organizations?: readonly OrganizationInput[] | undefined;
  /**
   * Whether a user without a verified e-mail address is refused, or let in with the roles already held.
   * `'rules'`: the rules decide, and do not know the address. `'refuse'` unless set.
   */
  readonly unverifiedEmail?: 'refuse' | 'admit' | 'rules' | undefined;
  /**
   * Whether a user whose role could not be assigned (for example, because Auth0 did not answer) is refused, or let in
   * without it. `'refuse'` unless set.
   */
  readonly onFailure?: 'refuse' | 'admit' | undefined;
}

/** A guarded application with a landing page of its own. */
export interface ApplicationInput {
  /** Its name in Auth0, or its client id. */
  readonly name: string;
  /** Left out: the policy's `landingPage`. */
  readonly landingPage?: string | undefined;
}

/** Users with certain e-mail domains, and the role that they are given. */
export interface OrganizationInput {
  /** The role's name in Auth0; it begins with `organizationPrefix`. */
  readonly role: string;
  /** The part behind the @ of their e-mail addresses. */
  readonly domains: readonly string[];
  /** Whether users of `lab.water.example` belong to the organisation of `water.example`. `false` unless set. */
  readonly includeSubdomains?: boolean | undefined;
}

/**
 * Gives types and completion to a policy while it is written; it changes nothing. The file's default export must be
 * what this returns.
 *
 * @param policy the users who may enter, and their roles
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

/** A configuration that says more than the policy. `portcullis plan` and `apply` read it. */
export interface ConfigurationInput {
  readonly policy: PolicyInput;
  /** The tenant. Left out: the tenant that `AUTH0_DOMAIN` names. */
  readonly tenant?: TenantInput | undefined;
  /** The APEX side of the guarded applications. */
  readonly apex?: ApexInput | undefined;
  /**
   * The position of the Action among those that are bound to the login. Left out: last at first, then the position that
   * it is moved to in Auth0.
   * @example { after: 'Country check' }
   */
  readonly position?: 'first' | 'last' | { readonly before: string } | { readonly after: string } | undefined;
}

/** The tenant's public settings. Credentials come from the environment. */
export interface TenantInput {
  /**
   * The domain. If `AUTH0_DOMAIN` names another, commands stop before they do anything.
   *
   * @example 'example.eu.auth0.com'
   */
  readonly domain: string;
}

/** The APEX side of the guarded applications. */
export interface ApexInput {
  /**
   * The part before `/r/…` or `/f?p=…` in the application's address.
   *
   * @example 'https://apex.example.com/ords'
   */
  readonly baseUrl: string;
  /** The workspace, as it is written in friendly addresses: `/r/WORKSPACE/…`. */
  readonly workspace?: string | undefined;
  /** The application's alias, as it is written behind the workspace, or its number. */
  readonly application?: string | number | undefined;
  /** The name of its authentication scheme. `'Auth0'` unless set. */
  readonly scheme?: string | undefined;
  /**
   * The public page that a sign-out ends on. A page that asks for a sign-in would start the next one at once.
   *
   * @example 'https://apex.example.com/ords/r/team/app/signed-out'
   */
  readonly signedOutPage?: string | undefined;
  /**
   * The values of single applications, by the application's name in the policy, if it guards several.
   *
   * @example { HR: { application: 'hr', signedOutPage: 'https://apex.example.com/ords/r/team/hr/signed-out' } }
   */
  readonly applications?:
    | Readonly<Record<string, Pick<ApexInput, 'application' | 'scheme' | 'signedOutPage'>>>
    | undefined;
}

/**
 * Gives types and completion to a configuration while it is written; it changes nothing. The file's default export must
 * be what this returns.
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
