import { compiledRules } from '../../policy/compiled-rules.ts';
import { onlyConnection } from '../../policy/directory-user.ts';
import { metadataValue } from '../../policy/metadata-value.ts';
import type { Policy } from '../../policy/policy.ts';
import type { ExportedUser } from '../people/exported-user.ts';
import type { KnownDomain } from './domain-memory.ts';

/** Traits that are remembered. */
const MOST_TRAITS = 2000;
/** The trait of values that no rule names. */
const OTHER = 0;
/** More than one value may count: such a user is a kind of their own. */
const SEVERAL = -1;

/**
 * Computes a value once for all users of a kind: those with the same domain, verification status and roles, and, if the
 * rules look at them, the same connection and the same values in `app_metadata`. A decision depends on nothing else of a user,
 * unless a rule names their address.
 *
 * @example
 * const verdicts = new UserKinds([policy], (user, roles) => verdictOf(policy, 'b1Xk…', user, roles, Date.now()));
 * verdicts.of(user, domains.domainOf(user.email), roles)
 */
export class UserKinds<T extends object> {
  readonly #make: (user: ExportedUser, roles: readonly string[], domain: KnownDomain) => T;
  /** The parts in front of the @ of the addresses that rules name, by domain. */
  readonly #named = new Map<string, Set<string>>();
  /** Numbers of the connections that rules name, from 1 on. */
  readonly #connections: ReadonlyMap<unknown, number>;
  /** For each path in `app_metadata`, the numbers of the values that rules name. */
  readonly #metadata: readonly { readonly steps: readonly string[]; readonly values: ReadonlyMap<unknown, number> }[];
  /** By what rules look at in connection and metadata, as one number; then by roles. */
  readonly #byTrait = new Map<number, Map<readonly string[], T[]>>();

  /** @param policies the policies whose decisions the value depends on */
  constructor(
    policies: readonly Policy[],
    make: (user: ExportedUser, roles: readonly string[], domain: KnownDomain) => T,
  ) {
    this.#make = make;
    const rules = policies.map(compiledRules);
    for (const address of rules.flatMap(({ namedAddresses }) => [...namedAddresses])) {
      const at = address.lastIndexOf('@');
      const domain = address.slice(at + 1);
      const named = this.#named.get(domain) ?? new Set();
      this.#named.set(domain, named.add(address.slice(0, at)));
    }
    const conditions = rules.flatMap((one) => one.conditions);
    this.#connections = numbered(conditions.flatMap(({ connection = [] }) => connection));
    const paths = Map.groupBy(
      conditions.flatMap(({ appMetadata = {} }) => Object.entries(appMetadata)),
      ([path]) => path,
    );
    this.#metadata = [...paths].map(([path, entries]) => ({
      steps: path.split('.'),
      values: numbered(entries.flatMap(([, values]) => values)),
    }));
  }

  /**
   * Returns the value of the user's kind.
   *
   * @param roles from `RoleHolders`, which has one list for each combination
   * @returns `undefined` for a user who is a kind of their own
   */
  of(user: ExportedUser, domain: KnownDomain, roles: readonly string[]): T | undefined {
    const { index, name } = domain;
    if (index === undefined || (this.#named.size > 0 && this.#isNamed(user, name))) return undefined;
    const combinations = this.#combinationsOf(user);
    if (combinations === undefined) return undefined;
    let values = combinations.get(roles);
    if (values === undefined) {
      values = [];
      combinations.set(roles, values);
    }
    const place = index * 2 + (user.email_verified === true ? 1 : 0);
    const known = values[place];
    if (known !== undefined) return known;
    const value = this.#make(user, roles, domain);
    values[place] = value;
    return value;
  }

  /** The values so far. */
  *values(): Generator<T> {
    for (const combinations of this.#byTrait.values()) {
      for (const list of combinations.values()) {
        for (const value of list) if (value !== undefined) yield value;
      }
    }
  }

  /** A domain that is remembered has only plain letters in front of the @. */
  #isNamed({ email = '' }: ExportedUser, domain: string | undefined): boolean {
    const named = domain === undefined ? undefined : this.#named.get(domain);
    return named?.has(email.slice(0, email.indexOf('@')).toLowerCase()) === true;
  }

  #combinationsOf(user: ExportedUser): Map<readonly string[], T[]> | undefined {
    const trait = this.#traitOf(user);
    if (trait === SEVERAL) return undefined;
    const known = this.#byTrait.get(trait);
    if (known !== undefined || this.#byTrait.size >= MOST_TRAITS) return known;
    const combinations = new Map<readonly string[], T[]>();
    this.#byTrait.set(trait, combinations);
    return combinations;
  }

  #traitOf(user: ExportedUser): number {
    let trait = 0;
    if (this.#connections.size > 0) {
      const connection = onlyConnection(user);
      if (connection === undefined) return SEVERAL;
      trait = this.#connections.get(connection) ?? OTHER;
    }
    for (const { steps, values } of this.#metadata) {
      const value =
        user.app_metadata === undefined || user.app_metadata === null
          ? undefined
          : metadataValue(user.app_metadata, steps);
      if (Array.isArray(value)) return SEVERAL;
      trait = trait * (values.size + 1) + (values.get(value) ?? OTHER);
    }
    return Number.isSafeInteger(trait) ? trait : SEVERAL;
  }
}

function numbered(values: readonly unknown[]): Map<unknown, number> {
  return new Map([...new Set(values)].map((value, index) => [value, index + 1]));
}
