import { isObject, type JsonObject } from '../../store/json-value.ts';
import { certificateOptions } from './certificate-options.ts';
import { metadataOptions } from './metadata-options.ts';
import { scopeOptions } from './scope-options.ts';

/** Strategies of enterprise connections. */
const ENTERPRISE = ['ad', 'adfs', 'google-apps', 'oidc', 'okta', 'pingfederate', 'samlp', 'waad'];

/** Enterprise strategies whose administrator gets an address to set the connection up. */
const WITH_TICKET = ['ad', 'adfs', 'google-apps', 'pingfederate', 'samlp', 'waad'];

/** Strategies that show the name as the display name if none was set. */
const NAMED = ['oidc', 'okta', 'waad'];

/** Options that Auth0 adds whenever they are not sent. */
const DEFAULTS: Readonly<Record<string, JsonObject>> = {
  ad: { ips: null, brute_force_protection: true },
  adfs: { should_trust_email_verified_connection: 'always_set_emails_as_verified' },
  auth0: { brute_force_protection: true },
  email: { brute_force_protection: true },
  'google-apps': { email: true, profile: true, handle_login_from_social: true, map_user_id_to_id: false },
  'google-oauth2': { email: true, profile: true },
  line: { profile: true },
  linkedin: { profile: true },
  oidc: {
    type: 'front_channel',
    schema_version: 'oidc-V4',
    attribute_map: { mapping_mode: 'bind_all' },
    connection_settings: { pkce: 'auto' },
  },
  okta: {
    type: 'back_channel',
    schema_version: 'oidc-V4',
    attribute_map: { mapping_mode: 'basic_profile' },
    connection_settings: { pkce: 'auto' },
  },
  sms: { brute_force_protection: true },
  waad: {
    identity_api: 'microsoft-identity-platform-v2.0',
    waad_protocol: 'openid-connect',
    should_trust_email_verified_connection: 'never_set_emails_as_verified',
    useCommonEndpoint: false,
    waad_common_endpoint: false,
    use_wsfed: false,
  },
  wordpress: { profile: true },
};

/** Options that a change keeps if it does not contain them. */
const REMAINING = ['app_domain', 'map_user_id_to_id'];

/** Options of a new connection that a change without them removes. */
function firstOptions(strategy: string, domain: string): JsonObject {
  if (strategy === 'waad') return domain === '' ? {} : { app_domain: new URL(domain).host };
  if (strategy !== 'samlp') return {};
  return { assertion_decryption_settings: { algorithm_profile: 'v2026-1', algorithm_exceptions: [] } };
}

/** Endpoints that are taken from the metadata of the identity provider if they are sent as `null`. */
const OF_METADATA = ['authorization_endpoint', 'issuer', 'jwks_uri', 'token_endpoint', 'userinfo_endpoint'];

/** Endpoints of an Okta domain, for those that are sent as `null`. */
const OKTA_ENDPOINTS = [
  ['authorization_endpoint', '/oauth2/v1/authorize'],
  ['issuer', ''],
  ['jwks_uri', '/oauth2/v1/keys'],
  ['token_endpoint', '/oauth2/v1/token'],
  ['userinfo_endpoint', '/oauth2/v1/userinfo'],
] as const;

/** Whether users sign in with a company's identity provider. */
export function isEnterprise(strategy: string): boolean {
  return ENTERPRISE.includes(strategy);
}

/** Whether the connection has an address at which a company's administrator sets it up. */
export function hasSetupAddress(strategy: string): boolean {
  return WITH_TICKET.includes(strategy);
}

/** Whether its name is shown if it has no display name. */
export function isShownByName(strategy: string): boolean {
  return NAMED.includes(strategy);
}

/**
 * Options as Auth0 stores them: those of the request, and those that it adds for the strategy.
 *
 * @param present the options before a change, or the tenant's domain for a new connection
 * @example
 * strategyOptions('github', { email: true }, 'https://localhost:4000/') // { email: true, scope: ['user:email'] }
 */
export function strategyOptions(strategy: string, requested: JsonObject, present: JsonObject | string): JsonObject {
  const remaining =
    typeof present === 'string'
      ? firstOptions(strategy, present)
      : Object.fromEntries(Object.entries(present).filter(([name]) => REMAINING.includes(name)));
  const options: JsonObject = { ...DEFAULTS[strategy], ...remaining, ...requested };
  const isChange = typeof present !== 'string';
  if (isChange && strategy === 'oidc' && requested.type === 'front_channel') {
    options.connection_settings = requested.connection_settings ?? { pkce: 'disabled' };
  }
  if (strategy === 'okta' && typeof options.domain === 'string') {
    for (const [name, path] of OKTA_ENDPOINTS)
      if (options[name] === null) options[name] = `https://${options.domain}${path}`;
  }
  const described = metadataOptions(strategy, options);
  for (const [name, value] of Object.entries(described)) options[name] ??= value;
  // Once read, SAML metadata is not shown.
  if (described.signInEndpoint !== undefined) delete options.metadataXml;
  const metadata = options.oidc_metadata;
  const endpoints = isObject(metadata) ? OF_METADATA.filter((name) => options[name] === null && metadata[name]) : [];
  const facts = certificateOptions(strategy, options);
  // PingFederate's certificate is shown once.
  if (strategy === 'pingfederate' && facts.cert !== undefined) delete options.signingCert;
  return {
    ...options,
    ...Object.fromEntries(endpoints.map((name) => [name, isObject(metadata) ? (metadata[name] ?? null) : null])),
    ...scopeOptions(strategy, options),
    ...facts,
  };
}
