import { z } from 'zod';

const encoding = z.enum(['base64', 'hex', 'utf8']);
const digests = ['md4', 'md5', 'ripemd160', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'whirlpool'] as const;
const positive = z.int().min(1);
const costTooHigh = 'This hash would cost too much at every login';

const argon2 =
  /^\$argon2(?:i|d|id)\$v=19\$m=(\d{1,7}),t=([1-9]\d{0,2}),p=([1-9]\d{0,2})\$[A-Za-z0-9+/]{11,}\$[A-Za-z0-9+/]{6,}$/;
const bcrypt = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;
const ldap = /^\{(md5|smd5|sha(?:1|224|256|384|512)?|ssha(?:1|224|256|384|512)?)\}([A-Za-z0-9+/]+={0,2})$/i;
const pbkdf2 = /^\$pbkdf2-([\w-]+)(?:\$([il]=\d{1,7}(?:,[il]=\d{1,7})?))?\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/**
 * The member `custom_password_hash` of an imported user.
 *
 * @see Auth0 docs: "Bulk User Import Database Schema and Examples"
 */
export const customPasswordHash = z
  .strictObject({
    algorithm: z.enum([
      'argon2',
      'bcrypt',
      'hmac',
      'ldap',
      'md4',
      'md5',
      'sha1',
      'sha256',
      'sha512',
      'pbkdf2',
      'scrypt',
    ]),
    hash: z.strictObject({
      value: z.string().min(1).max(2000),
      encoding: encoding.optional(),
      digest: z.enum(digests).optional(),
      key: z.strictObject({ value: z.string().max(2000), encoding: encoding.default('utf8') }).optional(),
    }),
    salt: z
      .strictObject({
        value: z.string().max(2000),
        encoding: encoding.default('utf8'),
        position: z.enum(['prefix', 'suffix']).default('prefix'),
      })
      .optional(),
    password: z
      .strictObject({ encoding: z.enum(['ascii', 'utf8', 'utf16le', 'ucs2', 'latin1', 'binary']).default('utf8') })
      .optional(),
    keylen: positive.max(512).optional(),
    cost: z
      .int()
      .min(2)
      .refine((cost) => Number.isInteger(Math.log2(cost)), { error: 'The cost must be a power of two' })
      .optional(),
    blockSize: positive.max(64).optional(),
    parallelization: positive.max(16).optional(),
  })
  .superRefine((custom, context) => {
    const problem = problemOf(custom);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  });

export type CustomPasswordHash = z.output<typeof customPasswordHash>;

/** The parts of a pbkdf2 hash in the PHC string format; nothing if it is not one, or its digest is not available. */
export function pbkdf2Parts(value: string) {
  const [, id = '', parameters = '', salt = '', key = ''] = pbkdf2.exec(value) ?? [];
  const numberOf = (name: string, otherwise: number) =>
    Number(new RegExp(`${name}=(\\d+)`).exec(parameters)?.[1] ?? otherwise);
  const name = id
    .toLowerCase()
    .replace(/^(rsa|ssl3)-|withrsa(encryption)?$/g, '')
    .replace(/-2$/, '');
  const digest = digests.find((known) => known === (['ripemd', 'rmd160'].includes(name) ? 'ripemd160' : name));
  if (digest === undefined) return undefined;
  return { digest, iterations: numberOf('i', 100_000), length: numberOf('l', 64), salt, key };
}

/** The digest, hash and salt of an LDAP `userPassword`; nothing if it is not one of the supported schemes. */
export function ldapParts(value: string) {
  const [, scheme = '', encoded = ''] = ldap.exec(value) ?? [];
  if (scheme === '') return undefined;
  const name = scheme.toLowerCase();
  const plain = name.startsWith('s') && !name.startsWith('sha') ? name.slice(1) : name;
  return { digest: plain === 'sha' ? 'sha1' : plain, salted: plain !== name, bytes: Buffer.from(encoded, 'base64') };
}

/** The mistake in a hash, in the words of Auth0's documentation; nothing if it can be checked at a login. */
function problemOf(
  custom: Pick<CustomPasswordHash, 'algorithm' | 'hash' | 'salt' | 'keylen' | 'cost' | 'blockSize' | 'parallelization'>,
) {
  const { algorithm, hash, salt } = custom;
  const isText = ['argon2', 'bcrypt', 'ldap', 'pbkdf2'].includes(algorithm);
  if (isText && (hash.encoding ?? 'utf8') !== 'utf8') return `The encoding of a ${algorithm} hash must be utf8`;
  if (!isText && !['hex', 'base64'].includes(hash.encoding ?? '')) {
    return `The encoding of a ${algorithm} hash must be hex or base64`;
  }
  if (isText && algorithm !== 'bcrypt' && salt !== undefined) return `A salt is not allowed with ${algorithm}`;
  switch (algorithm) {
    case 'argon2': {
      const [, memory, passes, lanes] = argon2.exec(hash.value) ?? [];
      if (memory === undefined) return 'The hash must be in the PHC string format of argon2';
      if (Number(memory) < 8 * Number(lanes)) return 'argon2 needs a memory (m) of at least 8 for each lane (p)';
      return Number(memory) * Number(passes) > 1_048_576 || Number(lanes) > 16 ? costTooHigh : undefined;
    }
    case 'bcrypt': {
      const [, rounds] = bcrypt.exec(hash.value) ?? [];
      if (rounds === undefined) return 'The hash must have one of the prefixes $2a$, $2b$ and $2y$';
      return Number(rounds) < 4 || Number(rounds) > 14 ? costTooHigh : undefined;
    }
    case 'ldap':
      return ldapParts(hash.value) === undefined ? 'The scheme must be one of md5, smd5, sha*, ssha*' : undefined;
    case 'pbkdf2': {
      const parts = pbkdf2Parts(hash.value);
      if (parts === undefined) return 'The hash must be in the PHC string format, with a digest that is supported';
      return parts.iterations < 1 || parts.length < 1 || parts.iterations > 1_000_000 || parts.length > 512
        ? costTooHigh
        : undefined;
    }
    case 'hmac':
      return hash.digest === undefined || hash.key === undefined ? 'hmac needs hash.digest and hash.key' : undefined;
    case 'scrypt': {
      const { keylen, blockSize = 8, cost = 16_384, parallelization = 1 } = custom;
      if (keylen === undefined) return 'scrypt needs keylen';
      // RFC 7914, section 2.
      if (cost >= 2 ** (16 * blockSize)) return 'The cost of scrypt must be below 2^(16 * blockSize)';
      const memory = 128 * blockSize * (cost + parallelization + 2);
      return memory > 64 * 1024 * 1024 ? costTooHigh : undefined;
    }
    default:
      return undefined;
  }
}
