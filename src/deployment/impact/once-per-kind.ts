import { foldAddress } from '../../policy/fold-address.ts';
import type { ExportedUser } from '../people/exported-user.ts';
import type { KnownDomain } from './domain-memory.ts';

/**
 * Computes a value once for all users with the same domain, the same verification status and the same roles: a decision
 * depends on nothing else of a user, unless a rule names their address.
 *
 * @example
 * const verdicts = new OncePerKind((user, roles) => verdictOf(policy, 'b1Xk…', user, roles, Date.now()), namedAddresses);
 * verdicts.of(user, domains.domainOf(user.email), roles)
 */
export class OncePerKind<T extends object | undefined> {
  readonly #make: (user: ExportedUser, roles: readonly string[]) => T;
  readonly #named: ReadonlySet<string>;
  /** Domains of the named addresses: of users with other domains, the address is not looked at. */
  readonly #namedDomains: ReadonlySet<string>;
  /** By the list of roles itself, of which there is one for each combination; then by domain and verification status. */
  readonly #known = new Map<readonly string[], T[]>();

  /** @param named addresses that rules name, as `foldAddress` returns them */
  constructor(make: (user: ExportedUser, roles: readonly string[]) => T, named: ReadonlySet<string>) {
    this.#make = make;
    this.#named = named;
    this.#namedDomains = new Set([...named].map((address) => address.slice(address.lastIndexOf('@') + 1)));
  }

  /** @param roles from `RoleHolders`, which has one list for each combination */
  of(user: ExportedUser, { index, name }: KnownDomain, roles: readonly string[]): T {
    if (index === undefined || this.#isNamed(user, name)) return this.#make(user, roles);
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

  #isNamed({ email }: ExportedUser, domain: string | undefined): boolean {
    if (domain === undefined || !this.#namedDomains.has(domain)) return false;
    return this.#named.has(foldAddress(email) ?? '');
  }
}
