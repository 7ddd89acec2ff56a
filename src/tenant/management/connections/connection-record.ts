import { prefixedId, randomName } from '../../store/identifiers.ts';
import { type JsonObject, type JsonValue, objectOf } from '../../store/json-value.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import { ApiError, invalidBody } from '../http/api-error.ts';
import { mergedMetadata } from '../http/json-members.ts';
import { hasSetupAddress, isEnterprise, isShownByName, strategyOptions } from './strategy-options.ts';

export interface ConnectionMembers {
  display_name?: string;
  options?: JsonObject | null;
  enabled_clients?: string[] | null;
  is_domain_connection?: boolean;
  realms?: string[];
  metadata?: Record<string, string | null>;
  [member: string]: JsonValue | undefined;
}

const databaseDefaults = {
  mfa: { active: true, return_enroll_settings: true },
  strategy_version: 2,
  passkey_options: { challenge_ui: 'both', progressive_enrollment_enabled: true, local_enrollment_enabled: true },
  brute_force_protection: true,
};

const passwordMethod = { enabled: true, api_behavior: 'required', signup_behavior: 'allow' };

const passwordOptions = {
  complexity: {
    min_length: 8,
    character_types: [],
    character_type_rule: 'all',
    identical_characters: 'allow',
    sequential_characters: 'allow',
    max_length_exceeded: 'truncate',
  },
  profile_data: {
    active: false,
    blocked_fields: [
      'name',
      'username',
      'nickname',
      'email',
      'phone_number',
      'user_metadata.name',
      'user_metadata.first',
      'user_metadata.last',
    ],
  },
  history: { active: false, size: 3 },
  dictionary: { active: false, custom: [], default: 'en_100k' },
};

/**
 * A new connection with Auth0's defaults for its strategy.
 *
 * @param domain the tenant's domain, for the address at which a company's administrator sets it up: `https://localhost:4000/`
 * @example
 * newConnection('staff', 'auth0', { enabled_clients: [clientId] })
 */
export function newConnection(
  name: string,
  strategy: string,
  members: ConnectionMembers,
  domain = '',
): ConnectionRecord {
  const { options, ...rest } = members;
  const record: ConnectionRecord = {
    id: prefixedId('con'),
    name,
    strategy,
    options: strategy === 'auth0' ? databaseOptions(options ?? {}) : strategyOptions(strategy, options ?? {}, domain),
    enabled_clients: [],
    realms: [name],
    is_domain_connection: false,
    metadata: {},
    other: {
      authentication: { active: true },
      connected_accounts: { active: false },
      ...(isEnterprise(strategy) && { show_as_button: false }),
      ...(hasSetupAddress(strategy) && { provisioning_ticket_url: `${domain}p/${strategy}/${randomName(8)}` }),
    },
    ...(isShownByName(strategy) && { display_name: name }),
  };
  return patchedConnection(record, rest);
}

/** A copy with the members. Options are replaced, as on Auth0, not merged. */
export function patchedConnection(record: ConnectionRecord, members: ConnectionMembers): ConnectionRecord {
  const { display_name, options, enabled_clients, is_domain_connection, realms, metadata, ...other } = members;
  if (options) refuseContradictions(options);
  if (other.cross_app_access_requesting_app !== undefined && !isEnterprise(record.strategy)) {
    throw new ApiError(
      400,
      'Cross App Access Requesting App is not supported for this connection.',
      'operation_not_supported',
    );
  }
  return {
    ...record,
    ...(display_name !== undefined && { display_name }),
    ...(options && { options: nextOptions(record, options) }),
    ...(enabled_clients && { enabled_clients: [...new Set(enabled_clients)] }),
    ...(is_domain_connection !== undefined && { is_domain_connection }),
    ...(realms !== undefined && { realms }),
    ...(metadata !== undefined && { metadata: mergedMetadata(record.metadata, metadata) }),
    other: { ...record.other, ...other },
  };
}

/** A connection as the API returns it. */
export function connectionAnswer(record: ConnectionRecord): JsonObject {
  const { id, options, strategy, name, is_domain_connection, display_name, enabled_clients, realms, metadata, other } =
    record;
  return {
    id,
    options,
    strategy,
    name,
    ...(display_name !== undefined && { display_name }),
    is_domain_connection,
    ...other,
    enabled_clients,
    realms,
    ...(Object.keys(metadata).length > 0 && { metadata }),
  };
}

/** Identifiers and authentication methods stay if the new options do not contain them. */
function nextOptions(record: ConnectionRecord, options: JsonObject): JsonObject {
  refuseSharedEmail(record.options, options);
  const { authentication_methods, passkey_options } = record.options;
  return {
    ...(authentication_methods !== undefined && { authentication_methods }),
    ...(passkey_options !== undefined && { passkey_options }),
    ...strategyOptions(record.strategy, options, record.options),
  };
}

function databaseOptions(given: JsonObject): JsonObject {
  refuseContradictions(given);
  const methods = objectOf(given.authentication_methods);
  const passwords = objectOf(given.password_options);
  const detailed = given.password_options !== undefined;
  return {
    ...databaseDefaults,
    ...(!detailed && { passwordPolicy: 'good' }),
    ...given,
    ...(detailed && {
      password_options: Object.fromEntries(
        Object.entries(passwordOptions).map(([part, defaults]) => [
          part,
          { ...defaults, ...objectOf(passwords[part]) },
        ]),
      ),
    }),
    ...(given.attributes && { attributes: withEmailDefaults(objectOf(given.attributes)) }),
    authentication_methods: {
      passkey: { enabled: false },
      ...methods,
      password: { ...passwordMethod, ...objectOf(methods.password) },
    },
  };
}

/** By default, an address belongs to one user and is verified by a link. */
function withEmailDefaults(attributes: JsonObject): JsonObject {
  if (attributes.email === undefined || attributes.email === null) return attributes;
  return { ...attributes, email: { verification_method: 'link', unique: true, ...objectOf(attributes.email) } };
}

/** A connection that starts to identify users by e-mail address later must require unique addresses. */
function refuseSharedEmail(present: JsonObject, options: JsonObject): void {
  const isNew = objectOf(present.attributes).email === undefined;
  if (isNew && objectOf(objectOf(options.attributes).email).unique === false) {
    throw invalidBody('cannot add non-unique email attribute');
  }
}

function refuseContradictions(options: JsonObject): void {
  const { attributes } = options;
  if (attributes === undefined || attributes === null) return;
  if (options.requires_username === true) {
    throw invalidBody('Cannot set both options.attributes and options.requires_username');
  }
  if (options.validation !== undefined && options.validation !== null) {
    throw invalidBody('Cannot set both options.attributes and options.validation');
  }
  const identifiers = Object.values(objectOf(attributes)).map((attribute) => objectOf(objectOf(attribute).identifier));
  if (!identifiers.some(({ active }) => active === true)) {
    throw invalidBody('attributes must contain one active identifier');
  }
  for (const [name, attribute] of Object.entries(objectOf(attributes))) {
    const { profile_required, signup } = objectOf(attribute);
    if (profile_required === true && objectOf(signup).status === 'inactive') {
      throw invalidBody(`attribute ${name} must also be required on signup`);
    }
  }
}

/** A connection as it is stored. Endpoints of a social connection that were sent as `null` are shown once, and then no more. */
export function storedConnection(record: ConnectionRecord): ConnectionRecord {
  const isBlank = (name: string, value: unknown) => value === null && ['authorizationURL', 'tokenURL'].includes(name);
  const entries = Object.entries(record.options).filter(([name, value]) => !isBlank(name, value));
  return { ...record, options: Object.fromEntries(entries) };
}
