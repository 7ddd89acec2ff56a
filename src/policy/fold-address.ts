//! The form in which whole e-mail addresses are compared.
import { emailDomain } from './email-domain.ts';

const ASCII_CHARACTER = /[\0-\x7f]/;

/**
 * Brings an e-mail address to the form in which two are compared: lower case and NFC on both sides of the `@`.
 *
 * A letter beyond ASCII that would turn into an ASCII letter (the Kelvin sign for a k) makes an address that only looks
 * like another person's: it is not usable.
 *
 * @param email an address as the identity provider sends it, if it sends one
 * @returns `undefined` if the text is not usable as an address
 * @example foldAddress('Ann@Water.Example.') // 'ann@water.example'
 */
export function foldAddress(email: string | undefined): string | undefined {
  const domain = emailDomain(email);
  if (email === undefined || domain === undefined) return undefined;
  const localPart = email.slice(0, email.lastIndexOf('@'));
  let lower = '';
  for (const character of localPart) {
    const folded = character.toLowerCase();
    if (!ASCII_CHARACTER.test(character) && ASCII_CHARACTER.test(folded.normalize('NFKC'))) return undefined;
    lower += folded;
  }
  return `${lower.normalize('NFC')}@${domain}`;
}
