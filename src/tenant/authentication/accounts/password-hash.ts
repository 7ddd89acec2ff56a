import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

interface ScryptCost {
  /** The binary logarithm of N, the number of rounds over memory. */
  readonly logarithm: number;
  readonly blockSize: number;
  readonly parallelization: number;
}

/**
 * N = 2048, r = 8: 2 MiB and about 3 ms a login, measured on a core of a small cloud machine (N = 8192: 11 ms, half of
 * the login). The users of a local tenant are test users, so a fast login matters more than an expensive guess. A hash
 * carries its own cost, so older hashes stay valid if this cost is raised.
 */
const currentCost: ScryptCost = { logarithm: 11, blockSize: 8, parallelization: 1 };
/**
 * N = 32768, r = 8: 32 MiB and some 50 ms. The console's administrator has a password that opens the whole tenant, and signs in
 * seldom.
 */
const administratorCost: ScryptCost = { ...currentCost, logarithm: 15 };
const saltBytes = 16;
const keyBytes = 32;
const memoryLimit = 64 * 1024 * 1024;

/** Longer passwords are never hashed: normalizing a body of megabytes would waste time. */
export const longestPassword = 1024;

const hashFormat = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/**
 * A hash that matches no password, at the cost of a real one. Checking a password against it makes an unknown user take
 * as long as a wrong password, so that the response time does not reveal which users exist.
 */
export const unmatchableHash = encode(currentCost, Buffer.alloc(saltBytes), Buffer.alloc(keyBytes));

/**
 * Hashes a password with scrypt and a salt of its own.
 *
 * @param password as typed; compared in Unicode's NFKC form, so that it matches regardless of the keyboard.
 * @returns a string in the PHC format, `$scrypt$ln=11,r=8,p=1$<salt>$<key>`, with everything that the check needs.
 * @throws RangeError if the password is longer than {@link longestPassword} characters.
 * @example
 * store.users.insert(user, await hashPassword('correct horse battery staple'));
 * @see RFC 7914 (scrypt); NIST SP 800-63B, 5.1.1.2 (normalization); the PHC string format.
 */
export function hashPassword(password: string): Promise<string> {
  return hashAt(currentCost, password);
}

/**
 * Hashes the password of the console's administrator, at a higher cost than the passwords of the tenant's users.
 *
 * @throws RangeError if the password is longer than {@link longestPassword} characters.
 * @example
 * await hashAdministratorPassword('abcde-fghij-kmnpq-rstuv'); // $scrypt$ln=15,r=8,p=1$…
 */
export function hashAdministratorPassword(password: string): Promise<string> {
  return hashAt(administratorCost, password);
}

async function hashAt(cost: ScryptCost, password: string): Promise<string> {
  if (password.length > longestPassword) {
    throw new RangeError(`A password may have at most ${longestPassword} characters; this one has ${password.length}.`);
  }
  const salt = randomBytes(saltBytes);
  return encode(cost, salt, await derive(password, salt, keyBytes, cost));
}

/**
 * Whether the password is the one that was hashed. The time does not depend on where the keys differ.
 *
 * @param password as typed.
 * @param hash a result of {@link hashPassword}. Returns `false` for any other text and for a cost that is too high.
 * @example
 * await verifyPassword('guess', await hashPassword('secret')); // false
 */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const parsed = decode(hash);
  if (parsed === undefined || password.length > longestPassword) return false;
  const key = await derive(password, parsed.salt, parsed.key.length, parsed.cost);
  return timingSafeEqual(key, parsed.key);
}

function derive(password: string, salt: Buffer, length: number, cost: ScryptCost): Promise<Buffer> {
  const options = { N: 2 ** cost.logarithm, r: cost.blockSize, p: cost.parallelization, maxmem: memoryLimit };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, length, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function encode(cost: ScryptCost, salt: Buffer, key: Buffer): string {
  const parameters = `ln=${cost.logarithm},r=${cost.blockSize},p=${cost.parallelization}`;
  return `$scrypt$${parameters}$${unpadded(salt)}$${unpadded(key)}`;
}

function decode(hash: string): { cost: ScryptCost; salt: Buffer; key: Buffer } | undefined {
  const [, logarithm, blockSize, parallelization, salt, key] = hashFormat.exec(hash) ?? [];
  if (salt === undefined || key === undefined) return undefined;
  const cost = {
    logarithm: Number(logarithm),
    blockSize: Number(blockSize),
    parallelization: Number(parallelization),
  };
  return isAffordable(cost) ? { cost, salt: Buffer.from(salt, 'base64'), key: Buffer.from(key, 'base64') } : undefined;
}

/** Whether the cost is within bounds. A stored hash must not keep the tenant busy for minutes or exhaust its memory. */
function isAffordable({ logarithm, blockSize, parallelization }: ScryptCost): boolean {
  if (logarithm < 1 || blockSize < 1 || parallelization < 1 || parallelization > 16) return false;
  return 128 * blockSize * (2 ** logarithm + parallelization + 2) <= memoryLimit;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
