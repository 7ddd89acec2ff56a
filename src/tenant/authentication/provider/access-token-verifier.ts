import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import type { SigningKeyRecord } from '../../store/records/tokens/signing-key-repository.ts';
import { publicKeySet } from './signing-keys.ts';

/** The application and the subject of a Management API request, and their scopes. */
export interface VerifiedAccessToken {
  readonly clientId: string;
  /** A user's id, or `<client id>@clients`. */
  readonly subject: string;
  readonly scopes: string[];
}

type AccessTokenErrorCode = 'invalid_token' | 'expired_token' | 'bad_audience' | 'bad_signature';

/** An access token was refused. The message is Auth0's. */
class AccessTokenError extends Error {
  override readonly name = 'AccessTokenError';
  readonly code: AccessTokenErrorCode;

  constructor(code: AccessTokenErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Creates a function that verifies access tokens of this tenant.
 *
 * @param keys the tenant's signing keys.
 * @param issuers returns every domain of the tenant, with trailing slashes.
 * @returns a function that returns the token's claims if the tenant has signed it (with RS256 only), it has not expired,
 * and it is for `audience`.
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

/** The application, subject and scopes of a token's claims. */
export function verifiedTokenOf(payload: JWTPayload): VerifiedAccessToken {
  const clientId = payload.azp ?? payload.client_id;
  return {
    clientId: typeof clientId === 'string' ? clientId : '',
    subject: payload.sub ?? '',
    scopes: typeof payload.scope === 'string' ? payload.scope.split(' ') : [],
  };
}
