//! The domain of an e-mail address; none for an address that only looks like one.
import { foldDomain } from './domain-name.ts';

/** RFC 5321, section 4.5.3.1: 64 octets before the sign, 255 behind it. */
const LONGEST_EMAIL = 320;
/** An unquoted local part: RFC 5322's `atext` and dots, and what RFC 6531 adds beyond ASCII. */
const LOCAL_PART = /^[\w.!#$%&'*+/=?^`{|}~\-\u0080-\u{10ffff}]+$/u;
const INVISIBLE = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;
/** RFC 2047: some mail software decodes such text within an address, and then delivers to another address. */
const ENCODED_WORD = '=?';

/**
 * Returns the domain of an e-mail address, in lower case and NFC.
 *
 * Stricter than RFC 5322 on purpose: quoted local parts, comments, address literals and a second `@` can make an address
 * look as if it belonged to a domain to which it is not delivered.
 *
 * @param email an address as the identity provider sends it, if it sends one
 * @returns such as `water.example`; `undefined` if the text is not usable as an address
 * @example emailDomain('Ann@Water.Example.') // 'water.example'
 */
export function emailDomain(email: string | undefined): string | undefined {
  if (typeof email !== 'string' || email.length > LONGEST_EMAIL) return undefined;
  const at = email.lastIndexOf('@');
  if (at < 0) return undefined;
  const localPart = email.slice(0, at);
  if (!LOCAL_PART.test(localPart) || INVISIBLE.test(localPart) || localPart.includes(ENCODED_WORD)) return undefined;
  return foldDomain(email.slice(at + 1));
}
