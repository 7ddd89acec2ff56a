import type { ClientRecord, JsonObject, JsonValue } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';

/** A public key as JSON Web Key, with the one algorithm that it verifies. */
export type ClientKey = JsonObject;

/**
 * The keys with which an application proves who it is (`private_key_jwt`), less those that have expired; `undefined` where
 * it proves itself otherwise. Where it is set to another method of `client_authentication_methods`, there are none: its
 * secret opens nothing.
 *
 * @param now milliseconds since 1970
 * @example
 * clientKeys(store, record, Date.now()) // [{ kty: 'RSA', n, e, kid, alg: 'RS256', use: 'sig' }]
 * @see Auth0 docs: "Configure Private Key JWT Authentication"
 */
export function clientKeys(store: Store, record: ClientRecord, now: number): ClientKey[] | undefined {
  const methods = record.other.client_authentication_methods;
  if (!isObject(methods)) return undefined;
  const named = isObject(methods.private_key_jwt) ? methods.private_key_jwt.credentials : [];
  const ids = new Set((Array.isArray(named) ? named : []).filter(isObject).map(({ id }) => id));
  return store.clientCredentials
    .list(record.client_id)
    .filter(({ id, expires_at }) => ids.has(id) && (expires_at === undefined || Date.parse(expires_at) > now))
    .flatMap(({ public_jwk, kid, alg }) =>
      public_jwk === undefined || kid === undefined ? [] : [{ ...public_jwk, kid, alg: alg ?? 'RS256', use: 'sig' }],
    );
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
