import type { ExportedUser } from '../people/exported-user.ts';
import type { KnownDomain } from './domain-memory.ts';

/** Some people that something happens to: how many, and who among them. */
export interface Tally {
  readonly count: number;
  /** The first of them. */
  readonly people: readonly { readonly userId: string; readonly email: string | undefined }[];
  /** The e-mail domains that most of them have, the largest first. */
  readonly domains: readonly { readonly domain: string; readonly count: number }[];
}

const NO_DOMAIN = '(none)';
const PEOPLE_SHOWN = 10;
const DOMAINS_SHOWN = 10;
/** Beyond so many different domains, further ones are counted together. */
const DOMAINS_KEPT = 20_000;

/** Counts people in little memory, however many there are. */
class PeopleTally {
  #count = 0;
  readonly #people: { userId: string; email: string | undefined }[] = [];
  readonly #domains = new Map<string, { count: number }>();
  /** The same, by the number of the domain; several are written alike once they are read. */
  readonly #byIndex: { count: number }[] = [];

  /** @param domain that of their address */
  add({ user_id: userId, email }: ExportedUser, { name = NO_DOMAIN, index }: KnownDomain): void {
    this.#count += 1;
    if (this.#people.length < PEOPLE_SHOWN) this.#people.push({ userId, email });
    if (index === undefined) {
      this.#begin(name).count += 1;
      return;
    }
    // By number: a name would be looked up for each of a million.
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

/** Tallies by name, made when they are first needed. */
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

  /** The largest first. */
  result(): Record<string, Tally> {
    const entries = [...this.#tallies].map(([name, tally]) => [name, tally.result()] as const);
    return Object.fromEntries(entries.sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1)));
  }
}
