import { randomInt } from 'node:crypto';
import { userKey } from './user-key.ts';

/** Marks an empty slot. */
const EMPTY = 0;
/** Numbers per slot; a power of two is aligned better in memory. */
const WIDTH = 4;
const NO_ROLES: readonly string[] = [];
/** Maximum load of the table: above it, lookups get slow. */
const FULL = 0.7;

/**
 * The roles of each user, for as many users as a tenant has, in about 32 bytes each. A user is stored as a 64-bit hash of the
 * user ID. The probability that two of a million users share a hash is one in thirty million.
 *
 * @example
 * const holders = new RoleHolders();
 * holders.add('auth0|65f0', 'ORG:WATER');
 * holders.rolesOf('auth0|65f0') // ['ORG:WATER']
 */
export class RoleHolders {
  /** Random for each table, so that no one can construct user IDs that collide. */
  readonly #seed = randomInt(2 ** 32);
  #capacity = 2 ** 16;
  /** The combination of roles and both halves of the key of each slot, side by side for one memory access. */
  #places = new Uint32Array(this.#capacity * WIDTH);
  #count = 0;
  /** A bit for each key, eight times as many as slots: most users have no role, and this is small enough for the cache. */
  #held = new Uint8Array(this.#capacity);
  /** Key of the user of the current call. */
  readonly #key = new Uint32Array(2);
  /** Every combination of roles that occurs; the first is empty. */
  readonly #combinations: (readonly string[])[] = [[], []];
  readonly #byName = new Map<string, number>();
  /** For each combination: the combination that adding a role leads to. */
  readonly #steps: Map<string, number>[] = [];

  /** Number of users with any role. */
  get size(): number {
    return this.#count;
  }

  /** Adds a role to a user. Adding it twice changes nothing. */
  add(userId: string, role: string): void {
    if (this.#count + 1 > this.#capacity * FULL) this.#grow();
    userKey(userId, this.#seed, this.#key);
    const at = this.#placeOf(this.#key[0] ?? 0, this.#key[1] ?? 0);
    const before = this.#places[at] ?? EMPTY;
    if (before === EMPTY) {
      this.#mark(this.#key[0] ?? 0);
      this.#places[at + 1] = this.#key[0] ?? 0;
      this.#places[at + 2] = this.#key[1] ?? 0;
      this.#count += 1;
    }
    this.#places[at] = this.#extended(before === EMPTY ? 1 : before, role);
  }

  /** Names of the roles of a user, as far as they were added. */
  rolesOf(userId: string): readonly string[] {
    userKey(userId, this.#seed, this.#key);
    const low = this.#key[0] ?? 0;
    const bit = low & (this.#capacity * 8 - 1);
    if (((this.#held[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) return NO_ROLES;
    const at = this.#placeOf(low, this.#key[1] ?? 0);
    return this.#combinations[this.#places[at] ?? EMPTY] ?? NO_ROLES;
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
    while (places[at] !== EMPTY && (places[at + 1] !== low || places[at + 2] !== high)) {
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
      if (before[from] === EMPTY) continue;
      const at = this.#placeOf(before[from + 1] ?? 0, before[from + 2] ?? 0);
      this.#places.set(before.subarray(from, from + WIDTH), at);
      this.#mark(before[from + 1] ?? 0);
    }
  }
}
