import type { ActionRunTime } from '../store/records/actions/execution-repository.ts';
import type { LoginOutcome } from '../store/records/logs/login-repository.ts';
import type { Store } from '../store/store.ts';

/** At most this many logins are counted: about a second of work, in slices. */
const MAX_LOGINS = 20_000;
/** The latest executions whose Actions are measured. */
const MEASURED_EXECUTIONS = 500;
const MAX_NOTE_LENGTH = 200;
const DAY_MS = 86_400_000;
const MAX_DAYS = 31;

/** Counts of logins by hour and outcome, and the durations of Actions. */
export interface Overview {
  readonly since: string;
  /** Whether all logins since then are counted, or only the latest. */
  readonly complete: boolean;
  readonly logins: readonly LoginCount[];
  readonly actions: readonly ActionTimes[];
}

/** Logins of one hour that ended alike. */
export interface LoginCount {
  /** The beginning of the hour. */
  readonly hour: string;
  readonly outcome: LoginOutcome['outcome'];
  /** The reason of a refusal, or the target of a redirect. */
  readonly note?: string;
  /** The decision that an Action wrote to its console, with its reason and the names of the rules. */
  readonly decision?: string;
  readonly reason?: string;
  readonly rule?: string;
  readonly count: number;
}

/** The durations of an Action's latest runs. */
export interface ActionTimes {
  readonly id: string;
  readonly name: string;
  readonly runs: number;
  readonly failed: number;
  /** Milliseconds that half of the runs take at most, and 95 of 100. */
  readonly median: number;
  readonly slow: number;
}

/**
 * The overview of the console.
 *
 * @param query `days`: how many days back, at most 31; 1 by default
 * @example
 * await overviewOf(store, new URLSearchParams({ days: '7' }))
 */
export async function overviewOf(store: Store, query: URLSearchParams): Promise<Overview> {
  const days = Math.min(MAX_DAYS, Math.max(1, Number.parseInt(query.get('days') ?? '1', 10) || 1));
  const since = new Date(Date.now() - days * DAY_MS).toISOString();
  const outcomes = await store.logins.outcomes(since, MAX_LOGINS);
  return {
    since,
    complete: outcomes.length < MAX_LOGINS,
    logins: countLogins(outcomes),
    actions: timesOf(store.executions.latestRunTimes(MEASURED_EXECUTIONS)),
  };
}

function countLogins(outcomes: readonly LoginOutcome[]): LoginCount[] {
  const counts = new Map<string, LoginCount>();
  for (const login of outcomes) {
    const group = groupOf(login);
    const key = JSON.stringify(group);
    counts.set(key, { ...group, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}

function groupOf({ at, outcome, note, decision }: LoginOutcome): Omit<LoginCount, 'count'> {
  const target = outcome === 'redirect' ? targetOf(note) : note?.slice(0, MAX_NOTE_LENGTH);
  return {
    hour: `${at.slice(0, 13)}:00:00.000Z`,
    outcome,
    ...(target !== undefined && { note: target }),
    ...(decision !== undefined && membersOf(decision)),
  };
}

/** The page that a redirect leads to, behind the logout, without what belongs to a single login. A reason stays. */
function targetOf(note = ''): string | undefined {
  const url = URL.parse(note);
  if (url === null) return undefined;
  const target = url.pathname === '/v2/logout' ? (URL.parse(url.searchParams.get('returnTo') ?? '') ?? url) : url;
  const reason = target.searchParams.get('reason');
  return `${target.origin}${target.pathname}${reason === null ? '' : `?reason=${encodeURIComponent(reason)}`}`;
}

function membersOf(line: string): Pick<LoginCount, 'decision' | 'reason' | 'rule'> {
  const members = parsed(line);
  const text = (name: string) =>
    typeof members[name] === 'string' ? { [name]: members[name].slice(0, MAX_NOTE_LENGTH) } : {};
  return { ...text('decision'), ...text('reason'), ...text('rule') };
}

function parsed(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}

function timesOf(runs: readonly ActionRunTime[]): ActionTimes[] {
  return [...Map.groupBy(runs, ({ actionId }) => actionId)].map(([id, group]) => {
    const durations = group.map(({ ms }) => ms).sort((one, other) => one - other);
    const at = (part: number) => durations[Math.ceil(durations.length * part) - 1] ?? 0;
    return {
      id,
      name: group[0]?.name ?? id,
      runs: group.length,
      failed: group.filter(({ failed }) => failed).length,
      median: at(0.5),
      slow: at(0.95),
    };
  });
}
