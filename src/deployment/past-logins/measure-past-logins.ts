import type { LoginDecision } from '../decisions/login-decision.ts';
import type { GateChange } from '../impact/gate-change.ts';
import type { ExportedUser } from '../people/exported-user.ts';
import type { People } from '../people/gather-people.ts';
import { decideAgain, pastVisitor } from './decide-again.ts';
import type { PastDoor, PastLogins } from './past-logins.ts';
import { PastTallies } from './past-tallies.ts';

/** A user as of now, and the roles that they had before the login that is looked at. */
interface PastUser {
  readonly user: ExportedUser;
  roles: readonly string[];
}

/**
 * Decides about logins of the past with the deployed gate and with the planned one. A difference counts only if the deployed
 * gate still decides as it did: otherwise the user has changed since, and not the policy.
 *
 * @param logins the earliest first, as `readDecisions` returns them
 * @param since the time of the earliest entry
 * @example (await measurePastLogins(logins, people, gateChanges(snapshot), since)).doors[0]?.refused
 */
export async function measurePastLogins(
  logins: readonly LoginDecision[],
  people: Pick<People, 'users' | 'holders'>,
  changes: readonly GateChange[],
  since: Date,
): Promise<PastLogins> {
  const decided = logins.filter(({ outcome, userId }) => outcome !== 'error' && userId !== undefined);
  const users = await usersOf(decided, people);
  const doors = new Map(
    changes.flatMap((change) => change.applications.map((one) => [one, new PastGate(one, change)] as const)),
  );
  // The latest first: each login that gave a role leads to the roles before it.
  for (const login of decided.toReversed()) {
    const known = users.get(login.userId ?? '');
    if (known !== undefined) known.roles = known.roles.filter((role) => !login.assigned.includes(role));
    doors.get(login.application)?.pass(login, known);
  }
  const results = [...doors.values()].map((door) => door.result());
  return {
    since: since.toISOString(),
    logins: results.reduce((sum, door) => sum + door.logins, 0),
    doors: results,
  };
}

/** Finds the users of some logins among all users of the tenant. */
async function usersOf(
  logins: readonly LoginDecision[],
  people: Pick<People, 'users' | 'holders'>,
): Promise<Map<string, PastUser>> {
  const ids = new Set(logins.map(({ userId }) => userId));
  const users = new Map<string, PastUser>();
  for await (const some of people.users()) {
    for (const user of some) {
      if (ids.has(user.user_id)) users.set(user.user_id, { user, roles: people.holders.rolesOf(user.user_id) });
    }
  }
  return users;
}

class PastGate {
  readonly #application: string;
  readonly #change: GateChange;
  #logins = 0;
  #changed = 0;
  #gone = 0;
  readonly #refused = new PastTallies();
  readonly #admitted = new PastTallies();
  readonly #given = new PastTallies();
  readonly #depends = new PastTallies();

  constructor(application: string, change: GateChange) {
    this.#application = application;
    this.#change = change;
  }

  pass(login: LoginDecision, known: PastUser | undefined): void {
    this.#logins += 1;
    if (known === undefined) {
      this.#gone += 1;
      return;
    }
    const visitor = pastVisitor(login, known.user, known.roles);
    const before = decideAgain(this.#change.before, visitor);
    if (before !== undefined && before.outcome !== 'depends' && before.outcome !== login.outcome) {
      this.#changed += 1;
      return;
    }
    const after = decideAgain(this.#change.after, visitor);
    if (after === undefined) return;
    if (after.outcome === 'depends') this.#depends.add(after.by, login);
    else if (after.outcome !== login.outcome) {
      (after.outcome === 'refuse' ? this.#refused : this.#admitted).add(after.by, login);
    } else {
      for (const role of after.assign) if (!login.assigned.includes(role)) this.#given.add(role, login);
    }
  }

  result(): PastDoor {
    return {
      application: this.#application,
      logins: this.#logins,
      refused: this.#refused.result(),
      admitted: this.#admitted.result(),
      given: this.#given.result(),
      depends: this.#depends.result(),
      changed: this.#changed,
      gone: this.#gone,
    };
  }
}
