import type { JsonObject } from '../../store/json-value.ts';
import type { IdentityRecord, UserRecord } from '../../store/records/users/user-row.ts';
import type { LoginTransaction } from './login-transaction.ts';
import { geoipOf } from './loopback-geoip.ts';

/** The data of the event beside the login itself. */
export interface EventContext {
  /** The tenant's name. */
  readonly tenantName: string;
  /** Names of the roles that the user holds now. */
  readonly roles: readonly string[];
  /** Factors that the user is enrolled in now, and the providers of each. */
  readonly enrolledFactors: readonly string[];
  readonly multifactor: readonly string[];
  readonly transactionMetadata: JsonObject;
  /** The stored session and refresh token. */
  readonly session: JsonObject;
  readonly refreshToken: JsonObject;
  /** The location of this machine, as configured. */
  readonly loopbackGeoip?: JsonObject | undefined;
  /** Authentication methods that Actions recorded. */
  readonly recordedMethods: LoginTransaction['authenticationMethods'];
}

/**
 * Makes the `event` of post-login v3, without its secrets. A field that the tenant cannot know is absent, never invented. Source:
 * Auth0's documentation, "Actions Triggers: post-login - Event Object".
 */
export function postLoginEvent(transaction: LoginTransaction, surroundings: EventContext): JsonObject {
  const { client, connection, user } = transaction;
  return knownMembers({
    authentication: { methods: methods(transaction, surroundings) },
    authorization: { roles: [...surroundings.roles] },
    client: {
      client_id: client.client_id,
      name: client.name,
      metadata: { ...client.client_metadata },
      ...policies(client),
    },
    configuration: {},
    connection: knownMembers({
      id: connection.id,
      name: connection.name,
      strategy: connection.strategy,
      metadata: Object.keys(connection.metadata).length > 0 ? { ...connection.metadata } : undefined,
    }),
    custom_domain:
      transaction.customDomain === undefined ? undefined : { domain: transaction.customDomain, domain_metadata: {} },
    organization: organization(transaction),
    refresh_token: refreshToken(transaction, surroundings),
    request: request(transaction, surroundings),
    resource_server: transaction.resourceServer === undefined ? undefined : { identifier: transaction.resourceServer },
    session: session(transaction, surroundings),
    stats: { logins_count: user.logins_count },
    tenant: { id: surroundings.tenantName },
    transaction: knownMembers({
      id: transaction.id,
      acr_values: [...transaction.acrValues],
      locale: transaction.locale,
      login_hint: transaction.loginHint,
      metadata: surroundings.transactionMetadata,
      prompt: [...transaction.prompt],
      protocol: transaction.protocol,
      redirect_uri: transaction.redirectUri,
      requested_scopes: [...transaction.requestedScopes],
      response_mode: transaction.responseMode,
      response_type: [...transaction.responseType],
      state: transaction.state,
      ui_locales: [...transaction.uiLocales],
    }),
    user: profile(user, surroundings),
  });
}

/** Returns the other APIs that the application's refresh tokens are valid for, if set. */
function policies({ refresh_token: { policies: set } }: LoginTransaction['client']): JsonObject {
  if (set === undefined) return {};
  return { refresh_token: { policies: set.map(({ audience, scope }) => ({ audience, scope: [...scope] })) } };
}

function methods(transaction: LoginTransaction, { recordedMethods }: EventContext): JsonObject[] {
  return [...transaction.authenticationMethods, ...recordedMethods].map((method) => ({ ...method }));
}

function request(
  { request: { ip, method, hostname, query, body, userAgent, language } }: LoginTransaction,
  { loopbackGeoip }: EventContext,
): JsonObject {
  return knownMembers({
    ip,
    method,
    hostname,
    query: { ...query },
    body: { ...body },
    geoip: geoipOf(ip, loopbackGeoip),
    language,
    user_agent: userAgent,
  });
}

function organization({ organization: present }: LoginTransaction): JsonObject | undefined {
  if (present === undefined) return undefined;
  const { id, name, display_name, metadata = {} } = present;
  return knownMembers({ id, name, display_name, metadata: { ...metadata } });
}

function session(
  { session: present, user }: LoginTransaction,
  { session: kept }: EventContext,
): JsonObject | undefined {
  if (present === undefined) return undefined;
  return knownMembers({
    ...kept,
    id: present.id,
    user_id: user.user_id,
    created_at: present.createdAt,
    authenticated_at: present.authenticatedAt,
    updated_at: kept.clients === undefined ? undefined : present.authenticatedAt,
    last_interacted_at: kept.clients === undefined ? undefined : present.authenticatedAt,
  });
}

function refreshToken(
  { refreshToken: present, client, user }: LoginTransaction,
  { refreshToken: kept }: EventContext,
): JsonObject | undefined {
  if (present === undefined) return undefined;
  return knownMembers({
    id: present.id,
    client_id: client.client_id,
    user_id: user.user_id,
    created_at: present.createdAt,
    ...kept,
    expires_at: kept.expires_at ?? present.expiresAt,
  });
}

function profile(user: UserRecord, { enrolledFactors, multifactor }: EventContext): JsonObject {
  return knownMembers({
    user_id: user.user_id,
    app_metadata: user.app_metadata,
    created_at: user.created_at,
    email: user.email,
    email_verified: user.email_verified,
    enrolledFactors: enrolledFactors.map((type) => ({ type })),
    family_name: user.family_name,
    given_name: user.given_name,
    identities: user.identities.map(identity),
    last_password_reset: user.last_password_reset,
    multifactor: [...multifactor],
    name: user.name,
    nickname: user.nickname,
    phone_number: user.phone_number,
    phone_verified: user.phone_verified,
    picture: user.picture,
    updated_at: user.updated_at,
    user_metadata: user.user_metadata,
    username: user.username,
  });
}

/** Returns an identity. Auth0 shows the id under both of its names. */
function identity({ connection, provider, user_id, isSocial, profileData }: IdentityRecord): JsonObject {
  return knownMembers({ connection, provider, user_id, userId: user_id, isSocial, profileData });
}

/** Leaves out unknown members. */
function knownMembers(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
