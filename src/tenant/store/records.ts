/**
 * What the tenant keeps, one interface a resource. Members are named as the Management API names them,
 * so that a record is its own answer, less what is secret.
 */

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  [member: string]: JsonValue | undefined;
}

export interface ClientRecord {
  readonly client_id: string;
  client_secret: string;
  name: string;
  description?: string;
  app_type: string;
  is_first_party: boolean;
  /** The tenant's own "All Applications" client; nobody signs in through it. */
  global: boolean;
  oidc_conformant: boolean;
  callbacks: string[];
  allowed_logout_urls: string[];
  allowed_origins: string[];
  web_origins: string[];
  grant_types: string[];
  token_endpoint_auth_method: 'none' | 'client_secret_post' | 'client_secret_basic';
  client_metadata: Record<string, string>;
  jwt_configuration: { alg: string; lifetime_in_seconds: number; secret_encoded: boolean; scopes?: JsonObject };
  refresh_token: {
    rotation_type: 'rotating' | 'non-rotating';
    expiration_type: 'expiring' | 'non-expiring';
    leeway: number;
    token_lifetime: number;
    idle_token_lifetime: number;
    infinite_token_lifetime: boolean;
    infinite_idle_token_lifetime: boolean;
    policies?: { audience: string; scope: string[] }[];
  };
  /** Every other member that a client of the API has set; kept and given back as it came. */
  other: JsonObject;
  /**
   * Members that somebody has set, such as `callbacks` and `jwt_configuration.alg`. Auth0's answers leave out of these what
   * nobody ever set, though it has an effective value. Absent: answers show whatever is not empty.
   */
  given?: string[];
  readonly created_at: string;
  updated_at: string;
}

/** What a user proves themselves with beside a password. */
export interface AuthenticationMethodRecord {
  /** `email|dev_…` */
  readonly id: string;
  readonly user_id: string;
  readonly type: 'phone' | 'email' | 'totp' | 'webauthn-roaming' | 'passkey' | 'recovery-code';
  readonly name?: string;
  readonly created_at: string;
  /** What its type has: a phone number, an address, a secret, a key. */
  readonly details: JsonObject;
}

/** A key or certificate with which an application proves who it is. */
export interface ClientCredentialRecord {
  /** `cred_…` */
  readonly id: string;
  readonly client_id: string;
  readonly credential_type: 'public_key' | 'cert_subject_dn' | 'x509_cert';
  readonly name?: string;
  readonly kid?: string;
  readonly alg?: 'RS256' | 'RS384' | 'PS256';
  readonly subject_dn?: string;
  /** base64url */
  readonly thumbprint_sha256?: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly expires_at?: string;
  /** Of a `public_key`: what signatures are checked with. */
  readonly public_jwk?: JsonObject;
}

export interface ClientGrantRecord {
  readonly id: string;
  readonly client_id: string;
  readonly audience: string;
  scope: string[];
  subject_type: 'client' | 'user';
  other: JsonObject;
}

export interface ResourceServerRecord {
  readonly id: string;
  readonly identifier: string;
  name: string;
  /** The Management API itself and others that the tenant is born with. */
  is_system: boolean;
  scopes: { value: string; description?: string }[];
  signing_alg: 'RS256' | 'HS256' | 'PS256';
  /** Seconds. */
  token_lifetime: number;
  token_lifetime_for_web: number;
  allow_offline_access: boolean;
  skip_consent_for_verifiable_first_party_clients: boolean;
  enforce_policies: boolean;
  token_dialect: string;
  other: JsonObject;
  /** Members that somebody has set, as with clients. */
  given?: string[];
}

export interface ConnectionRecord {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
  display_name?: string;
  options: JsonObject;
  /** Client ids of the applications that may use it. */
  enabled_clients: string[];
  realms: string[];
  is_domain_connection: boolean;
  metadata: Record<string, string>;
  other: JsonObject;
}

export interface IdentityRecord {
  readonly connection: string;
  readonly provider: string;
  readonly user_id: string;
  readonly isSocial: boolean;
  profileData?: JsonObject;
}

export interface UserRecord {
  /** `auth0|…`, `google-oauth2|…` */
  readonly user_id: string;
  email?: string;
  email_verified: boolean;
  username?: string;
  phone_number?: string;
  phone_verified?: boolean;
  name?: string;
  nickname?: string;
  given_name?: string;
  family_name?: string;
  picture?: string;
  blocked?: boolean;
  user_metadata: JsonObject;
  app_metadata: JsonObject;
  identities: IdentityRecord[];
  /** ISO 8601, milliseconds, as every time below. */
  readonly created_at: string;
  updated_at: string;
  last_login?: string;
  last_ip?: string;
  last_password_reset?: string;
  logins_count: number;
}

export interface RoleRecord {
  /** `rol_…` */
  readonly id: string;
  name: string;
  description: string;
}

/** A connection through which an organization's members come. */
export interface OrganizationConnection {
  readonly connection_id: string;
  readonly assign_membership_on_login: boolean;
  readonly show_as_button: boolean;
  readonly is_signup_enabled: boolean;
  readonly organization_connection_name?: string;
  readonly organization_access_level?: 'none' | 'readonly' | 'limited' | 'full';
  /** Absent: yes. */
  readonly is_enabled?: boolean;
}

export interface OrganizationRecord {
  /** `org_…` */
  readonly id: string;
  readonly name: string;
  readonly display_name?: string;
  readonly branding?: JsonObject;
  readonly metadata?: Record<string, string>;
  readonly token_quota?: JsonObject;
  readonly connections: OrganizationConnection[];
}

/** A scope of an API, as a role or a user holds it. */
export interface PermissionRecord {
  readonly resource_server_identifier: string;
  readonly permission_name: string;
}

export interface LogRecord {
  /** Sortable: a later entry has a greater id. */
  readonly log_id: string;
  readonly date: string;
  /** `s`, `f`, `seacft`, … */
  readonly type: string;
  readonly description: string;
  readonly client_id?: string;
  readonly client_name?: string;
  readonly connection?: string;
  readonly connection_id?: string;
  readonly strategy?: string;
  readonly strategy_type?: string;
  readonly user_id?: string;
  readonly user_name?: string;
  readonly ip?: string;
  readonly hostname?: string;
  readonly user_agent?: string;
  readonly audience?: string;
  readonly scope?: string;
  readonly details?: JsonObject;
  /** Of the Actions that took part. Auth0 tells them of some types only, in `details`. */
  readonly executions?: readonly string[];
}

/** A key that signs tokens. */
export interface SigningKeyRecord {
  readonly kid: string;
  readonly private_jwk: JsonObject;
  /** DER, base64, as `x5c` wants it. */
  readonly certificate: string;
  readonly state: 'current' | 'next' | 'previous';
  readonly created_at: string;
}

/** Long-running work, and how far it is. */
export interface JobRecord {
  /** `job_…` */
  readonly id: string;
  readonly type: 'users_export' | 'users_import' | 'verification_email';
  status: 'pending' | 'processing' | 'completed' | 'failed';
  readonly created_at: string;
  readonly connection?: string;
  readonly connection_id?: string;
  /** What the API answers beside these, as it came or as it turned out. */
  details: JsonObject;
  /** Of an import, the users that were not taken, and why. */
  errors: { user: JsonObject; errors: { code: string; message: string; path?: string }[] }[];
}

/** A message that a real tenant would send by mail. */
export interface OutboxRecord {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** URLs of the text, in order: what its reader is to follow. */
  readonly links: string[];
  readonly at: string;
}
