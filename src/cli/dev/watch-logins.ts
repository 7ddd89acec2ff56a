import { type DecisionLine, parseDecisionLine } from '../../action/decision-line.ts';
import type { ExecutionRecord } from '../../tenant/store/records/actions/execution-repository.ts';
import type { LogRecord } from '../../tenant/store/records/logs/log-record.ts';
import type { Tenant } from '../../tenant/tenant.ts';

/** The outcome of a login, as far as the tenant knows it. */
export type Login =
  | { readonly kind: 'decided'; readonly line: DecisionLine; readonly at: string }
  /** A successful login at another application, which the policy does not guard. */
  | { readonly kind: 'unguarded'; readonly user: string; readonly application: string; readonly at: string }
  /** A successful login at a guarded application on which no Action decided. */
  | { readonly kind: 'undecided'; readonly user: string; readonly application: string; readonly at: string }
  /** A login that failed for another reason than the policy: a wrong password, an Action that threw an error. */
  | { readonly kind: 'failed'; readonly user: string; readonly reason: string; readonly at: string };

/** Log types of successful and failed logins. A refusal by redirect leaves no log entry of its own, but a decision. */
const SUCCEEDED = new Set(['s', 'ssa', 'sepft', 'sertft']);
const FAILED = new Set(['f', 'fp', 'fu', 'fepft', 'fertft', 'ferrt', 'limit_wc', 'limit_mu']);

/**
 * Reports every login at the tenant once.
 *
 * @param isGuarded whether the policy guards the application with a client ID
 * @returns a function that stops it
 * @example
 * const stop = watchLogins(tenant, (id) => policy.applications.includes(id), (login) => print(login));
 */
export function watchLogins(
  tenant: Tenant,
  isGuarded: (clientId: string) => boolean,
  onLogin: (login: Login) => void,
): () => void {
  const stopExecutions = tenant.onExecution((execution) => {
    const line = decisionOf(execution);
    if (line !== undefined) onLogin({ kind: 'decided', line, at: execution.created_at });
  });
  const stopLog = tenant.onLog((record) => {
    if (hasDecision(tenant, record)) return;
    const user = record.user_name ?? record.user_id ?? '';
    if (SUCCEEDED.has(record.type)) {
      const kind = isGuarded(record.client_id ?? '') ? 'undecided' : 'unguarded';
      onLogin({ kind, user, application: record.client_name ?? '', at: record.date });
    } else if (FAILED.has(record.type)) {
      onLogin({ kind: 'failed', user, reason: record.description, at: record.date });
    }
  });
  return () => {
    stopExecutions();
    stopLog();
  };
}

/** Finds the line that the policy's Action writes for each login; other Actions may write anything. */
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
