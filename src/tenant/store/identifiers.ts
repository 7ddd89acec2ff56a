import { randomBytes, randomInt } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Random letters and digits, as Auth0 uses them in ids. */
export function randomName(length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** `rol_…`, `con_…`, `cgr_…` */
export function prefixedId(prefix: 'rol' | 'con' | 'cgr' | 'job'): string {
  return `${prefix}_${randomName(16)}`;
}

/** 24 hexadecimal digits, as in the ids of resource servers and database users. */
export function hexadecimalId(): string {
  return randomBytes(12).toString('hex');
}

/** 64 characters that need no encoding in a URL: 384 random bits. */
export function clientSecret(): string {
  return randomBytes(48).toString('base64url');
}

const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** `acl_…`, `est_…`: 22 letters and digits without those that look alike, as in the ids of newer resources. */
export function base58Id(prefix: string): string {
  return `${prefix}${Array.from({ length: 22 }, () => base58[randomInt(base58.length)]).join('')}`;
}
