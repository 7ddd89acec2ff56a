import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import type { SigningKeyRecord } from '../../store/records/tokens/signing-key-repository.ts';
import { publicKeySet } from './signing-keys.ts';

/** Who makes a request to the Management API, and what they may do. */
export interface VerifiedAccessToken {
  readonly clientId: string;
  /** A user's id, or `<client id>@clients`. */
  readonly subject: string;
  readonly scopes: string[];
}

export type AccessTokenErrorCode = 'invalid_token' | 'expired_token' | 'bad_audience' | 'bad_signature';

/** Why an access token was refused; the message is Auth0's. */
export class AccessTokenError extends Error {
  override readonly name = 'AccessTokenError';
  readonly code: AccessTokenErrorCode;

  constructor(code: AccessTokenErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Makes a check of access tokens that this tenant has signed.
 *
 * @param keys the tenant's signing keys.
 * @param issuers answers every domain of the tenant, with trailing slashes.
 * @returns the token's claims, where it is signed by the tenant (RS256, nothing else), is not expired and is for
 * `audience`.
 * @example
 * const verify = createAccessTokenVerifier(keys, () => ['https://localhost:4000/']);
 * const { sub } = await verify(token, 'https://localhost:4000/api/v2/');
 * @see Auth0 docs: "Validate Access Tokens"; RFC 8725, sections 3.1 and 3.9.
 */
export function createAccessTokenVerifier(
  keys: readonly SigningKeyRecord[],
  issuers: () => readonly string[],
): (token: string, audience: string | readonly string[]) => Promise<JWTPayload> {
  const keySet = createLocalJWKSet(publicKeySet(keys) as unknown as JSONWebKeySet);
  return async (token, audience) => {
    try {
      const verified = await jwtVerify(token, keySet, {
        algorithms: ['RS256'],
        issuer: [...issuers()],
        audience: typeof audience === 'string' ? audience : [...audience],
        requiredClaims: ['sub', 'exp', 'iat'],
      });
      return verified.payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new AccessTokenError('expired_token', 'Expired token');
      if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
        const expected = typeof audience === 'string' ? audience : audience.join(', ');
        throw new AccessTokenError('bad_audience', `Bad audience: ${expected}`);
      }
      if (error instanceof errors.JWSSignatureVerificationFailed) {
        throw new AccessTokenError('bad_signature', 'Invalid signature');
      }
      throw new AccessTokenError('invalid_token', 'Invalid token');
    }
  };
}

/** Who a token's claims stand for. */
export function bearerOf(payload: JWTPayload): VerifiedAccessToken {
  const clientId = payload.azp ?? payload.client_id;
  return {
    clientId: typeof clientId === 'string' ? clientId : '',
    subject: payload.sub ?? '',
    scopes: typeof payload.scope === 'string' ? payload.scope.split(' ') : [],
  };
}
