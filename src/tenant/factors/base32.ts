const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Bytes in base 32 without padding, the format of secrets in authenticator apps.
 *
 * @example
 * toBase32(Buffer.from('foobar')); // 'MZXW6YTBOI'
 * @see RFC 4648, section 6.
 */
export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(buffer >> bits) & 31];
    }
  }
  return bits === 0 ? text : text + ALPHABET[(buffer << (5 - bits)) & 31];
}

/**
 * Decodes base 32. Lower case, spaces and padding are accepted.
 *
 * @throws RangeError for a character that base 32 does not have
 * @example
 * fromBase32('mzxw 6ytb oi======').toString(); // 'foobar'
 * @see RFC 4648, section 6.
 */
export function fromBase32(text: string): Buffer {
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const character of text.toUpperCase().replace(/[\s=]/g, '')) {
    const value = ALPHABET.indexOf(character);
    if (value === -1) throw new RangeError('The secret has a character that base 32 does not have.');
    buffer = ((buffer << 5) | value) & 0xffff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((buffer >> bits) & 255);
  }
  return Buffer.from(bytes);
}
