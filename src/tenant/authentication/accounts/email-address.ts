import { z } from 'zod';

const longestEmail = 254;
const sendable = z.email().max(longestEmail);

/** One at sign with plausible text on either side; the domain may be internationalized. */
const plausible = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[^\s@<>()[\]\\,;:"]{2,}$/u;

/** Control characters, line separators, and marks that change the direction of the text around them. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;

/**
 * Whether the text is an e-mail address that a database accepts at sign-up.
 *
 * @example
 * isEmailAddress('ada@example.com'); // true
 */
export function isEmailAddress(text: string): boolean {
  return sendable.safeParse(text).success;
}

/**
 * Whether the text could be an e-mail address from an identity provider. Internationalized addresses are included.
 *
 * @example
 * isProviderEmail('grete@bücher.example'); // true
 */
export function isProviderEmail(text: string): boolean {
  return text.length <= longestEmail && isPrintable(text) && plausible.test(text);
}

/**
 * Whether the text is one line that is displayed as it is: no control characters, no half of a surrogate pair, no
 * character that reorders the text around it.
 *
 * @example
 * isPrintable('Ada\u0000'); // false
 */
export function isPrintable(text: string): boolean {
  return text.isWellFormed() && !unprintable.test(text);
}
