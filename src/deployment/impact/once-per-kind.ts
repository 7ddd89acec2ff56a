import type { ExportedUser } from '../people/exported-user.ts';
import type { KnownDomain } from './domain-memory.ts';

/**
 * Works something out once for all users who have the same domain, the same confirmation of it and the same roles: a decision looks
 * at nothing else of a user.
 *
 * @example
 * const verdicts = new OncePerKind((user, roles) => verdictOf(policy, 'b1Xk…', user, roles));
 * verdicts.of(user, domains.domainOf(user.email), roles)
 */
export class OncePerKind<T extends object | undefined> {
  readonly #make: (user: ExportedUser, roles: readonly string[]) => T;
  /** By the list of roles itself, of which there are few and each is kept as one; then by the domain and its confirmation. */
  readonly #known = new Map<readonly string[], T[]>();

  constructor(make: (user: ExportedUser, roles: readonly string[]) => T) {
    this.#make = make;
  }

  /** @param roles as `RoleHolders` gives them, which has one list for each combination */
  of(user: ExportedUser, { index }: KnownDomain, roles: readonly string[]): T {
    if (index === undefined) return this.#make(user, roles);
    let made = this.#known.get(roles);
    if (made === undefined) {
      made = [];
      this.#known.set(roles, made);
    }
    const place = index * 2 + (user.email_verified === true ? 1 : 0);
    const known = made[place];
    if (known !== undefined) return known;
    const value = this.#make(user, roles);
    made[place] = value;
    return value;
  }
}
