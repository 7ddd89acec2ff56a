/**
 * An e-mail address as it may be shown to somebody who is not known to have it.
 *
 * @example
 * maskedAddress('chuck334@example.com'); // 'chuc****@exam*******'
 */
export function maskedAddress(email: string): string {
  const at = email.lastIndexOf('@');
  const local = email.slice(0, at);
  const domain = email.slice(at + 1);
  const shownLocal = local.length > 4 ? local.slice(0, 4).padEnd(local.length, '*') : '****';
  return `${shownLocal}@${domain.slice(0, 4).padEnd(domain.length, '*')}`;
}
