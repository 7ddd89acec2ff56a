import type { JsonValue } from '../../store/json-value.ts';

/**
 * Names that a custom claim may not have. Source: Auth0's documentation, "Create Custom Claims", restricted claims; and
 * `scope`, which the call itself refuses.
 */
const RESTRICTED = new Set(
  (
    'acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty dest ' +
    'entitlements events exp groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid may_act mky nbf ' +
    'nonce object_id org_id org_name orig origid permissions roles rph s_hash scope sid sub sub_jwk toe txn typ uuid vot ' +
    'vtm x5t#S256'
  ).split(' '),
);

/** Claims of the user's profile, which a token may carry without a namespace. */
const PROFILE = new Set(
  (
    'address birthdate email email_verified family_name gender given_name locale middle_name name nickname phone_number ' +
    'phone_number_verified picture preferred_username profile updated_at website zoneinfo'
  ).split(' '),
);

const RESERVED_HOSTS = ['auth0.com', 'webtask.io', 'webtask.run'];

/** Bytes of all custom claims of a token, as JSON. */
export const CLAIMS_LIMIT = 100 * 1024;

/** The token that claims are for, as far as the claims depend on it. */
export interface ClaimTarget {
  readonly token: 'id_token' | 'access_token';
  /** Whether the access token is for an API of Auth0's own, such as the Management API. */
  readonly isSystemApi: boolean;
}

/**
 * Returns why a token silently drops a custom claim, or `undefined` if it carries it. Source: Auth0's documentation,
 * "Create Custom Claims": the login does not fail, the claim is not added.
 *
 * @example
 * droppedClaimReason('roles', { token: 'id_token', isSystemApi: false }); // '"roles" is a restricted claim…'
 */
export function droppedClaimReason(name: string, target: ClaimTarget): string | undefined {
  if (RESTRICTED.has(name) || name.startsWith('sip_')) return `"${name}" is a restricted claim.`;
  if (name === '' || name === '__proto__') return 'A claim needs a name.';
  if (/^urn:auth0(:|$)/i.test(name)) return 'The namespace urn:auth0 is reserved.';
  const host = namespaceHost(name);
  const reserved = RESERVED_HOSTS.find((one) => host === one || host?.endsWith(`.${one}`));
  if (reserved !== undefined) return `A namespace on ${reserved} is reserved.`;
  if (
    target.token === 'access_token' &&
    target.isSystemApi &&
    host === undefined &&
    !isNamespaced(name) &&
    !PROFILE.has(name)
  ) {
    return "An access token for one of Auth0's own APIs carries only namespaced custom claims.";
  }
  return undefined;
}

function namespaceHost(name: string): string | undefined {
  if (!/^https?:\/\//i.test(name)) return undefined;
  return URL.parse(name)?.hostname.replace(/\.$/, '');
}

function isNamespaced(name: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(name);
}

/** Bytes of the claims as JSON. */
export function claimsSize(claims: Iterable<readonly [string, JsonValue]>): number {
  return Buffer.byteLength(JSON.stringify(Object.fromEntries(claims)));
}
