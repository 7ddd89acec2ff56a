import { hash } from 'node:crypto';

/** A user that is not there. */
const NOBODY = 0;
/** At most so full: beyond that, looking up gets slow. */
const FULL = 0.7;

/**
 * Which roles each user holds, for as many users as a tenant has: some 12 bytes each. Users are kept as 64 bits of a hash of
 * their ids; that two of a million share them is one in thirty million.
 *
 * @example
 * const holders = new RoleHolders();
 * holders.add('auth0|65f0', 'ORG:WATER');
 * holders.rolesOf('auth0|65f0') // ['ORG:WATER']
 */
export class RoleHolders {
  #capacity = 1024;
  #keys = new BigUint64Array(this.#capacity);
  #sets = new Uint32Array(this.#capacity);
  #count = 0;
  /** Every combination of roles that somebody holds; the first is none. */
  readonly #combinations: (readonly string[])[] = [[], []];
  readonly #withRole = new Map<string, number>();

  /** How many users hold any. */
  get size(): number {
    return this.#count;
  }

  /** Doing it twice changes nothing. */
  add(userId: string, role: string): void {
    if (this.#count + 1 > this.#capacity * FULL) this.#grow();
    const key = keyOf(userId);
    const slot = this.#slotOf(key);
    const before = this.#sets[slot] ?? NOBODY;
    if (before === NOBODY) {
      this.#keys[slot] = key;
      this.#count += 1;
    }
    this.#sets[slot] = this.#extended(before === NOBODY ? 1 : before, role);
  }

  /** Names of the roles that a user holds, as far as they were added. */
  rolesOf(userId: string): readonly string[] {
    return this.#combinations[this.#sets[this.#slotOf(keyOf(userId))] ?? NOBODY] ?? [];
  }

  #extended(combination: number, role: string): number {
    const held = this.#combinations[combination] ?? [];
    if (held.includes(role)) return combination;
    const name = JSON.stringify([...held, role].sort());
    const known = this.#withRole.get(name);
    if (known !== undefined) return known;
    const next = this.#combinations.push([...held, role].sort()) - 1;
    this.#withRole.set(name, next);
    return next;
  }

  #slotOf(key: bigint): number {
    const mask = this.#capacity - 1;
    let slot = Number(key & 0xffff_ffffn) & mask;
    while (this.#sets[slot] !== NOBODY && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [keys, sets] = [this.#keys, this.#sets];
    this.#capacity *= 2;
    this.#keys = new BigUint64Array(this.#capacity);
    this.#sets = new Uint32Array(this.#capacity);
    for (const [at, set] of sets.entries()) {
      if (set === NOBODY) continue;
      const key = keys[at] ?? 0n;
      const slot = this.#slotOf(key);
      this.#keys[slot] = key;
      this.#sets[slot] = set;
    }
  }
}

function keyOf(userId: string): bigint {
  return hash('sha256', userId, 'buffer').readBigUInt64LE();
}
