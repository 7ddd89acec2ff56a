import type { JsonValue } from '../../store/json-value.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';

/** Auth0's standard scopes, in the order of its discovery document. */
export const STANDARD_SCOPES = [
  'openid',
  'profile',
  'offline_access',
  'name',
  'given_name',
  'family_name',
  'nickname',
  'email',
  'email_verified',
  'picture',
  'created_at',
  'identities',
  'phone',
  'address',
] as const;

/** Placeholder for a login without scopes: the library issues nothing without a scope. */
export const NO_SCOPE = 'tenant:none';

export const STANDARD_CLAIMS = [
  'aud',
  'auth_time',
  'created_at',
  'email',
  'email_verified',
  'exp',
  'family_name',
  'given_name',
  'iat',
  'identities',
  'iss',
  'name',
  'nickname',
  'phone_number',
  'picture',
  'sub',
] as const;

/** The claims of each scope. For the few claims that Auth0 lists, the claim's own name is a scope too. */
export const CLAIMS_OF_SCOPE: Readonly<Record<string, readonly string[]>> = {
  openid: ['sub'],
  profile: ['name', 'given_name', 'family_name', 'nickname', 'picture', 'updated_at'],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  name: ['name'],
  given_name: ['given_name'],
  family_name: ['family_name'],
  nickname: ['nickname'],
  email_verified: ['email_verified'],
  picture: ['picture'],
  created_at: ['created_at'],
  identities: ['identities'],
  // Users of the tenant have no postal address.
  address: [],
};

/**
 * All claims that the tenant has about a user. The scopes decide which of them a token carries.
 *
 * @example
 * profileClaims(user).nickname;
 * @see Auth0 docs: "OpenID Connect Scopes".
 */
export function profileClaims(user: UserRecord): Record<string, JsonValue> {
  const claims: Record<string, JsonValue | undefined> = {
    given_name: user.given_name,
    family_name: user.family_name,
    nickname: user.nickname,
    name: user.name,
    picture: user.picture,
    updated_at: user.updated_at,
    email: user.email,
    email_verified: user.email === undefined ? undefined : user.email_verified,
    phone_number: user.phone_number,
    phone_number_verified: user.phone_number === undefined ? undefined : user.phone_verified === true,
    created_at: user.created_at,
    identities: user.identities.map(({ connection, provider, user_id, isSocial }) => ({
      provider,
      user_id,
      connection,
      isSocial,
    })),
  };
  return Object.fromEntries(
    Object.entries(claims).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
}

/** The claims about a user that the scopes include. */
export function claimsForScopes(user: UserRecord, scopes: Iterable<string>): Record<string, JsonValue> {
  const requested = new Set([...scopes].flatMap((scope) => CLAIMS_OF_SCOPE[scope] ?? []));
  return Object.fromEntries(Object.entries(profileClaims(user)).filter(([name]) => requested.has(name)));
}
