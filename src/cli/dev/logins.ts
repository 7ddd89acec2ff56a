import { type DecisionLine, parseDecisionLine } from '../../action/decision-line.ts';
import type { ExecutionRecord } from '../../tenant/store/records/actions/execution-repository.ts';
import type { LogRecord } from '../../tenant/store/records/logs/log-record.ts';
import type { Tenant } from '../../tenant/tenant.ts';

/** What became of one login, as far as the tenant knows. */
export type Login =
  | { readonly kind: 'decided'; readonly line: DecisionLine; readonly at: string }
  /** It succeeded and the policy had no word in it: another application. */
  | { readonly kind: 'unguarded'; readonly user: string; readonly application: string; readonly at: string }
  /** It failed before or beside the policy: a wrong password, an Action that threw. */
  | { readonly kind: 'failed'; readonly user: string; readonly reason: string; readonly at: string };

/** Successful and failed logins; a refusal by redirect leaves no entry of its own, but a decision. */
const SUCCEEDED = new Set(['s', 'ssa', 'sepft', 'sertft']);
const FAILED = new Set(['f', 'fp', 'fu', 'fepft', 'fertft', 'limit_wc']);

/**
 * Tells of every login at the tenant once.
 *
 * @returns how to stop
 * @example
 * const stop = watchLogins(tenant, (login) => print(login));
 */
export function watchLogins(tenant: Tenant, onLogin: (login: Login) => void): () => void {
  const stopExecutions = tenant.onExecution((execution) => {
    const line = decisionOf(execution);
    if (line !== undefined) onLogin({ kind: 'decided', line, at: execution.created_at });
  });
  const stopLog = tenant.onLog((record) => {
    if (hasDecision(tenant, record)) return;
    const user = record.user_name ?? record.user_id ?? '';
    if (SUCCEEDED.has(record.type)) {
      onLogin({ kind: 'unguarded', user, application: record.client_name ?? '', at: record.date });
    } else if (FAILED.has(record.type)) {
      onLogin({ kind: 'failed', user, reason: record.description, at: record.date });
    }
  });
  return () => {
    stopExecutions();
    stopLog();
  };
}

/** The policy's Action writes one line a login; other Actions write what they like. */
function decisionOf(execution: ExecutionRecord): DecisionLine | undefined {
  for (const result of execution.results) {
    for (const { text } of result.console) {
      const line = parseDecisionLine(text);
      if (line !== undefined) return line;
    }
  }
  return undefined;
}

function hasDecision(tenant: Tenant, record: LogRecord): boolean {
  return (record.executions ?? []).some((id) => {
    const execution = tenant.findExecution(id);
    return execution !== undefined && decisionOf(execution) !== undefined;
  });
}
