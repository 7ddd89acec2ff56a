import type { ExportedUser } from '../people/exported-user.ts';
import type { KnownDomain } from './domain-memory.ts';

/** The number of users with the same difference, and some of them. */
export interface Tally {
  readonly count: number;
  /** The first of these users. */
  readonly people: readonly { readonly userId: string; readonly email: string | undefined }[];
  /** The most frequent e-mail domains of these users, the most frequent first. */
  readonly domains: readonly { readonly domain: string; readonly count: number }[];
}

const NO_DOMAIN = '(none)';
const PEOPLE_SHOWN = 10;
const DOMAINS_SHOWN = 10;
/** Limit of different domains; further domains are counted together. */
const DOMAINS_KEPT = 20_000;

/** Counts users in little memory, regardless of their number. */
class PeopleTally {
  #count = 0;
  readonly #people: { userId: string; email: string | undefined }[] = [];
  readonly #domains = new Map<string, { count: number }>();
  /** The same counts by the index of the domain. Several spellings of a domain share a count. */
  readonly #byIndex: { count: number }[] = [];

  /** @param domain the domain of the user's e-mail address */
  add({ user_id: userId, email }: ExportedUser, { name = NO_DOMAIN, index }: KnownDomain): void {
    this.#count += 1;
    if (this.#people.length < PEOPLE_SHOWN) this.#people.push({ userId, email });
    if (index === undefined) {
      this.#begin(name).count += 1;
      return;
    }
    // By index, since a lookup by name would happen for each of a million users.
    let counted = this.#byIndex[index];
    if (counted === undefined) {
      counted = this.#begin(name);
      this.#byIndex[index] = counted;
    }
    counted.count += 1;
  }

  #begin(domain: string): { count: number } {
    const name = this.#domains.has(domain) || this.#domains.size < DOMAINS_KEPT ? domain : '(others)';
    const known = this.#domains.get(name) ?? { count: 0 };
    this.#domains.set(name, known);
    return known;
  }

  result(): Tally {
    const domains = [...this.#domains]
      .map(([domain, { count }]) => ({ domain, count }))
      .sort((a, b) => b.count - a.count || (a.domain < b.domain ? -1 : 1));
    return { count: this.#count, people: this.#people, domains: domains.slice(0, DOMAINS_SHOWN) };
  }
}

/** Tallies by name, created when they are first needed. */
export class NamedTallies {
  readonly #tallies = new Map<string, PeopleTally>();

  add(name: string, user: ExportedUser, domain: KnownDomain): void {
    let tally = this.#tallies.get(name);
    if (tally === undefined) {
      tally = new PeopleTally();
      this.#tallies.set(name, tally);
    }
    tally.add(user, domain);
  }

  /** Returns the tallies, the largest first. */
  result(): Record<string, Tally> {
    const entries = [...this.#tallies].map(([name, tally]) => [name, tally.result()] as const);
    return Object.fromEntries(entries.sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1)));
  }
}
