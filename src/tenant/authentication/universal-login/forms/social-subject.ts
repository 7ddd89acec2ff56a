import { createHash } from 'node:crypto';

/**
 * The identifier that the stand-in gives a user: 21 digits, like Google's. The same address always has the same
 * identifier, so a user who returns with another name, or with a verified address, is still the same user.
 *
 * @param email the e-mail address, or an empty string.
 * @param name the name, which distinguishes users without an address.
 * @example
 * socialSubject('ada@example.com', 'Ada') === socialSubject('ADA@example.com', ''); // true
 */
export function socialSubject(email: string, name: string): string {
  const identity = email === '' ? `name:${name}` : `email:${email.toLowerCase()}`;
  const digest = createHash('sha256').update(identity).digest('hex');
  return `1${String(BigInt(`0x${digest}`) % 10n ** 20n).padStart(20, '0')}`;
}
