import type { ExportedUser } from '../people/exported-user.ts';
import type { KnownDomain } from './domain-memory.ts';

/**
 * Computes a value once for all users with the same domain, the same verification status and the same roles: a decision
 * depends on nothing else of a user.
 *
 * @example
 * const verdicts = new OncePerKind((user, roles) => verdictOf(policy, 'b1Xk…', user, roles));
 * verdicts.of(user, domains.domainOf(user.email), roles)
 */
export class OncePerKind<T extends object | undefined> {
  readonly #make: (user: ExportedUser, roles: readonly string[]) => T;
  /** By the list of roles itself, of which there is one for each combination; then by domain and verification status. */
  readonly #known = new Map<readonly string[], T[]>();

  constructor(make: (user: ExportedUser, roles: readonly string[]) => T) {
    this.#make = make;
  }

  /** @param roles from `RoleHolders`, which has one list for each combination */
  of(user: ExportedUser, { index }: KnownDomain, roles: readonly string[]): T {
    if (index === undefined) return this.#make(user, roles);
    let values = this.#known.get(roles);
    if (values === undefined) {
      values = [];
      this.#known.set(roles, values);
    }
    const place = index * 2 + (user.email_verified === true ? 1 : 0);
    const known = values[place];
    if (known !== undefined) return known;
    const value = this.#make(user, roles);
    values[place] = value;
    return value;
  }
}
