import { randomInt } from 'node:crypto';
import { userKey } from './user-key.ts';

/** A user that is not there. */
const NOBODY = 0;
const NO_ROLES: readonly string[] = [];
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
  /** Drawn anew each time: nobody can make ids that are taken for others. */
  readonly #seed = randomInt(2 ** 32);
  #capacity = 2 ** 16;
  #high = new Uint32Array(this.#capacity);
  #low = new Uint32Array(this.#capacity);
  #sets = new Uint32Array(this.#capacity);
  #count = 0;
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
    const low = this.#key[0] ?? 0;
    const high = this.#key[1] ?? 0;
    const slot = this.#slotOf(high, low);
    const before = this.#sets[slot] ?? NOBODY;
    if (before === NOBODY) {
      this.#high[slot] = high;
      this.#low[slot] = low;
      this.#count += 1;
    }
    this.#sets[slot] = this.#extended(before === NOBODY ? 1 : before, role);
  }

  /** Names of the roles that a user holds, as far as they were added. */
  rolesOf(userId: string): readonly string[] {
    userKey(userId, this.#seed, this.#key);
    const slot = this.#slotOf(this.#key[1] ?? 0, this.#key[0] ?? 0);
    return this.#combinations[this.#sets[slot] ?? NOBODY] ?? NO_ROLES;
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

  #slotOf(high: number, low: number): number {
    const mask = this.#capacity - 1;
    let slot = low & mask;
    while (this.#sets[slot] !== NOBODY && (this.#low[slot] !== low || this.#high[slot] !== high)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const [highs, lows, sets] = [this.#high, this.#low, this.#sets];
    this.#capacity *= 2;
    this.#high = new Uint32Array(this.#capacity);
    this.#low = new Uint32Array(this.#capacity);
    this.#sets = new Uint32Array(this.#capacity);
    for (let at = 0; at < sets.length; at += 1) {
      const set = sets[at] ?? NOBODY;
      if (set === NOBODY) continue;
      const [high, low] = [highs[at] ?? 0, lows[at] ?? 0];
      const slot = this.#slotOf(high, low);
      this.#high[slot] = high;
      this.#low[slot] = low;
      this.#sets[slot] = set;
    }
  }
}
