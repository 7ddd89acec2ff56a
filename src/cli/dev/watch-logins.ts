import { type DecisionLine, parseDecisionLine } from '../../action/decision-line.ts';
import type { ExecutionRecord } from '../../tenant/store/records/actions/execution-repository.ts';
import type { LogRecord } from '../../tenant/store/records/logs/log-record.ts';
import type { Tenant } from '../../tenant/tenant.ts';

/** The outcome of a login, as far as the tenant knows it. */
export type Login =
  | { readonly kind: 'decided'; readonly line: DecisionLine; readonly at: string }
  /** The policy lets the user in after a second factor. */
  | { readonly kind: 'asked'; readonly line: DecisionLine; readonly at: string }
  /** The policy lets the user in, and another Action failed or refused the login. */
  | { readonly kind: 'stopped'; readonly line: DecisionLine; readonly reason: string; readonly at: string }
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
 * Reports every login at the tenant once; one that asks for a second factor once more when the factor was passed.
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
    const login = loginOf(execution);
    if (login !== undefined) onLogin(login);
  });
  const stopLog = tenant.onLog((record) => {
    const executions = (record.executions ?? [])
      .map((id) => tenant.findExecution(id))
      .filter((execution) => execution !== undefined);
    const [reported] = executions.flatMap((execution) => loginOf(execution) ?? []);
    const at = record.date;
    const user = record.user_name ?? record.user_id ?? '';
    if (SUCCEEDED.has(record.type)) {
      const kind = isGuarded(record.client_id ?? '') ? 'undecided' : 'unguarded';
      if (reported === undefined) onLogin({ kind, user, application: record.client_name ?? '', at });
      else if (reported.kind === 'asked') onLogin({ kind: 'decided', line: reported.line, at });
    } else if (FAILED.has(record.type) && !isReported(reported, record)) {
      onLogin({ kind: 'failed', user, reason: endOf(executions) ?? record.description, at });
    }
  });
  return () => {
    stopExecutions();
    stopLog();
  };
}

type Reported = ReturnType<typeof loginOf>;

/** Whether a failure was reported when its Actions ended: by another Action, by the policy, or a factor that no browser can be asked for. */
function isReported(reported: Reported, { description }: LogRecord): boolean {
  if (reported === undefined) return false;
  if (reported.kind === 'asked') return /multifactor authentication required/i.test(description);
  return reported.kind === 'stopped' || reported.line.decision === 'refuse';
}

/** The Action that ended a login, and how. */
function endOf(executions: readonly Pick<ExecutionRecord, 'results'>[]): string | undefined {
  for (const { action_name: name, error, calls } of executions.flatMap(({ results }) => results)) {
    if (error !== undefined) return `the Action "${name}" failed: ${error.message}`;
    const denial = calls.find(({ method }) => method === 'access.deny');
    if (denial !== undefined) return `the Action "${name}" refuses: ${String(denial.arguments[0] ?? '')}`;
  }
  return undefined;
}

/** A login that the policy's Action decided, if it ran in the execution. The Actions behind it may end the login otherwise. */
function loginOf({ results, created_at: at }: ExecutionRecord): Exclude<Login, { readonly user: string }> | undefined {
  const line = decisionOf(results);
  if (line === undefined) return undefined;
  if (line.decision === 'refuse') return { kind: 'decided', line, at };
  const reason = endOf([{ results }]);
  if (reason !== undefined) return { kind: 'stopped', line, reason, at };
  return { kind: line.mfa === true ? 'asked' : 'decided', line, at };
}

/** Finds the line that the policy's Action writes for each login; other Actions may write anything. */
function decisionOf(results: ExecutionRecord['results']): DecisionLine | undefined {
  for (const result of results) {
    for (const { text } of result.console) {
      const line = parseDecisionLine(text);
      if (line !== undefined) return line;
    }
  }
  return undefined;
}
