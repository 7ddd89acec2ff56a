import type { Management } from 'auth0';

/**
 * The content that a tenant starts with: the file of an export of Auth0's deploy CLI (YAML or JSON), its folder, or a {@link Seed}.
 */
export type SeedSource = string | Seed;

/**
 * A seed as an object. Its names are those of the deploy CLI: names stand for IDs, so that a grant has `client_id: 'Name of the
 * application'`. `users` is ours.
 *
 * @see Auth0 docs: "Auth0 Deploy CLI", "Resource-Specific Documentation".
 */
export interface Seed {
  readonly tenant?: Members;
  readonly clients?: readonly Named<Management.CreateClientRequestContent>[];
  readonly resourceServers?: readonly Named<Management.CreateResourceServerRequestContent>[];
  readonly clientGrants?: readonly SeedClientGrant[];
  readonly roles?: readonly SeedRole[];
  readonly connections?: readonly SeedConnection[];
  readonly databases?: readonly SeedConnection[];
  readonly organizations?: readonly SeedOrganization[];
  readonly actions?: readonly SeedAction[];
  readonly actionModules?: readonly Members[];
  /** The Actions of each trigger, in their order. */
  readonly triggers?: Readonly<Record<string, readonly SeedBinding[]>>;
  readonly users?: readonly SeedUser[];
  readonly guardianFactors?: readonly { readonly name: string; readonly enabled: boolean }[];
  readonly guardianPolicies?: { readonly policies: readonly string[] };
  readonly guardianFactorProviders?: readonly Members[];
  readonly guardianFactorTemplates?: readonly Members[];
  readonly guardianPhoneFactorMessageTypes?: Members;
  readonly guardianPhoneFactorSelectedProvider?: Members;
  readonly attackProtection?: Members;
  readonly branding?: Members;
  readonly themes?: readonly Members[];
  readonly prompts?: Members;
  readonly pages?: readonly Members[];
  readonly emailProvider?: Members;
  readonly emailTemplates?: readonly Members[];
  readonly phoneProviders?: readonly Members[];
  readonly phoneTemplates?: readonly Members[];
  readonly customDomains?: readonly Members[];
  readonly logStreams?: readonly Members[];
  readonly eventStreams?: readonly Members[];
  readonly networkACLs?: readonly Members[];
  readonly flows?: readonly Members[];
  readonly forms?: readonly Members[];
  readonly flowVaultConnections?: readonly Members[];
  readonly selfServiceProfiles?: readonly Members[];
  readonly userAttributeProfiles?: readonly Members[];
  readonly connectionProfiles?: readonly Members[];
  readonly tokenExchangeProfiles?: readonly Members[];
  readonly rateLimitPolicies?: readonly Members[];
  readonly riskAssessment?: Members;
  readonly supplementalSignals?: Members;
}

/** Members of a resource, as the Management API has them. */
export type Members = Readonly<Record<string, unknown>>;

/** A resource of the official SDK. The optional members of one may be left out or `undefined`. */
type Named<Content> = Readonly<Content>;

export interface SeedClientGrant {
  /** Name of the application. */
  readonly client_id: string;
  readonly audience: string;
  readonly scope?: readonly string[];
  readonly [member: string]: unknown;
}

export interface SeedRole {
  readonly name: string;
  readonly description?: string;
  readonly permissions?: readonly {
    readonly permission_name: string;
    readonly resource_server_identifier: string;
  }[];
}

export interface SeedConnection {
  readonly name: string;
  readonly strategy: string;
  /** Names of the applications. Absent from a seed's object: all of them. */
  readonly enabled_clients?: readonly string[];
  readonly options?: Members;
  readonly [member: string]: unknown;
}

export interface SeedOrganization {
  readonly name: string;
  readonly display_name?: string;
  readonly connections?: readonly {
    readonly name: string;
    readonly assign_membership_on_login?: boolean;
    readonly [member: string]: unknown;
  }[];
  /** Its applications: `client_id` is a name. */
  readonly clients?: readonly { readonly client_id: string; readonly use_for_member_access?: boolean }[];
  readonly [member: string]: unknown;
}

export interface SeedAction {
  readonly name: string;
  /** The code; in a file of the deploy CLI, the path of its file. */
  readonly code: string;
  /** Whether logins run it. */
  readonly deployed?: boolean;
  readonly runtime?: string;
  readonly supported_triggers?: readonly { readonly id: string; readonly version: string }[];
  readonly dependencies?: readonly { readonly name: string; readonly version: string }[];
  readonly secrets?: readonly { readonly name: string; readonly value: string }[];
  readonly [member: string]: unknown;
}

export interface SeedBinding {
  readonly action_name: string;
  readonly display_name?: string;
  readonly [member: string]: unknown;
}

/** A user, with what a test needs of them. */
export interface SeedUser {
  readonly email?: string;
  readonly username?: string;
  readonly phone_number?: string;
  /** Absent: the user signs in through a social connection, or not at all. */
  readonly password?: string;
  /** The connection; the first database unless set. */
  readonly connection?: string;
  /** Whether the address is verified; true unless set. */
  readonly email_verified?: boolean;
  /** Names of roles, which are created if they do not exist. */
  readonly roles?: readonly string[];
  /** Names of organizations that the user is a member of. */
  readonly organizations?: readonly string[];
  /** Secret of an authenticator app, in base 32, that the user has enrolled. */
  readonly otp?: string;
  /** ID without its connection's part; the tenant's choice unless set. */
  readonly user_id?: string;
  readonly name?: string;
  readonly given_name?: string;
  readonly family_name?: string;
  readonly nickname?: string;
  readonly picture?: string;
  readonly blocked?: boolean;
  readonly app_metadata?: Members;
  readonly user_metadata?: Members;
}

/** A part of a seed that the tenant did not take. */
export interface SeedOmission {
  /** `rules`, `clients`, … */
  readonly kind: string;
  /** The name of the resource; absent for the whole kind. */
  readonly name?: string;
  readonly reason: string;
}
