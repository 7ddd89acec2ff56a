import { isObject, type JsonObject } from '../../store/json-value.ts';
import type { ClientCredentialRecord } from '../../store/records/applications/client-credential-repository.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { Store } from '../../store/store.ts';

/** Whether an application authenticates with a credential. Its client secret is then not accepted. */
export function usesCredential(record: ClientRecord): boolean {
  return isObject(record.other.client_authentication_methods);
}

/**
 * The public keys that verify an application's assertions now: its credentials for `private_key_jwt`, without expired
 * ones. Each key is valid only for its own algorithm.
 *
 * @example
 * activeKeys(store, client); // [{ kty: 'RSA', n: '…', e: 'AQAB', kid: '…', alg: 'RS256', use: 'sig' }]
 * @see Auth0 docs: "Authenticate with Private Key JWT", "Configure Private Key JWT".
 */
export function activeKeys(store: Store, record: ClientRecord, now = Date.now()): JsonObject[] {
  const methods = record.other.client_authentication_methods;
  const privateKeyJwt = isObject(methods) ? methods.private_key_jwt : undefined;
  const references =
    isObject(privateKeyJwt) && Array.isArray(privateKeyJwt.credentials) ? privateKeyJwt.credentials : [];
  const ids = new Set(references.map((reference) => (isObject(reference) ? reference.id : undefined)));
  return store.clientCredentials
    .list(record.client_id)
    .filter((credential) => ids.has(credential.id) && !hasExpired(credential, now))
    .flatMap(({ public_jwk, kid, alg }) =>
      public_jwk === undefined || kid === undefined ? [] : [{ ...public_jwk, kid, alg: alg ?? 'RS256', use: 'sig' }],
    );
}

function hasExpired({ expires_at }: ClientCredentialRecord, now: number): boolean {
  return expires_at !== undefined && Date.parse(expires_at) <= now;
}
