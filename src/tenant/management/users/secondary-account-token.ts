import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { publicKeySet } from '../../authentication/provider/signing-keys.ts';
import type { Store } from '../../store/store.ts';
import { ApiError } from '../http/api-error.ts';

/**
 * The user who has signed in to the account that is to be linked, by an ID token of that login. The token must be issued by this
 * tenant, for the same application as the caller.
 *
 * @returns the user's id
 * @throws ApiError 400
 * @see Auth0 docs: "User-Initiated Account Linking"; RFC 8725, section 3.9
 * @example
 * const secondary = await subjectOfIdToken(store, body.link_with, caller.clientId);
 */
export async function subjectOfIdToken(store: Store, token: string, clientId: string): Promise<string> {
  try {
    const keys = createLocalJWKSet(publicKeySet(store.signingKeys.list()) as unknown as JSONWebKeySet);
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['RS256'],
      audience: clientId,
      requiredClaims: ['sub', 'exp', 'iat'],
    });
    return payload.sub ?? '';
  } catch (cause) {
    throw new ApiError(
      400,
      'link_with must be an ID token of this tenant that is valid and was issued to the same application.',
      'invalid_body',
      { cause },
    );
  }
}
