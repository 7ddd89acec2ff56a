import { createHash } from 'node:crypto';

/**
 * The identifier that the stand-in gives a person: 21 digits, as Google's are. The same address always has the same
 * one, so that whoever comes back with another name, or verified this time, is the same user still.
 *
 * @param email the e-mail address, or an empty string.
 * @param name what tells people apart who have no address.
 * @example
 * socialSubject('ada@example.com', 'Ada') === socialSubject('ADA@example.com', ''); // true
 */
export function socialSubject(email: string, name: string): string {
  const person = email === '' ? `name:${name}` : `email:${email.toLowerCase()}`;
  const digest = createHash('sha256').update(person).digest('hex');
  return `1${String(BigInt(`0x${digest}`) % 10n ** 20n).padStart(20, '0')}`;
}
