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

/** Tokens whose verification is remembered: more than a tenant's tools use at a time. */
const REMEMBERED = 100;

/**
 * Creates a function that verifies access tokens of this tenant. It remembers the tokens that it accepted, since a tool sends the
 * same token with each of its requests.
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
): (token: string, audience: string | readonly string[]) => Promise<Readonly<JWTPayload>> {
  const keySet = createLocalJWKSet(publicKeySet(keys) as unknown as JSONWebKeySet);
  const accepted = new Map<string, JWTPayload>();
  return async (token, audience) => {
    const claims = { issuer: [...issuers()], audience: typeof audience === 'string' ? audience : [...audience] };
    const request = JSON.stringify([token, claims]);
    const known = accepted.get(request);
    if (known?.exp !== undefined && known.exp > Math.floor(Date.now() / 1000)) return known;
    try {
      const { payload } = await jwtVerify(token, keySet, {
        algorithms: ['RS256'],
        ...claims,
        requiredClaims: ['sub', 'exp', 'iat'],
      });
      if (accepted.size >= REMEMBERED) accepted.delete([...accepted.keys()][0] ?? '');
      accepted.set(request, payload);
      return payload;
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
export function verifiedTokenOf(payload: Readonly<JWTPayload>): VerifiedAccessToken {
  const clientId = payload.azp ?? payload.client_id;
  return {
    clientId: typeof clientId === 'string' ? clientId : '',
    subject: payload.sub ?? '',
    scopes: typeof payload.scope === 'string' ? payload.scope.split(' ') : [],
  };
}
