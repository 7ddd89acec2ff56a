import type { MetadataValue } from '../policy/policy.ts';

/** Users who stay outside, whatever else holds. */
export interface RefuseRuleInput {
  /** The rule's name: in logs, in tests and in the explanation of a decision. */
  readonly rule: string;
  readonly when: ConditionInput;
  /** One sentence for the user who is refused: ASCII without double quotes and backslashes. */
  readonly because?: string | undefined;
}

/** Users who enter. All rules that fit give their roles together. */
export interface AdmitRuleInput {
  /** The rule's name: in logs, in tests and in the explanation of a decision. */
  readonly rule: string;
  readonly when: ConditionInput;
  /** Names of the roles that it gives. None unless set. */
  readonly roles?: readonly string[] | undefined;
  /** Whether users who need this rule, to enter or for one of its roles, are asked for a second factor. */
  readonly mfa?: boolean | undefined;
}

/**
 * A condition: all fields must fit. A field has a value, or a list of values of which one must fit. What Auth0 does not
 * report about a login does not fit.
 */
export interface ConditionInput {
  /** E-mail addresses. */
  readonly email?: OneOrMore<string> | undefined;
  /** The part behind the @; `'*.water.example'` for all domains below `water.example`. */
  readonly emailDomain?: OneOrMore<string> | undefined;
  /** Names of connections. */
  readonly connection?: OneOrMore<string> | undefined;
  /** Names or ids of Auth0 organizations. */
  readonly organization?: OneOrMore<string> | undefined;
  /** Groups of the directory that the connection brings along. */
  readonly group?: OneOrMore<string> | undefined;
  /** Names of roles held; `'ORG:*'` for every role that begins so. */
  readonly role?: OneOrMore<string> | undefined;
  /** Values in `app_metadata` by path: `{ 'personnel.department': ['sales', 'service'] }`. */
  readonly appMetadata?: Readonly<Record<string, OneOrMore<MetadataValue>>> | undefined;
  /** Two-letter codes of countries, such as `'DE'`. */
  readonly country?: OneOrMore<string> | undefined;
  /** Networks, such as `'192.0.2.0/24'`, or single IP addresses. */
  readonly network?: OneOrMore<string> | undefined;
  /** Guarded applications, as in `applications`. */
  readonly application?: OneOrMore<string> | undefined;
  /** The first day (UTC), or an ISO 8601 moment with its time zone. */
  readonly from?: string | undefined;
  /** The last day (UTC), or an ISO 8601 moment with its time zone at which it ends. */
  readonly until?: string | undefined;
  /** None of these may fit. */
  readonly not?: OneOrMore<ConditionInput> | undefined;
  /** At least one of these has to fit. */
  readonly anyOf?: readonly ConditionInput[] | undefined;
}

export type OneOrMore<T> = T | readonly T[];

/** A visitor with what is expected of the policy. */
export interface PolicyTestInput {
  readonly who: {
    readonly email?: string | undefined;
    /** `true` unless set. */
    readonly verified?: boolean | undefined;
    /** Names of roles held. None unless set. */
    readonly roles?: readonly string[] | undefined;
    readonly connection?: string | undefined;
    readonly organization?: OneOrMore<string> | undefined;
    readonly group?: OneOrMore<string> | undefined;
    readonly country?: string | undefined;
    readonly ip?: string | undefined;
    /** Whether a second factor was passed in this session. */
    readonly mfa?: boolean | undefined;
    readonly appMetadata?: Readonly<Record<string, unknown>> | undefined;
    /** The first of `applications` unless set. */
    readonly application?: string | undefined;
    /** A day, or an ISO 8601 moment with its time zone. */
    readonly at?: string | undefined;
  };
  readonly expect:
    | { readonly roles: readonly string[]; readonly mfa?: boolean | undefined }
    /** The name of a rule that refuses, or a reason such as `'unverified_email'` or `'no_matching_rule'`. */
    | { readonly refusedBy: string };
}
