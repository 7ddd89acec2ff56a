/**
 * An e-mail address, masked for a user who has not shown that the address is theirs.
 *
 * @example
 * maskedAddress('chuck334@example.com'); // 'chuc****@exam*******'
 */
export function maskedAddress(email: string): string {
  const at = email.lastIndexOf('@');
  const local = email.slice(0, at);
  const domain = email.slice(at + 1);
  const maskedLocal = local.length > 4 ? local.slice(0, 4).padEnd(local.length, '*') : '****';
  return `${maskedLocal}@${domain.slice(0, 4).padEnd(domain.length, '*')}`;
}
