import type { Management } from 'auth0';
import { clientSecret, randomName } from '../../store/identifiers.ts';
import { type JsonObject, objectOf } from '../../store/json-value.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { SigningKeyRecord } from '../../store/records/tokens/signing-key-repository.ts';
import { mergedMembers, mergedMetadata, splitMembers } from '../http/json-members.ts';
import { tenantName } from '../tenant-name.ts';
import { signingKeyAnswer } from './signing-key-answer.ts';

type NewClientBody = Management.CreateClientRequestContent;
type ClientPatchBody = Management.UpdateClientRequestContent;

const defaultRefreshToken: ClientRecord['refresh_token'] = {
  rotation_type: 'non-rotating',
  expiration_type: 'non-expiring',
  leeway: 0,
  token_lifetime: 2_592_000,
  idle_token_lifetime: 1_296_000,
  infinite_token_lifetime: true,
  infinite_idle_token_lifetime: true,
};

const defaultSessionTransfer: JsonObject = {
  can_create_session_transfer_token: false,
  allowed_authentication_methods: [],
  enforce_device_binding: 'ip',
  allow_refresh_token: false,
  enforce_online_refresh_tokens: true,
  enforce_cascade_revocation: true,
};

/** Members of a record that an answer shows only if a request has set them. */
const shownWhenGiven = [
  'description',
  'app_type',
  'callbacks',
  'allowed_logout_urls',
  'allowed_origins',
  'web_origins',
  'token_endpoint_auth_method',
  'client_metadata',
] as const;

/** Members of a record that a body replaces as they are. All that are not of the record itself are merged. */
const replaced = [
  ...['name', 'description', 'app_type', 'is_first_party', 'oidc_conformant', 'callbacks', 'allowed_logout_urls'],
  ...['allowed_origins', 'web_origins', 'grant_types', 'client_secret'],
];

/**
 * A new application with the defaults of one created through the API. (The Dashboard sets more.)
 *
 * @see Auth0 docs: "Application Settings"
 * @example
 * newClient({ name: 'Web', callbacks: ['https://app.example/callback'] }, new Date().toISOString())
 */
export function newClient(body: NewClientBody, at: string): ClientRecord {
  const isPublic = body.token_endpoint_auth_method === 'none';
  const isResourceServer = body.app_type === 'resource_server';
  const strict = body.is_first_party === false && body.third_party_security_mode === 'strict';
  const record: ClientRecord = {
    client_id: randomName(32),
    client_secret: clientSecret(),
    name: body.name,
    app_type: '',
    is_first_party: true,
    global: false,
    oidc_conformant: isResourceServer,
    callbacks: [],
    allowed_logout_urls: [],
    allowed_origins: [],
    web_origins: [],
    grant_types: isResourceServer
      ? []
      : ['authorization_code', 'implicit', 'refresh_token', ...(isPublic ? [] : ['client_credentials'])],
    token_endpoint_auth_method: 'client_secret_post',
    client_metadata: {},
    jwt_configuration: { alg: 'RS256', lifetime_in_seconds: 36_000, secret_encoded: false },
    refresh_token: refreshTokenDefaults(body),
    other: {
      is_token_endpoint_ip_header_trusted: false,
      sso_disabled: false,
      cross_origin_authentication: false,
      custom_login_page_on: true,
    },
    given: givenAtFirst(body, isResourceServer),
    created_at: at,
    updated_at: at,
  };
  return patchedClient(strict ? { ...record, ...strictThirdParty() } : record, body, at);
}

/** The defaults of a third-party application in the strict mode. */
function strictThirdParty(): Partial<ClientRecord> {
  return {
    client_id: `tpc_${randomName(28)}`,
    oidc_conformant: true,
    grant_types: ['authorization_code'],
    jwt_configuration: { alg: 'RS256', lifetime_in_seconds: 3600, secret_encoded: false },
    refresh_token: {
      ...defaultRefreshToken,
      rotation_type: 'rotating',
      expiration_type: 'expiring',
      infinite_token_lifetime: false,
      infinite_idle_token_lifetime: false,
    },
    given: ['jwt_configuration.alg', 'jwt_configuration.lifetime_in_seconds'],
  };
}

/**
 * The client that every tenant has: it stands for all of its applications and holds the login page of Classic Login.
 * No user signs in through it.
 *
 * @see Auth0 docs: "Customize Classic Login Pages with the Management API" for the global client
 * @example
 * store.clients.insert(newGlobalClient(new Date().toISOString()))
 */
export function newGlobalClient(at: string): ClientRecord {
  return {
    ...newClient({ name: 'All Applications', callbacks: [], grant_types: [] }, at),
    global: true,
    oidc_conformant: true,
    other: {
      is_token_endpoint_ip_header_trusted: false,
      sso: false,
      sso_disabled: false,
      cross_origin_authentication: true,
      custom_login_page_on: true,
    },
  };
}

/** A copy with the members of the body. `null` resets a member to its default. */
export function patchedClient(record: ClientRecord, body: NewClientBody | ClientPatchBody, at: string): ClientRecord {
  const { token_endpoint_auth_method: method, client_metadata, jwt_configuration, refresh_token, ...members } = body;
  const explicit = new Set(record.given);
  for (const name of shownWhenGiven) {
    if (body[name] === null) explicit.delete(name);
    else if (body[name] !== undefined) explicit.add(name);
  }
  for (const name of Object.keys(jwt_configuration ?? {})) explicit.add(`jwt_configuration.${name}`);
  const { own, other } = splitMembers(members, replaced);
  return {
    ...record,
    ...own,
    ...(method !== undefined && { token_endpoint_auth_method: method ?? 'client_secret_post' }),
    client_metadata: mergedMetadata(record.client_metadata, (client_metadata ?? {}) as Record<string, string | null>),
    jwt_configuration: { ...record.jwt_configuration, ...jwt_configuration } as ClientRecord['jwt_configuration'],
    ...(refresh_token !== undefined && { refresh_token: refreshToken(record.refresh_token, refresh_token) }),
    other: otherMembers(record.other, other),
    given: [...explicit],
    updated_at: at,
  };
}

/** Credentials are replaced as a whole. In all other objects, members that the body lacks stay. */
function otherMembers(present: JsonObject, { client_authentication_methods, ...given }: JsonObject): JsonObject {
  const merged = mergedMembers(present, given);
  if (client_authentication_methods === null) delete merged.client_authentication_methods;
  else if (client_authentication_methods !== undefined) {
    merged.client_authentication_methods = client_authentication_methods;
  }
  if (given.session_transfer) {
    merged.session_transfer = { ...defaultSessionTransfer, ...objectOf(merged.session_transfer) };
  }
  // The older name of a part of `oidc_logout` has the same value.
  const { backchannel_logout_urls } = objectOf(merged.oidc_logout);
  if (given.oidc_logout !== undefined) {
    if (backchannel_logout_urls === undefined) delete merged.oidc_backchannel_logout;
    else merged.oidc_backchannel_logout = { backchannel_logout_urls };
  }
  if (given.oidc_backchannel_logout === null) delete merged.oidc_logout;
  if (merged.initiate_login_uri === '') delete merged.initiate_login_uri;
  return merged;
}

/**
 * An application as the API returns it.
 *
 * @param keys keys that sign its tokens; their certificates are part of an answer that may show secrets
 */
export function clientAnswer(
  record: ClientRecord,
  showSecrets: boolean,
  keys: readonly SigningKeyRecord[],
): JsonObject {
  const { given } = record;
  const isVisible = (member: string, value: unknown) =>
    given === undefined ? !isEmpty(value) : given.includes(member);
  const optional = shownWhenGiven
    .filter((member) => isVisible(member, record[member]))
    .map((member) => [member, record[member]] as const);
  const { alg, lifetime_in_seconds, secret_encoded, scopes } = record.jwt_configuration;
  return {
    name: record.name,
    client_id: record.client_id,
    ...(showSecrets && { client_secret: record.client_secret }),
    is_first_party: record.is_first_party,
    global: record.global,
    callback_url_template: false,
    oidc_conformant: record.oidc_conformant,
    jwt_configuration: record.global
      ? { alg }
      : {
          secret_encoded,
          ...(isVisible('jwt_configuration.lifetime_in_seconds', lifetime_in_seconds) && { lifetime_in_seconds }),
          ...(isVisible('jwt_configuration.alg', alg) && { alg }),
          ...(scopes !== undefined && { scopes }),
        },
    ...(showSecrets && { signing_keys: keys.filter((key) => key.state === 'current').map(signingKeyAnswer) }),
    ...(!record.global && { grant_types: record.grant_types }),
    refresh_token: { ...record.refresh_token } as JsonObject,
    ...record.other,
    ...Object.fromEntries(optional),
  };
}

/** An application as a list returns it: with the tenant, and with the older name of `cross_origin_authentication`. */
export function listedClient(answer: JsonObject): JsonObject {
  const { cross_origin_authentication } = answer;
  return {
    tenant: tenantName,
    ...answer,
    ...(cross_origin_authentication !== undefined && { cross_origin_auth: cross_origin_authentication }),
  };
}

/** An application that authenticates with a secret gets tokens with a longer lifetime. */
function refreshTokenDefaults(body: NewClientBody): ClientRecord['refresh_token'] {
  const method = body.token_endpoint_auth_method ?? 'none';
  if (method === 'none') return { ...defaultRefreshToken };
  return { ...defaultRefreshToken, token_lifetime: 31_557_600, idle_token_lifetime: 2_592_000 };
}

function givenAtFirst(body: NewClientBody, isResourceServer: boolean): string[] {
  if (isResourceServer) return ['jwt_configuration.alg'];
  return body.jwt_configuration === undefined ? ['jwt_configuration.lifetime_in_seconds'] : [];
}

/** Tokens that expire have a limited lifetime by default. */
function refreshToken(
  present: ClientRecord['refresh_token'],
  given: Management.ClientRefreshTokenConfiguration | null,
): ClientRecord['refresh_token'] {
  if (given === null) return { ...defaultRefreshToken };
  const infinite = given.expiration_type === 'non-expiring';
  const changed = given.expiration_type !== present.expiration_type;
  const { policies: presentPolicies, ...presentRest } = present;
  const { policies = presentPolicies, ...rest } = given;
  return {
    ...presentRest,
    ...(changed && { infinite_token_lifetime: infinite, infinite_idle_token_lifetime: infinite }),
    ...rest,
    ...(policies && { policies }),
  } as ClientRecord['refresh_token'];
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
