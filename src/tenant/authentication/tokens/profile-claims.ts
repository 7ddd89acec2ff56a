import type { JsonValue } from '../../store/json-value.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';

/** In the order in which Auth0's discovery document has them. */
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

/** Which claims a scope stands for. A claim's own name is a scope as well, for the few that Auth0 lists. */
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
  // A user of the tenant has no address.
  address: [],
};

/**
 * Everything that the tenant can say of a user in a token; the scopes decide what of it is said.
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

/** The claims about a user that the scopes ask for. */
export function claimsForScopes(user: UserRecord, scopes: Iterable<string>): Record<string, JsonValue> {
  const wanted = new Set([...scopes].flatMap((scope) => CLAIMS_OF_SCOPE[scope] ?? []));
  return Object.fromEntries(Object.entries(profileClaims(user)).filter(([name]) => wanted.has(name)));
}
