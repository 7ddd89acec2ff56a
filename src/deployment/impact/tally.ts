import type { ExportedUser } from '../people/exported-user.ts';

/** Some people that something happens to: how many, and who among them. */
export interface Tally {
  readonly count: number;
  /** The first of them. */
  readonly people: readonly { readonly userId: string; readonly email: string | undefined }[];
  /** The e-mail domains that most of them have, the largest first. */
  readonly domains: readonly { readonly domain: string; readonly count: number }[];
}

const PEOPLE_SHOWN = 10;
const DOMAINS_SHOWN = 10;
/** Beyond so many different domains, further ones are counted together. */
const DOMAINS_KEPT = 20_000;

/** Counts people in little memory, however many there are. */
export class PeopleTally {
  #count = 0;
  readonly #people: { userId: string; email: string | undefined }[] = [];
  readonly #domains = new Map<string, number>();

  /** @param of the domain of their address, if any */
  add({ user_id: userId, email }: ExportedUser, of: string | undefined): void {
    this.#count += 1;
    if (this.#people.length < PEOPLE_SHOWN) this.#people.push({ userId, email });
    const domain = of ?? '(none)';
    const known = this.#domains.has(domain) || this.#domains.size < DOMAINS_KEPT;
    const name = known ? domain : '(others)';
    this.#domains.set(name, (this.#domains.get(name) ?? 0) + 1);
  }

  result(): Tally {
    const domains = [...this.#domains]
      .map(([domain, count]) => ({ domain, count }))
      .sort((a, b) => b.count - a.count || (a.domain < b.domain ? -1 : 1));
    return { count: this.#count, people: this.#people, domains: domains.slice(0, DOMAINS_SHOWN) };
  }
}

/** Tallies by name, made when they are first needed. */
export class NamedTallies {
  readonly #tallies = new Map<string, PeopleTally>();

  add(name: string, user: ExportedUser, domain: string | undefined): void {
    const tally = this.#tallies.get(name) ?? new PeopleTally();
    tally.add(user, domain);
    this.#tallies.set(name, tally);
  }

  /** The largest first. */
  result(): Record<string, Tally> {
    const entries = [...this.#tallies].map(([name, tally]) => [name, tally.result()] as const);
    return Object.fromEntries(entries.sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1)));
  }
}
