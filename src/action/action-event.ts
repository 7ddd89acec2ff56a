/**
 * The `event` that Auth0 passes to a post-login Action, version 3.
 *
 * Auth0 docs: Actions, "Post-login Triggers: Event Object". A field that Auth0 leaves out on some plans or in
 * some flows is optional here, so that the compiler requires code for its absence.
 */
export interface PostLoginEvent {
  /** The AI agent that acts for the user (early access). */
  readonly agent?: EventAgent;
  /** The authentication methods that the user completed. Absent in flows without a session of their own. */
  readonly authentication?: EventAuthentication;
  /** The roles assigned to the user. Auth0 leaves it out if it did not look them up. */
  readonly authorization?: EventAuthorization;
  /** The application that the user signs in to. */
  readonly client: EventClient;
  /** Always empty for an Action that a tenant wrote itself. */
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly connection: EventConnection;
  readonly custom_domain?: EventCustomDomain;
  readonly organization?: EventOrganization;
  /** The form that was rendered, with the submitted values. */
  readonly prompt?: EventPrompt;
  readonly refresh_token?: EventRefreshToken;
  readonly request: EventRequest;
  readonly resource_server?: { readonly identifier: string };
  /** The Action's own secrets. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Fingerprints of the TLS handshake. */
  readonly security_context?: { readonly ja3?: string; readonly ja4?: string };
  readonly session?: EventSession;
  readonly session_transfer_token?: Readonly<Record<string, unknown>>;
  readonly stats: { readonly logins_count: number };
  /** `id` is the tenant's name. */
  readonly tenant: { readonly id: string };
  readonly transaction?: EventTransaction;
  readonly user: EventUser;
}

export interface EventAgent {
  readonly agent_id: string;
  readonly agent_metadata?: Readonly<Record<string, string>>;
  readonly name?: string;
}

export interface EventAuthentication {
  readonly methods: readonly AuthenticationMethod[];
  readonly riskAssessment?: RiskAssessment;
}

export interface AuthenticationMethod {
  /** `federated`, `pwd`, `passkey`, `sms`, `email`, `phone_number`, `mock`, `mfa`, or the URL of a custom method. */
  readonly name: string;
  /** ISO 8601. */
  readonly timestamp: string;
  /** The factor, on `mfa`. */
  readonly type?: string;
}

export interface RiskAssessment {
  readonly confidence: 'low' | 'medium' | 'high' | 'neutral';
  readonly version: string;
  readonly assessments: Readonly<
    Partial<Record<'AgentDetection' | 'ImpossibleTravel' | 'NewDevice' | 'UntrustedIP', Assessment>>
  >;
  readonly supplemental?: Readonly<Record<string, unknown>>;
}

export interface Assessment {
  readonly confidence: string;
  readonly code: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface EventAuthorization {
  /** Names of the roles assigned to the user, before this login. */
  readonly roles: readonly string[];
}

export interface EventClient {
  readonly client_id: string;
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly refresh_token?: { readonly policies?: readonly Readonly<Record<string, unknown>>[] };
}

export interface EventConnection {
  readonly id: string;
  readonly name: string;
  /** `auth0` for a database, `google-oauth2`, `samlp` and so on. */
  readonly strategy: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface EventCustomDomain {
  readonly domain: string;
  readonly domain_metadata?: Readonly<Record<string, string>>;
}

export interface EventOrganization {
  readonly id: string;
  readonly name: string;
  readonly display_name: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface EventPrompt {
  readonly id: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly vars?: Readonly<Record<string, unknown>>;
}

export interface EventDevice {
  readonly initial_asn?: string;
  readonly initial_ip?: string;
  readonly initial_user_agent?: string;
  readonly last_asn?: string;
  readonly last_ip?: string;
  readonly last_user_agent?: string;
}

export interface EventRefreshToken {
  readonly id: string;
  readonly client_id?: string;
  readonly created_at: string;
  readonly device?: EventDevice;
  readonly expires_at?: string;
  readonly idle_expires_at?: string;
  readonly last_exchanged_at?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly resource_servers?: readonly { readonly audience: string; readonly scopes: string }[];
  readonly rotating?: boolean;
  readonly session_id?: string;
  readonly session_transfer?: Readonly<Record<string, unknown>>;
  readonly user_id?: string;
}

export interface EventRequest {
  readonly ip: string;
  readonly method: string;
  /** Parameters of the request's URL; a repeated one is an array. */
  readonly query: Readonly<Record<string, unknown>>;
  /** Parameters of the request's body. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly geoip: EventGeoIp;
  readonly asn?: string;
  /** The domain that the user is on: the tenant's own, or a custom one. */
  readonly hostname?: string;
  readonly language?: string;
  readonly user_agent?: string;
}

export interface EventGeoIp {
  readonly cityName?: string;
  readonly continentCode?: string;
  readonly countryCode?: string;
  readonly countryCode3?: string;
  readonly countryName?: string;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly subdivisionCode?: string;
  readonly subdivisionName?: string;
  readonly timeZone?: string;
}

/** The user's session on the tenant; most fields exist on the Enterprise plan only. */
export interface EventSession {
  readonly id: string;
  readonly actor?: Readonly<Record<string, unknown>>;
  readonly authenticated_at?: string;
  readonly clients?: readonly { readonly client_id: string }[];
  readonly cookie?: { readonly mode: 'persistent' | 'non-persistent' };
  readonly created_at?: string;
  readonly device?: EventDevice;
  readonly expires_at?: string;
  readonly idle_expires_at?: string;
  readonly last_interacted_at?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly session_transfer?: Readonly<Record<string, unknown>>;
  readonly updated_at?: string;
  readonly user_id?: string;
}

export type TransactionProtocol =
  | 'oidc-basic-profile'
  | 'oidc-implicit-profile'
  | 'oidc-hybrid-profile'
  | 'oidc-ciba'
  | 'oidc-ciba-web-link'
  | 'oauth2-device-code'
  | 'oauth2-resource-owner'
  | 'oauth2-resource-owner-jwt-bearer'
  | 'oauth2-password'
  | 'oauth2-webauthn'
  | 'oauth2-access-token'
  | 'oauth2-refresh-token'
  | 'oauth2-token-exchange'
  | 'samlp'
  | 'wsfed'
  | 'wstrust-usernamemixed';

export interface EventTransaction {
  readonly id?: string;
  readonly acr_values?: readonly string[];
  readonly actor?: Readonly<Record<string, unknown>>;
  readonly actor_token_type?: string;
  readonly correlation_id?: string;
  readonly linking_id?: string;
  readonly locale?: string;
  readonly login_hint?: string;
  /** Values that Actions stored for the length of this transaction. */
  readonly metadata?: Readonly<Record<string, string | number | boolean>>;
  readonly prompt?: readonly string[];
  readonly protocol?: TransactionProtocol;
  readonly redirect_uri?: string;
  readonly requested_authorization_details?: readonly Readonly<Record<string, unknown>>[];
  readonly requested_scopes?: readonly string[];
  readonly response_mode?: string;
  readonly response_type?: readonly string[];
  readonly state?: string;
  readonly subject_token_type?: string;
  readonly ui_locales?: readonly string[];
}

export interface EventUser {
  /** The connection's strategy, a bar, and the id there: `auth0|65f0…`. */
  readonly user_id: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
  readonly nickname?: string;
  readonly given_name?: string;
  readonly family_name?: string;
  readonly picture?: string;
  readonly username?: string;
  readonly phone_number?: string;
  readonly phone_verified?: boolean;
  readonly created_at: string;
  readonly updated_at: string;
  readonly last_password_reset?: string;
  readonly app_metadata: Readonly<Record<string, unknown>>;
  readonly user_metadata: Readonly<Record<string, unknown>>;
  readonly identities: readonly EventIdentity[];
  readonly enrolledFactors?: readonly { readonly type: string; readonly options?: Readonly<Record<string, unknown>> }[];
  readonly multifactor?: readonly string[];
  /** Groups of the directory, in the form in which the connection reports them: names, or objects with a name and an id. */
  readonly groups?: unknown;
}

export interface EventIdentity {
  readonly connection: string;
  readonly provider: string;
  readonly user_id?: string;
  readonly isSocial?: boolean;
  readonly profileData?: Readonly<Record<string, unknown>>;
}
