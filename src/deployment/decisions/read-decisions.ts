import type { Management, ManagementClient } from 'auth0';
import { assignedRoles, type RoleGift } from './assigned-roles.ts';
import { bareAddress, type GateHistory, reasonOfAddress, reasonOfMessage } from './gate-history.ts';
import { type JudgeNow, judgeNow } from './judge-now.ts';
import type { LoginDecision, LoginFacts } from './login-decision.ts';
import { objectOf } from './object-of.ts';
import { readGateExecution } from './read-execution.ts';
import { type LogReading, readLog } from './read-log.ts';

/** Log types of completed logins: in a browser, silently, by password, by refresh token. */
const ADMITTED = new Set(['s', 'ssa', 'sepft', 'sertft']);
const FAILED = new Set(['f', 'fsa', 'fepft', 'fertft', 'ferrt', 'fens']);

/** Number of executions to request at a time. */
const CONCURRENCY = 8;

/**
 * Reads the decisions about logins from the tenant's log, the earliest first. On Auth0, a refusal by redirect leaves no log
 * entry of its own: it is read from the logout that ended at the landing page.
 *
 * Sources: Auth0 docs, "Log Event Type Codes", "Log Schemas" (`details.actions.executions`, `details.return_to`).
 *
 * @throws {ManagementError} of the `auth0` package, if the tenant refuses a call
 * @example
 * for await (const decisions of readDecisions(management, history, { since, follow: false })) show(decisions);
 */
export async function* readDecisions(
  management: ManagementClient,
  history: GateHistory,
  reading: LogReading & { readonly onEntries?: (count: number) => void },
): AsyncGenerator<readonly LoginDecision[]> {
  const judge = judgeNow(management, history.policy);
  const gifts = assignedRoles(management, history.machine);
  let count = 0;
  for await (const entries of readLog(management, reading)) {
    const read = { management, history, judge, signal: reading.signal };
    for (let at = 0; at < entries.length; at += CONCURRENCY) {
      const some = entries.slice(at, at + CONCURRENCY);
      const before = some.map((entry) => gifts.before(entry));
      const found = await Promise.all(some.map((entry, index) => decisionOf(entry, read, before[index])));
      count += some.length;
      reading.onEntries?.(count);
      const decisions = found.filter((one) => one !== undefined);
      if (decisions.length > 0) yield decisions;
    }
  }
}

interface Reader {
  readonly management: ManagementClient;
  readonly history: GateHistory;
  readonly judge: JudgeNow;
  readonly signal: AbortSignal | undefined;
}

async function decisionOf(
  entry: Management.Log,
  reader: Reader,
  gift: RoleGift | undefined,
): Promise<LoginDecision | undefined> {
  const { type = '', client_id: application = '', log_id } = entry;
  const { history } = reader;
  if (log_id === undefined || !history.applications.has(application)) return undefined;
  if (ADMITTED.has(type)) return await admission(entry, reader, gift);
  if (FAILED.has(type)) return failure(entry, history);
  const returnTo = entry.details?.return_to;
  const isRefusal =
    type === 'slo' && typeof returnTo === 'string' && history.landingPages.has(bareAddress(returnTo)) && entry.user_id;
  return isRefusal ? await refusal(entry, returnTo, reader) : undefined;
}

async function admission(
  entry: Management.Log,
  { management, signal }: Reader,
  gift: RoleGift | undefined,
): Promise<LoginDecision> {
  const { ran, line, ms, error } = await readGateExecution(management, executionsOf(entry), signal);
  const assigned = line?.assigned ?? (line === undefined ? await gift?.() : undefined) ?? [];
  const common = commonOf(entry);
  const country = common.facts.country ?? line?.country;
  return {
    ...common,
    facts: { ...common.facts, country, mfa: line?.mfa === true },
    outcome: 'admit',
    reason: line?.reason ?? (ran === false ? 'no_gate' : undefined),
    source: line === undefined ? undefined : 'console',
    assigned,
    ms,
    calls: line?.calls,
    cause: line?.cause ?? error,
  };
}

async function refusal(entry: Management.Log, returnTo: string, { judge }: Reader): Promise<LoginDecision> {
  const stated = reasonOfAddress(returnTo);
  const reason = stated ?? (await judge(entry.user_id ?? '', entry.client_id ?? ''));
  const source = stated !== undefined ? 'landing_page' : reason !== undefined ? 'policy_now' : undefined;
  const common = commonOf(entry);
  // The entry is that of the logout, which names no organization.
  const facts = { ...common.facts, organization: undefined };
  return { ...common, facts, outcome: 'refuse', reason, source, ...NO_DETAILS, cause: undefined };
}

function failure(entry: Management.Log, history: GateHistory): LoginDecision {
  const { description } = entry;
  const reason = reasonOfMessage(description ?? '', history);
  return reason === undefined
    ? {
        ...commonOf(entry),
        outcome: 'error',
        reason: undefined,
        source: undefined,
        ...NO_DETAILS,
        cause: description ?? 'it failed',
      }
    : { ...commonOf(entry), outcome: 'refuse', reason, source: 'message', ...NO_DETAILS, cause: undefined };
}

const NO_DETAILS = { assigned: [], ms: undefined, calls: undefined };

function commonOf(entry: Management.Log) {
  const { log_id = '', date, user_id, user_name, client_id = '', client_name } = entry;
  return {
    id: log_id,
    at: typeof date === 'string' ? date : new Date(String(date)).toISOString(),
    userId: user_id || undefined,
    userName: user_name || undefined,
    application: client_id,
    applicationName: client_name || undefined,
    facts: factsOf(entry),
  };
}

/** Source: Auth0 docs, "Log Schemas" (`connection`, `ip`, `organization_id`, `location_info`). */
function factsOf({ connection, ip, location_info, ...entry }: Management.Log): LoginFacts {
  const { organization_id: id, organization_name: name } = objectOf(entry);
  const { country_code: country } = objectOf(location_info);
  return {
    connection: connection || undefined,
    ip: ip || undefined,
    country: typeof country === 'string' && country !== '' ? country : undefined,
    organization: [id, name].filter((text) => typeof text === 'string' && text !== '') as string[],
    mfa: false,
  };
}

function executionsOf({ details }: Management.Log): readonly string[] {
  const actions = details?.actions;
  if (typeof actions !== 'object' || actions === null || !('executions' in actions)) return [];
  return Array.isArray(actions.executions) ? actions.executions.filter((id) => typeof id === 'string') : [];
}
