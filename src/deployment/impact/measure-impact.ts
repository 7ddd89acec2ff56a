import type { ExportedUser } from '../people/exported-user.ts';
import type { People } from '../people/gather-people.ts';
import { DomainMemory, type KnownDomain } from './domain-memory.ts';
import { type GateChange, policiesOf } from './gate-change.ts';
import type { AffectedPerson, DoorImpact, Impact } from './impact.ts';
import { NamedTallies } from './tally.ts';
import { UserKinds } from './user-kinds.ts';
import { type Verdict, verdictOf } from './verdict.ts';
import { differenceOf } from './verdict-difference.ts';

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

/** The verdicts about users of a kind before and after, and what they are counted as. */
interface Outcome {
  readonly before: Verdict | undefined;
  /** `undefined` if it is not known. */
  readonly after: Verdict | undefined;
  /** Whether the change affects them. */
  readonly isAffected: boolean;
  /** The lists that count them, each with the name that it counts them by. */
  readonly entries: readonly (readonly [NamedTallies, string])[];
}

/** Users of the same kind. */
interface Kind extends Outcome {
  readonly domain: KnownDomain;
  /** The number of users that are not in the tallies yet. */
  count: number;
  /** Whether the tallies name no further users. */
  isNamed: boolean;
}

class Door {
  readonly #change: GateChange;
  readonly #at: number;
  readonly #kinds: UserKinds<Kind>;
  readonly #onAffected: MeasureOptions['onAffected'];
  readonly #counts = { admit: 0, refuse: 0, depends: 0 };
  readonly #dependsOn = new NamedTallies();
  readonly #newlyRefused = new NamedTallies();
  readonly #newlyAdmitted = new NamedTallies();
  readonly #newlyGiven = new NamedTallies();
  readonly #noLongerGiven = new NamedTallies();

  constructor(change: GateChange, at: number, onAffected: MeasureOptions['onAffected']) {
    this.#change = change;
    this.#at = at;
    this.#onAffected = onAffected;
    this.#kinds = new UserKinds(policiesOf([change.before, change.after]), (user, roles, domain) => ({
      ...this.#outcomeOf(user, roles),
      domain,
      count: 0,
      isNamed: false,
    }));
  }

  pass(user: ExportedUser, domain: KnownDomain, roles: readonly string[]): void {
    const kind = this.#kinds.of(user, domain, roles);
    const outcome = kind ?? this.#outcomeOf(user, roles);
    if (kind?.isNamed) kind.count += 1;
    else {
      const isNamed = this.#count(outcome, user, domain);
      if (kind !== undefined) kind.isNamed = isNamed;
    }
    if (outcome.isAffected && this.#onAffected !== undefined) this.#report(user, outcome);
  }

  result(): DoorImpact {
    for (const kind of this.#kinds.values()) {
      for (const [tallies, name] of kind.entries) tallies.addMany(name, kind.count, kind.domain);
      if (kind.after !== undefined) this.#counts[kind.after.outcome] += kind.count;
      kind.count = 0;
    }
    return {
      applications: this.#change.applications,
      beforeKnown: this.#change.before !== 'unknown',
      admitted: this.#counts.admit,
      refused: this.#counts.refuse,
      depends: this.#counts.depends,
      dependsOn: this.#dependsOn.result(),
      newlyRefused: this.#newlyRefused.result(),
      newlyAdmitted: this.#newlyAdmitted.result(),
      newlyGiven: this.#newlyGiven.result(),
      noLongerGiven: this.#noLongerGiven.result(),
    };
  }

  /** Counts one user. @returns whether the tallies name no further users of the kind */
  #count({ after, entries }: Outcome, user: ExportedUser, domain: KnownDomain): boolean {
    if (after !== undefined) this.#counts[after.outcome] += 1;
    let isNamed = true;
    for (const [tallies, name] of entries) {
      if (!tallies.add(name, user, domain)) isNamed = false;
    }
    return isNamed;
  }

  #outcomeOf(user: ExportedUser, roles: readonly string[]): Outcome {
    const [application] = this.#change.applications;
    const before = verdictOf(this.#change.before, application, user, roles, this.#at);
    const after = verdictOf(this.#change.after, application, user, roles, this.#at);
    if (after === undefined) return { before, after, isAffected: false, entries: [] };
    const entries: [NamedTallies, string][] = [];
    if (after.outcome === 'depends') entries.push([this.#dependsOn, after.reason]);
    if (before === undefined) {
      return { before, after, isAffected: after.outcome !== 'admit' || after.assign.length > 0, entries };
    }
    const { turned, added, dropped, concerns: isAffected } = differenceOf(before, after);
    for (const role of added) entries.push([this.#newlyGiven, role]);
    for (const role of dropped) entries.push([this.#noLongerGiven, role]);
    if (turned && after.outcome === 'refuse') entries.push([this.#newlyRefused, after.reason]);
    if (turned && after.outcome === 'admit') entries.push([this.#newlyAdmitted, after.reason]);
    return { before, after, isAffected, entries };
  }

  #report({ user_id: userId, email }: ExportedUser, { before, after }: Outcome): void {
    if (after === undefined) return;
    this.#onAffected?.({ userId, email, applications: this.#change.applications, before, after });
  }
}
