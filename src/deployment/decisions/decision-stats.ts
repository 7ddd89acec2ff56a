import type { LoginDecision } from './login-decision.ts';

/** The summary of a period. */
export interface DecisionStats {
  admitted: number;
  refused: number;
  errors: number;
  /** Number of logins for each reason; `unknown` if the tenant does not report it. */
  readonly admittedBy: Record<string, number>;
  readonly refusedBy: Record<string, number>;
  readonly errorsBy: Record<string, number>;
  /** Number of assignments of each role. */
  readonly given: Record<string, number>;
  /** Number of logins with a known duration, and the sum of their milliseconds in our Action. */
  timed: number;
  totalMs: number;
  /** The ten slowest logins, the slowest first. */
  readonly slowest: LoginDecision[];
}

const MOST_SLOW = 10;
/** Limit of different causes, since tenants describe errors in free text. */
const MOST_KINDS = 100;

export function noDecisions(): DecisionStats {
  return {
    admitted: 0,
    refused: 0,
    errors: 0,
    admittedBy: counts(),
    refusedBy: counts(),
    errorsBy: counts(),
    given: counts(),
    timed: 0,
    totalMs: 0,
    slowest: [],
  };
}

/** Without a prototype, since a role may have the name of a member that every object has. */
function counts(): Record<string, number> {
  return Object.create(null);
}

/** Adds a decision. The statistics stay small regardless of the number of decisions. */
export function countDecision(stats: DecisionStats, decision: LoginDecision): void {
  const { outcome, reason = 'unknown', assigned, ms, cause } = decision;
  if (outcome === 'admit') {
    stats.admitted += 1;
    add(stats.admittedBy, reason);
  } else if (outcome === 'refuse') {
    stats.refused += 1;
    add(stats.refusedBy, reason);
  } else {
    stats.errors += 1;
    add(stats.errorsBy, cause ?? 'unknown');
  }
  for (const role of assigned) add(stats.given, role);
  if (ms === undefined) return;
  stats.timed += 1;
  stats.totalMs += ms;
  const at = stats.slowest.findIndex((slow) => (slow.ms ?? 0) < ms);
  stats.slowest.splice(at === -1 ? stats.slowest.length : at, 0, decision);
  stats.slowest.length = Math.min(stats.slowest.length, MOST_SLOW);
}

function add(counts: Record<string, number>, what: string): void {
  const key = Object.hasOwn(counts, what) || Object.keys(counts).length < MOST_KINDS ? what : 'other';
  counts[key] = (counts[key] ?? 0) + 1;
}
