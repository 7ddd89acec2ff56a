import type { ExportedUser } from '../people/exported-user.ts';
import type { People } from '../people/gather-people.ts';
import { DomainMemory, type KnownDomain } from './domain-memory.ts';
import { type GateChange, namedAddresses } from './gate-change.ts';
import type { AffectedPerson, DoorImpact, Impact } from './impact.ts';
import { OncePerKind } from './once-per-kind.ts';
import { NamedTallies } from './tally.ts';
import { type Verdict, verdictOf } from './verdict.ts';
import { differenceOf, type VerdictDifference } from './verdict-difference.ts';

export interface MeasureOptions {
  /** Called for every user affected by the change. */
  readonly onAffected?: ((person: AffectedPerson) => void) | undefined;
  /** Called with the number of users so far. */
  readonly onProgress?: ((people: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The moment of the logins, in milliseconds since 1970; now unless set. */
  readonly at?: number | undefined;
}

/**
 * Decides about every user with the deployed gate and with the new one, and reports the differences. Logins are assumed to
 * succeed otherwise: a tenant that does not answer is not a matter of the policy.
 *
 * @throws {Problem} `export_unreadable`
 * @example
 * const impact = await measureImpact(people, gateChanges(snapshot));
 */
export async function measureImpact(
  people: Pick<People, 'users' | 'holders'>,
  changes: readonly GateChange[],
  { onAffected, onProgress, signal, at = Date.now() }: MeasureOptions = {},
): Promise<Impact> {
  const doors = changes.map((change) => new Door(change, at, onAffected));
  const domains = new DomainMemory();
  let count = 0;
  let blocked = 0;
  for await (const users of people.users()) {
    signal?.throwIfAborted();
    for (const user of users) {
      if (user.blocked === true) {
        blocked += 1;
        continue;
      }
      const roles = people.holders.rolesOf(user.user_id);
      const domain = domains.domainOf(user.email);
      for (const door of doors) door.pass(user, domain, roles);
    }
    count += users.length;
    onProgress?.(count);
  }
  return { people: count, blocked, doors: doors.map((door) => door.result()) };
}

/** The verdicts about a user before and after, and their difference; `undefined` if it is not known. */
interface Pair {
  readonly before: Verdict | undefined;
  readonly after: Verdict | undefined;
  readonly difference: VerdictDifference | undefined;
}

class Door {
  readonly #change: GateChange;
  readonly #pairs: OncePerKind<Pair>;
  readonly #onAffected: MeasureOptions['onAffected'];
  #admitted = 0;
  #refused = 0;
  #depends = 0;
  readonly #dependsOn = new NamedTallies();
  readonly #newlyRefused = new NamedTallies();
  readonly #newlyAdmitted = new NamedTallies();
  readonly #newlyGiven = new NamedTallies();
  readonly #noLongerGiven = new NamedTallies();

  constructor(change: GateChange, at: number, onAffected: MeasureOptions['onAffected']) {
    this.#change = change;
    const [application] = change.applications;
    this.#pairs = new OncePerKind(
      (user, roles) => {
        const before = verdictOf(change.before, application, user, roles, at);
        const after = verdictOf(change.after, application, user, roles, at);
        const known = before !== undefined && after !== undefined;
        return { before, after, difference: known ? differenceOf(before, after) : undefined };
      },
      new Set([change.before, change.after].flatMap(namedAddresses)),
    );
    this.#onAffected = onAffected;
  }

  pass(user: ExportedUser, domain: KnownDomain, roles: readonly string[]): void {
    const { before, after, difference } = this.#pairs.of(user, domain, roles);
    if (after === undefined) return;
    if (after.outcome === 'admit') this.#admitted += 1;
    else if (after.outcome === 'refuse') this.#refused += 1;
    else {
      this.#depends += 1;
      this.#dependsOn.add(after.reason, user, domain);
    }
    if (difference === undefined) {
      if (after.outcome !== 'admit' || after.assign.length > 0) this.#tell(user, before, after);
      return;
    }
    const { turned, added, dropped, concerns } = difference;
    if (!concerns) return;
    for (const role of added) this.#newlyGiven.add(role, user, domain);
    for (const role of dropped) this.#noLongerGiven.add(role, user, domain);
    if (turned && after.outcome === 'refuse') this.#newlyRefused.add(after.reason, user, domain);
    if (turned && after.outcome === 'admit') this.#newlyAdmitted.add(after.reason, user, domain);
    this.#tell(user, before, after);
  }

  result(): DoorImpact {
    return {
      applications: this.#change.applications,
      beforeKnown: this.#change.before !== 'unknown',
      admitted: this.#admitted,
      refused: this.#refused,
      depends: this.#depends,
      dependsOn: this.#dependsOn.result(),
      newlyRefused: this.#newlyRefused.result(),
      newlyAdmitted: this.#newlyAdmitted.result(),
      newlyGiven: this.#newlyGiven.result(),
      noLongerGiven: this.#noLongerGiven.result(),
    };
  }

  #tell({ user_id: userId, email }: ExportedUser, before: Verdict | undefined, after: Verdict): void {
    this.#onAffected?.({ userId, email, applications: this.#change.applications, before, after });
  }
}
