import { type ManagementClient, ManagementError } from 'auth0';
import { type DecisionLine, parseDecisionLine } from '../../action/decision-line.ts';
import { GATE_NAME } from '../desired-state.ts';
import { objectOf } from './object-of.ts';

/** The known facts about our Action's run in a login. */
export interface GateExecution {
  /** Whether our Action ran; `undefined` if the tenant no longer stores it. */
  readonly ran: boolean | undefined;
  readonly line: DecisionLine | undefined;
  readonly ms: number | undefined;
  readonly error: string | undefined;
}

/**
 * Reads the executions of a login. A tenant stores them for ten days.
 *
 * Sources: Management API, "Get an execution". Real answers also have `response.stats` and may, like the local tenant, have
 * `response.logs`, which is not documented. Without it, the decision is reported without its reason.
 *
 * @param ids the execution IDs of the log entry
 */
export async function readGateExecution(
  management: ManagementClient,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<GateExecution> {
  let forgotten = false;
  for (const id of ids) {
    const results = await resultsOf(management, id, signal);
    if (results === undefined) forgotten = true;
    const own = results?.find((result) => result.action_name === GATE_NAME);
    if (own === undefined) continue;
    const response = objectOf(own.response);
    const line = lineOf(response.logs);
    const { action_duration_ms: measured } = objectOf(response.stats);
    const { msg } = objectOf(own.error);
    return {
      ran: true,
      line,
      ms: line?.ms ?? (typeof measured === 'number' ? Math.round(measured) : undefined),
      error: typeof msg === 'string' ? msg : undefined,
    };
  }
  return { ran: forgotten ? undefined : false, line: undefined, ms: undefined, error: undefined };
}

async function resultsOf(
  management: ManagementClient,
  id: string,
  signal: AbortSignal | undefined,
): Promise<readonly Record<string, unknown>[] | undefined> {
  try {
    const options = signal === undefined ? {} : { abortSignal: signal };
    const { results = [] } = await management.actions.executions.get(id, options);
    return results.map((result) => ({ ...result }));
  } catch (error) {
    if (error instanceof ManagementError && error.statusCode === 404) return undefined;
    throw error;
  }
}

function lineOf(logs: unknown): DecisionLine | undefined {
  if (typeof logs !== 'string') return undefined;
  for (const text of logs.split('\n')) {
    const line = parseDecisionLine(text.trim());
    if (line !== undefined) return line;
  }
  return undefined;
}
