import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase32, toBase32 } from '../../../src/tenant/factors/base32.ts';
import {
  authenticatorAddress,
  matchingStep,
  newOneTimePasswordSecret,
  oneTimePassword,
  stepOf,
} from '../../../src/tenant/factors/one-time-password.ts';

/** The secret in the examples of both RFCs. */
const secret = toBase32(Buffer.from('12345678901234567890'));

describe('a one-time password', () => {
  // RFC 6238, appendix B: the lines for SHA-1, which have eight digits.
  it.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('at second %i is %s', (seconds, expected) => {
    expect(oneTimePassword(secret, stepOf(seconds * 1000), 8)).toBe(expected);
  });

  // RFC 4226, appendix D: six digits, by counter.
  it.each(
    ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'].map(
      (expected, counter) => [counter, expected] as const,
    ),
  )('of counter %i is %s', (counter, expected) => {
    expect(oneTimePassword(secret, counter)).toBe(expected);
  });

  it('is accepted in its own step and the adjacent ones, with any spaces', () => {
    const now = 1_700_000_000_000;
    const step = stepOf(now);
    for (const offset of [-1, 0, 1]) {
      expect(matchingStep(secret, oneTimePassword(secret, step + offset), now)).toBe(step + offset);
    }
    for (const offset of [-2, 2]) {
      expect(matchingStep(secret, oneTimePassword(secret, step + offset), now)).toBeUndefined();
    }
    const spaced = oneTimePassword(secret, step).replace(/^(...)/, ' $1 ');
    expect(matchingStep(secret, spaced, now)).toBe(step);
  });

  it('is not accepted again, nor is an earlier one', () => {
    const now = 1_700_000_000_000;
    const step = stepOf(now);
    expect(matchingStep(secret, oneTimePassword(secret, step), now, step)).toBeUndefined();
    expect(matchingStep(secret, oneTimePassword(secret, step - 1), now, step)).toBeUndefined();
    expect(matchingStep(secret, oneTimePassword(secret, step + 1), now, step)).toBe(step + 1);
  });

  it('consists of six digits', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (typed) => {
        fc.pre(!/^\d{6}$/.test(typed.replace(/\s/g, '')));
        expect(matchingStep(secret, typed, 1_700_000_000_000)).toBeUndefined();
      }),
    );
  });

  it('requires a secret that is not empty', () => {
    for (const empty of ['', 'A', '=']) {
      const now = 1_700_000_000_000;
      expect(matchingStep(empty, oneTimePassword(empty, stepOf(now)), now)).toBeUndefined();
    }
  });

  it('has a new secret of 160 bits each time', () => {
    expect(fromBase32(newOneTimePasswordSecret())).toHaveLength(20);
    expect(newOneTimePasswordSecret()).not.toBe(newOneTimePasswordSecret());
  });

  it('has a URI that can be parsed, for every account name', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (account) => {
        const url = new URL(authenticatorAddress({ issuer: 'localhost:4001', account, secret }));
        expect(url.protocol).toBe('otpauth:');
        expect(url.host).toBe('totp');
        expect(decodeURIComponent(url.pathname.slice(1))).toBe(`localhost:4001:${account}`);
        expect(Object.fromEntries(url.searchParams)).toEqual({
          secret,
          issuer: 'localhost:4001',
          algorithm: 'SHA1',
          digits: '6',
          period: '30',
        });
      }),
    );
  });
});

describe('base 32', () => {
  // RFC 4648, section 10.
  it.each([
    ['', ''],
    ['f', 'MY======'],
    ['fo', 'MZXQ===='],
    ['foo', 'MZXW6==='],
    ['foob', 'MZXW6YQ='],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI======'],
  ])('of %j is %s', (text, encoded) => {
    expect(toBase32(Buffer.from(text))).toBe(encoded.replace(/=/g, ''));
    expect(fromBase32(encoded).toString()).toBe(text);
  });

  it('decodes to the original bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromBase32(toBase32(bytes).toLowerCase())).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('refuses characters that it does not have', () => {
    expect(() => fromBase32('MZXW1')).toThrow(RangeError);
  });
});
