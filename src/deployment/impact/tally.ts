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
  readonly #domains = new Map<string, number>();

  /** @returns whether it names no further users */
  add({ user_id: userId, email }: ExportedUser, domain: KnownDomain): boolean {
    this.addMany(1, domain);
    if (this.#people.length < PEOPLE_SHOWN) this.#people.push({ userId, email });
    return this.#people.length >= PEOPLE_SHOWN;
  }

  addMany(count: number, { name = NO_DOMAIN }: KnownDomain): void {
    this.#count += count;
    const domain = this.#domains.has(name) || this.#domains.size < DOMAINS_KEPT ? name : '(others)';
    this.#domains.set(domain, (this.#domains.get(domain) ?? 0) + count);
  }

  result(): Tally {
    const domains = [...this.#domains]
      .map(([domain, count]) => ({ domain, count }))
      .sort((a, b) => b.count - a.count || (a.domain < b.domain ? -1 : 1));
    return { count: this.#count, people: this.#people, domains: domains.slice(0, DOMAINS_SHOWN) };
  }
}

/** Tallies by name, created when they are first needed. */
export class NamedTallies {
  readonly #tallies = new Map<string, PeopleTally>();

  /**
   * @param domain the domain of the user's e-mail address
   * @returns whether the tally names no further users, so that `addMany` is enough
   */
  add(name: string, user: ExportedUser, domain: KnownDomain): boolean {
    return this.#tallyOf(name).add(user, domain);
  }

  /** Adds users with the same domain. */
  addMany(name: string, count: number, domain: KnownDomain): void {
    this.#tallyOf(name).addMany(count, domain);
  }

  /** Returns the tallies, the largest first. */
  result(): Record<string, Tally> {
    const entries = [...this.#tallies].map(([name, tally]) => [name, tally.result()] as const);
    return Object.fromEntries(entries.sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1)));
  }

  #tallyOf(name: string): PeopleTally {
    let tally = this.#tallies.get(name);
    if (tally === undefined) {
      tally = new PeopleTally();
      this.#tallies.set(name, tally);
    }
    return tally;
  }
}
