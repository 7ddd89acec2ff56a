//! A token as it is stored in the cache that all Actions of the trigger share: only this Action can open it.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
/** As NIST SP 800-38D recommends them for GCM. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The machine-to-machine application that a token belongs to. Its secret is the Action's own, which other Actions do not have. */
export interface TokenOwner {
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * Encrypts and authenticates a token: AES-256-GCM, the key by HKDF from the application's secret, its client id as
 * additional data.
 *
 * @returns base64 of nonce, tag and ciphertext: a different text each time
 * @example unsealToken(sealToken('eyJ…', owner), owner) // 'eyJ…'
 * @see RFC 5869 (HKDF)
 */
export function sealToken(token: string, owner: TokenOwner): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(owner), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(owner.clientId));
  const ciphertext = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]).toString('base64');
}

/**
 * Decrypts a token that {@link sealToken} sealed.
 *
 * @returns `undefined` for anything else: an entry of another Action, or one sealed with an earlier secret
 * @example unsealToken('bogus', owner) // undefined
 */
export function unsealToken(sealed: string, owner: TokenOwner): string | undefined {
  try {
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv(CIPHER, keyOf(owner), bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(owner.clientId));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const token = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return token.toString('utf8');
  } catch {
    return undefined;
  }
}

function keyOf({ clientSecret }: TokenOwner): Buffer {
  return Buffer.from(hkdfSync('sha256', clientSecret, '', 'portcullis token in the cache', KEY_BYTES));
}
