import { createHash, createHmac, pbkdf2, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import {
  argon2Verify,
  bcryptVerify,
  createHMAC,
  createMD4,
  createWhirlpool,
  pbkdf2 as derivePbkdf2,
  md4,
} from 'hash-wasm';
import { type CustomPasswordHash, ldapParts, pbkdf2Parts } from './imported-hash.ts';
import { readImport } from './stored-import.ts';

/** bcrypt ignores all bytes after these. */
const bcryptBytes = 72;
const deriveScrypt = promisify<string | Buffer, Buffer, number, object, Buffer>(scrypt);
const derive = promisify(pbkdf2);

/**
 * Whether the password is the one of an imported hash.
 *
 * @param stored a result of {@link storedImport}
 * @example
 * if (isImported(hash) && (await verifyImported('secret', hash))) store.users.setPasswordHash(id, await hashPassword('secret'));
 */
export async function verifyImported(password: string, stored: string): Promise<boolean> {
  const custom = readImport(stored);
  const { algorithm, hash } = custom;
  if (password === '') return false;
  const bytes = Buffer.from(password, custom.password?.encoding ?? 'utf8');
  const salted = withSalt(bytes, custom.salt);
  switch (algorithm) {
    case 'argon2':
      return argon2Verify({ password: bytes, hash: hash.value });
    case 'bcrypt':
      return bcryptVerify({ password: salted.subarray(0, bcryptBytes), hash: hash.value });
    case 'ldap':
      return verifyLdap(bytes, hash.value);
    case 'pbkdf2':
      return verifyPbkdf2(bytes, hash.value);
    case 'scrypt':
      return isSame(await scryptKey(bytes, custom), decode(hash.value, hash.encoding));
    case 'hmac':
      return isSame(await hmac(salted, hash), decode(hash.value, hash.encoding));
    default:
      return isSame(await digest(algorithm, salted), decode(hash.value, hash.encoding));
  }
}

function withSalt(password: Buffer, salt: CustomPasswordHash['salt']): Buffer {
  if (salt === undefined) return password;
  const bytes = decode(salt.value, salt.encoding);
  return Buffer.concat(salt.position === 'suffix' ? [password, bytes] : [bytes, password]);
}

function decode(value: string, encoding: 'base64' | 'hex' | 'utf8' = 'utf8'): Buffer {
  return Buffer.from(value, encoding);
}

function isSame(one: Buffer, other: Buffer): boolean {
  return one.length > 0 && one.length === other.length && timingSafeEqual(one, other);
}

/** Node.js has no MD4: OpenSSL 3 keeps it apart. */
async function digest(name: string, bytes: Buffer): Promise<Buffer> {
  return name === 'md4' ? Buffer.from(await md4(bytes), 'hex') : createHash(name).update(bytes).digest();
}

/** A digest that Node.js does not have; nothing for the others. */
function otherDigest(name: string) {
  if (name === 'md4') return createMD4();
  return name === 'whirlpool' ? createWhirlpool() : undefined;
}

async function hmac(bytes: Buffer, { digest: name = 'sha1', key }: CustomPasswordHash['hash']): Promise<Buffer> {
  const secret = decode(key?.value ?? '', key?.encoding);
  const other = otherDigest(name);
  if (other === undefined) return createHmac(name, secret).update(bytes).digest();
  return Buffer.from((await createHMAC(other, secret)).update(bytes).digest('binary'));
}

async function verifyLdap(password: Buffer, value: string): Promise<boolean> {
  const parts = ldapParts(value);
  if (parts === undefined) return false;
  const length = createHash(parts.digest).digest().length;
  const salt = parts.salted ? parts.bytes.subarray(length) : Buffer.alloc(0);
  const key = parts.salted ? parts.bytes.subarray(0, length) : parts.bytes;
  return isSame(await digest(parts.digest, Buffer.concat([password, salt])), key);
}

async function verifyPbkdf2(password: Buffer, value: string): Promise<boolean> {
  const parts = pbkdf2Parts(value);
  if (parts === undefined) return false;
  const salt = Buffer.from(parts.salt, 'base64');
  const { iterations, length } = parts;
  const hashFunction = otherDigest(parts.digest);
  const key =
    hashFunction === undefined
      ? await derive(password, salt, iterations, length, parts.digest)
      : await derivePbkdf2({ password, salt, iterations, hashLength: length, hashFunction, outputType: 'binary' });
  return isSame(Buffer.from(key), Buffer.from(parts.key, 'base64'));
}

function scryptKey(password: Buffer, custom: CustomPasswordHash): Promise<Buffer> {
  const { salt, keylen = 0, cost = 16_384, blockSize = 8, parallelization = 1 } = custom;
  const options = { N: cost, r: blockSize, p: parallelization, maxmem: 128 * 1024 * 1024 };
  return deriveScrypt(password, decode(salt?.value ?? '', salt?.encoding), keylen, options);
}
