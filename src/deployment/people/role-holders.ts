import { randomInt } from 'node:crypto';
import { userKey } from './user-key.ts';

/** A user that is not there. */
const NOBODY = 0;
/** Numbers a place takes; a power of two lies better in the memory. */
const WIDTH = 4;
const NO_ROLES: readonly string[] = [];
/** At most so full: beyond that, looking up gets slow. */
const FULL = 0.7;

/**
 * Which roles each user holds, for as many users as a tenant has: some 32 bytes each. Users are kept as 64 bits of a hash of
 * their ids; that two of a million share them is one in thirty million.
 *
 * @example
 * const holders = new RoleHolders();
 * holders.add('auth0|65f0', 'ORG:WATER');
 * holders.rolesOf('auth0|65f0') // ['ORG:WATER']
 */
export class RoleHolders {
  /** Drawn anew each time: nobody can make ids that are taken for others. */
  readonly #seed = randomInt(2 ** 32);
  #capacity = 2 ** 16;
  /** For each place the combination of roles and both halves of the key side by side: one look at the memory. */
  #places = new Uint32Array(this.#capacity * WIDTH);
  #count = 0;
  /** A bit for each key, eight times as many as places: most users hold nothing, and this is small enough to stay near. */
  #held = new Uint8Array(this.#capacity);
  /** Of the user who is looked at. */
  readonly #key = new Uint32Array(2);
  /** Every combination of roles that somebody holds; the first is none. */
  readonly #combinations: (readonly string[])[] = [[], []];
  readonly #byName = new Map<string, number>();
  /** Which combination a role leads to from another. */
  readonly #steps: Map<string, number>[] = [];

  /** How many users hold any. */
  get size(): number {
    return this.#count;
  }

  /** Doing it twice changes nothing. */
  add(userId: string, role: string): void {
    if (this.#count + 1 > this.#capacity * FULL) this.#grow();
    userKey(userId, this.#seed, this.#key);
    const at = this.#placeOf(this.#key[0] ?? 0, this.#key[1] ?? 0);
    const before = this.#places[at] ?? NOBODY;
    if (before === NOBODY) {
      this.#mark(this.#key[0] ?? 0);
      this.#places[at + 1] = this.#key[0] ?? 0;
      this.#places[at + 2] = this.#key[1] ?? 0;
      this.#count += 1;
    }
    this.#places[at] = this.#extended(before === NOBODY ? 1 : before, role);
  }

  /** Names of the roles that a user holds, as far as they were added. */
  rolesOf(userId: string): readonly string[] {
    userKey(userId, this.#seed, this.#key);
    const low = this.#key[0] ?? 0;
    const bit = low & (this.#capacity * 8 - 1);
    if (((this.#held[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) return NO_ROLES;
    const at = this.#placeOf(low, this.#key[1] ?? 0);
    return this.#combinations[this.#places[at] ?? NOBODY] ?? NO_ROLES;
  }

  #mark(low: number): void {
    const bit = low & (this.#capacity * 8 - 1);
    this.#held[bit >>> 3] = (this.#held[bit >>> 3] ?? 0) | (1 << (bit & 7));
  }

  #extended(combination: number, role: string): number {
    const steps = this.#steps[combination] ?? new Map<string, number>();
    this.#steps[combination] = steps;
    const known = steps.get(role);
    if (known !== undefined) return known;
    const next = this.#combinationWith(this.#combinations[combination] ?? [], role);
    steps.set(role, next);
    return next;
  }

  #combinationWith(held: readonly string[], role: string): number {
    const roles = [...new Set([...held, role])].sort();
    const name = JSON.stringify(roles);
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const next = this.#combinations.push(roles) - 1;
    this.#byName.set(name, next);
    return next;
  }

  #placeOf(low: number, high: number): number {
    const mask = this.#capacity - 1;
    const places = this.#places;
    let at = (low & mask) * WIDTH;
    while (places[at] !== NOBODY && (places[at + 1] !== low || places[at + 2] !== high)) {
      at = ((at / WIDTH + 1) & mask) * WIDTH;
    }
    return at;
  }

  #grow(): void {
    const before = this.#places;
    this.#capacity *= 2;
    this.#places = new Uint32Array(this.#capacity * WIDTH);
    this.#held = new Uint8Array(this.#capacity);
    for (let from = 0; from < before.length; from += WIDTH) {
      if (before[from] === NOBODY) continue;
      const at = this.#placeOf(before[from + 1] ?? 0, before[from + 2] ?? 0);
      this.#places.set(before.subarray(from, from + WIDTH), at);
      this.#mark(before[from + 1] ?? 0);
    }
  }
}
