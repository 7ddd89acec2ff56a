import type { DecisionLine } from '../../action/decision-line.ts';
import type { StandInEvent } from '../../apex/stand-in/stand-in-event.ts';
import type { Decision } from '../../policy/decision.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Person } from './cast.ts';
import { expectedDecision } from './expected-decision.ts';
import type { LocalGate } from './local-gate.ts';
import { atBrowser, type PersonAtBrowser, type Visit } from './person-at-browser.ts';
import { rolesOf } from './seed-gate.ts';
import { watchLogins } from './watch-logins.ts';

/** A visit of a user, with what the policy says of it and what happened. */
export interface Row {
  readonly person: string;
  readonly kind: string;
  /** The name of the application, if the policy guards several. */
  readonly application?: string;
  readonly visit: 'first' | 'return';
  readonly decision: DecisionLine['decision'] | 'none';
  readonly reason: string;
  /** Names of the roles that this visit added. */
  readonly assigned: readonly string[];
  /** The roles claim of the ID token; absent if there was no ID token. */
  readonly claim?: readonly string[];
  readonly arrival: Visit['arrival'];
  readonly hops: number;
  readonly managementCalls: number;
  readonly milliseconds: number;
  /** The differences from what the policy says; empty if there are none. */
  readonly differences: readonly string[];
}

/**
 * Signs in the whole cast, one user after another and each twice: a first visit, then a return with only the tenant's
 * session. Compares the outcome with what the policy says of such a user.
 *
 * @param policy as in the Action, with client IDs
 * @param events the stand-in's events; the last `login` event has the ID token of the current visit
 * @param isStopped whether to stop; called before each visit
 * @returns the rows so far, if it was stopped
 */
export async function signInCast(
  gate: LocalGate,
  policy: Policy,
  events: { last?: StandInEvent },
  isStopped: () => boolean = () => false,
): Promise<Row[]> {
  let line: DecisionLine | undefined;
  const stop = watchLogins(
    gate.tenant,
    (id) => policy.applications.includes(id),
    (login) => {
      if ('line' in login) line = login.line;
    },
  );
  try {
    const rows: Row[] = [];
    const { applications } = gate;
    const visits = gate.cast.flatMap((person) => applications.map((application) => ({ person, application })));
    for (const { person, application } of visits) {
      const user = atBrowser(person, application.standIn);
      const at = applications.length > 1 ? { application: application.name } : {};
      for (const visit of ['first', 'return'] as const) {
        if (isStopped()) return rows;
        const before = await rolesOnTenant(gate, person);
        line = undefined;
        delete events.last;
        const observed = await observe(user, visit);
        const after = await rolesOnTenant(gate, person);
        rows.push(
          toRow({ ...person, ...at }, visit, {
            visit: observed,
            line,
            event: events.last,
            assigned: after.filter((role) => !before.includes(role)),
            expected: expectedDecision(policy, application.clientId, { ...person, roles: before }),
          }),
        );
      }
    }
    return rows;
  } finally {
    stop();
  }
}

async function observe(user: PersonAtBrowser, visit: Row['visit']): Promise<Visit> {
  if (visit === 'return') await user.leaveApplication();
  return user.visit();
}

async function rolesOnTenant(gate: LocalGate, person: Person): Promise<string[]> {
  const [user] = await gate.management.users.listUsersByEmail({ email: person.email });
  return user?.user_id === undefined ? [] : rolesOf(gate.management, user.user_id);
}

interface Observation {
  readonly visit: Visit;
  readonly line: DecisionLine | undefined;
  readonly event: StandInEvent | undefined;
  readonly assigned: readonly string[];
  readonly expected: Decision;
}

function toRow(person: Person & Pick<Row, 'application'>, visit: Row['visit'], observation: Observation): Row {
  const { line, event, assigned } = observation;
  const claim = event?.type === 'login' ? event.roles : undefined;
  return {
    person: person.email,
    kind: person.kind,
    ...(person.application === undefined ? {} : { application: person.application }),
    visit,
    decision: line?.decision ?? 'none',
    reason: line?.reason ?? 'none',
    assigned,
    ...(claim === undefined ? {} : { claim }),
    arrival: observation.visit.arrival,
    hops: observation.visit.hops,
    managementCalls: line?.calls ?? 0,
    milliseconds: Math.round(observation.visit.milliseconds),
    differences: differences(visit, observation, claim),
  };
}

function differences(
  visit: Row['visit'],
  { expected, line, visit: observed, assigned }: Observation,
  claim: readonly string[] | undefined,
): string[] {
  const found: string[] = [];
  const compare = (what: string, wanted: unknown, got: unknown) => {
    if (JSON.stringify(wanted) !== JSON.stringify(got)) {
      found.push(`${what}: the policy says ${JSON.stringify(wanted)}, it was ${JSON.stringify(got) ?? 'nothing'}`);
    }
  };
  compare('decision', expected.outcome, line?.decision);
  compare('reason', expected.reason, line?.reason);
  compare('arrival', expected.outcome === 'admit' ? 'home' : 'landing-page', observed.arrival);
  compare('roles assigned', expected.outcome === 'admit' ? expected.assign : [], assigned);
  compare('claim', expected.outcome === 'admit' ? expected.roles : undefined, claim && [...claim].sort());
  if (visit === 'return') compare('Management API calls of a return', 0, line?.calls);
  return found;
}
