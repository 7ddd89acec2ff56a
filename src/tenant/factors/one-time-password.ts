import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { fromBase32, toBase32 } from './base32.ts';

/** The default of authenticator apps; some of them support no other period. */
const PERIOD_SECONDS = 30;
const DIGITS = 6;

/** Steps before and after the current one that are accepted: clocks differ, and typing takes time. */
const LEEWAY = 1;

/** Bytes: the length of the digest, as RFC 4226 recommends. */
const SECRET_LENGTH = 20;

/** A new secret for an authenticator app, in base 32. */
export function newOneTimePasswordSecret(): string {
  return toBase32(randomBytes(SECRET_LENGTH));
}

/** The number of the 30-second period since 1970 that contains the time. */
export function stepOf(milliseconds: number): number {
  return Math.floor(milliseconds / 1000 / PERIOD_SECONDS);
}

/**
 * The one-time password of a secret in one time step.
 *
 * @param secret the secret in base 32.
 * @param digits the number of digits, six by default.
 * @throws RangeError if the secret is not base 32
 * @example
 * oneTimePassword(secret, stepOf(Date.now())); // '492039'
 * @see RFC 6238, with the digest SHA-1; RFC 4226, section 5.3.
 */
export function oneTimePassword(secret: string, step: number, digits: number = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const number = digest.readUInt32BE((digest[digest.length - 1] ?? 0) & 15) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/**
 * The time step of the typed password, if it is the current step or the one before or after it.
 *
 * @param usedStep the last step whose password was accepted. That step and earlier ones are not accepted again.
 * @example
 * const step = matchingStep(secret, '492 039', Date.now(), lastStep);
 * @see RFC 6238, section 5.2: a password can be used once.
 */
export function matchingStep(secret: string, typed: string, now: number, usedStep = -1): number | undefined {
  const code = Buffer.from(typed.replace(/\s/g, ''));
  // An administrator may have enrolled the user with an empty secret.
  if (code.length !== DIGITS || fromBase32(secret).length === 0) return undefined;
  const current = stepOf(now);
  let found: number | undefined;
  for (let step = Math.max(0, current - LEEWAY); step <= current + LEEWAY; step += 1) {
    const matches = timingSafeEqual(code, Buffer.from(oneTimePassword(secret, step)));
    if (matches && step > usedStep) found ??= step;
  }
  return found;
}

/**
 * The URI from which an authenticator app reads an account, shown as a QR code.
 *
 * @example
 * authenticatorAddress({ issuer: 'tenant', account: 'ada@example.com', secret });
 * // 'otpauth://totp/tenant:ada%40example.com?secret=…&issuer=tenant&algorithm=SHA1&digits=6&period=30'
 * @see Auth0 docs: "Enroll and Challenge OTP Authenticators", `barcode_uri`.
 */
export function authenticatorAddress({
  issuer,
  account,
  secret,
}: {
  readonly issuer: string;
  readonly account: string;
  readonly secret: string;
}): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  const query = `secret=${secret}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${DIGITS}&period=${PERIOD_SECONDS}`;
  return `otpauth://totp/${label}?${query}`;
}
