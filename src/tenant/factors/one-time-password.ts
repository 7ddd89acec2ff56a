import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { fromBase32, toBase32 } from './base32.ts';

/** What authenticator apps take for granted, and some of them cannot do otherwise. */
const PERIOD_SECONDS = 30;
const DIGITS = 6;

/** Steps before and after the present one that are taken as well: clocks differ, and people type slowly. */
const LEEWAY = 1;

/** As long as the digest, as RFC 4226 recommends. Bytes. */
const SECRET_LENGTH = 20;

/** A new secret to share with somebody's authenticator app, in base 32. */
export function newOneTimePasswordSecret(): string {
  return toBase32(randomBytes(SECRET_LENGTH));
}

/** Which period of 30 seconds since 1970 a moment is in. */
export function stepOf(milliseconds: number): number {
  return Math.floor(milliseconds / 1000 / PERIOD_SECONDS);
}

/**
 * The password that a secret has in one step of time.
 *
 * @param secret in base 32.
 * @param digits how many; six unless said otherwise.
 * @throws RangeError where the secret is not base 32
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
 * The step of time whose password was typed, if it is the present one or the one before or after it.
 *
 * @param usedStep the last step whose password was taken: neither that one nor an earlier one is taken again.
 * @example
 * const step = matchingStep(secret, '492 039', Date.now(), lastStep);
 * @see RFC 6238, section 5.2: a password serves once.
 */
export function matchingStep(secret: string, typed: string, now: number, usedStep = -1): number | undefined {
  const code = Buffer.from(typed.replace(/\s/g, ''));
  // Whoever enrols a user may have given a secret that is none.
  if (code.length !== DIGITS || fromBase32(secret).length === 0) return undefined;
  const present = stepOf(now);
  let found: number | undefined;
  for (let step = Math.max(0, present - LEEWAY); step <= present + LEEWAY; step += 1) {
    const matches = timingSafeEqual(code, Buffer.from(oneTimePassword(secret, step)));
    if (matches && step > usedStep) found ??= step;
  }
  return found;
}

/**
 * The address that an authenticator app takes an account from, shown as a QR code.
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
