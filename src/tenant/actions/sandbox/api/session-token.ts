import { createHmac, timingSafeEqual } from 'node:crypto';
import { isObject, type JsonObject } from '../../../store/json-value.ts';

/** Signs the claims as an HS256 JWT (RFC 7519). */
export function signSessionToken(claims: object, secret: string): string {
  const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${content}.${sign(content, secret)}`;
}

/**
 * Returns the claims of an HS256 JWT after checking its signature, time, issuer, subject and `state`.
 *
 * @throws Error with Auth0's words for the first check that failed
 */
export function verifySessionToken(
  token: string,
  expected: { secret: string; issuer: string | undefined; subject: string; state: unknown; now: number },
): JsonObject {
  const [header, payload, signature, ...rest] = token.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) {
    throw invalid('jwt malformed');
  }
  const { alg } = decode(header);
  if (alg !== 'HS256') throw invalid('invalid algorithm');
  const actual = Buffer.from(signature);
  const right = Buffer.from(sign(`${header}.${payload}`, expected.secret));
  if (actual.length !== right.length || !timingSafeEqual(actual, right)) {
    throw invalid('invalid signature');
  }
  const claims = decode(payload);
  if (!hasStandardClaims(claims, expected.now)) throw invalid('Missing or invalid standard claims');
  if (expected.now >= Number(claims.exp)) throw invalid('jwt expired');
  if (typeof claims.nbf === 'number' && expected.now < claims.nbf) throw invalid('jwt not active');
  if (claims.iss !== expected.issuer) throw invalid(`jwt issuer invalid. expected: ${expected.issuer}`);
  if (claims.sub !== expected.subject) throw invalid(`jwt subject invalid. expected: ${expected.subject}`);
  if (claims.state !== expected.state) throw invalid('State in the token does not match the /continue state.');
  return claims;
}

/** Seconds that the clock of another site may be ahead. */
const CLOCK_TOLERANCE = 60;

/** A time in milliseconds, read as seconds, is later than this: the year 5138. */
const LATEST = 100_000_000_000;

/**
 * Whether the claims that Auth0 demands are there and make sense.
 *
 * @see Auth0 community: "Getting Error of 'Missing or invalid standard claims' during Actions Redirect".
 */
function hasStandardClaims({ iat, exp, sub, iss, state }: JsonObject, now: number): boolean {
  const hasTimes = typeof iat === 'number' && typeof exp === 'number' && iat <= now + CLOCK_TOLERANCE && exp < LATEST;
  return hasTimes && [sub, iss, state].every((claim) => typeof claim === 'string' && claim !== '');
}

function sign(content: string, secret: string): string {
  return createHmac('sha256', secret).update(content).digest('base64url');
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(part: string): JsonObject {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    if (isObject(value)) return value;
  } catch {
    // Reported below.
  }
  throw invalid('invalid token');
}

function invalid(reason: string): Error {
  return new Error(`The session token is invalid: ${reason}`);
}
