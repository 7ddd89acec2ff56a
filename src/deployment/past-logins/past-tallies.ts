import type { LoginDecision } from '../decisions/login-decision.ts';
import type { PastTally } from './past-logins.ts';

const PEOPLE_SHOWN = 10;

/** Counts logins and their users by name. */
export class PastTallies {
  readonly #tallies = new Map<string, { logins: number; users: Map<string, string | undefined> }>();

  add(name: string, { userId = '', userName }: LoginDecision): void {
    const tally = this.#tallies.get(name) ?? { logins: 0, users: new Map() };
    this.#tallies.set(name, tally);
    tally.logins += 1;
    if (!tally.users.has(userId)) tally.users.set(userId, userName?.includes('@') ? userName : undefined);
  }

  /** Returns the tallies, the largest first. */
  result(): Record<string, PastTally> {
    const entries = [...this.#tallies].map(([name, { logins, users }]): [string, PastTally] => [
      name,
      {
        logins,
        users: users.size,
        people: [...users].slice(0, PEOPLE_SHOWN).map(([userId, email]) => ({ userId, email })),
      },
    ]);
    return Object.fromEntries(entries.sort(([a, one], [b, other]) => other.logins - one.logins || (a < b ? -1 : 1)));
  }
}
