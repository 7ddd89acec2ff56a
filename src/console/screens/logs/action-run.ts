import type { Management } from 'auth0';

/** The run of one Action in a login. */
export interface ActionRun {
  readonly key: string;
  readonly actionId: string;
  readonly name: string;
  readonly startedAt: string;
  /** Duration of the run and of the start of its process, in milliseconds. */
  readonly durationMs: number;
  readonly bootMs: number;
  readonly error?: string;
  readonly console: readonly { readonly level: string; readonly text: string }[];
  /** Calls of `api` and dropped claims. Only this tenant reports them; Auth0 does not. */
  readonly calls?: readonly { readonly method: string; readonly arguments: readonly unknown[] }[];
  readonly dropped?: readonly { readonly token: string; readonly claim: string; readonly reason: string }[];
  /** Outgoing requests, in order. */
  readonly requests?: readonly SentRequest[];
}

export interface SentRequest {
  readonly method: string;
  readonly host: string;
  readonly status?: number;
  /** The error, if there was no response. */
  readonly error?: string;
  /** Milliseconds until the response headers arrived. */
  readonly duration_ms?: number;
}

/** An execution as this tenant serves it to its own console. */
export interface ExecutionDocument {
  readonly id: string;
  readonly status: string;
  readonly results: readonly {
    readonly action_id: string;
    readonly action_name: string;
    readonly binding_id: string;
    readonly handler: string;
    readonly started_at: string;
    readonly action_duration_ms: number;
    readonly boot_duration_ms: number;
    readonly console: readonly { readonly level: string; readonly text: string }[];
    readonly error?: { readonly name: string; readonly message: string; readonly stack?: string };
    readonly calls: readonly { readonly method: string; readonly arguments: readonly unknown[] }[];
    readonly requests?: readonly SentRequest[];
    readonly dropped_claims: readonly { readonly token: string; readonly claim: string; readonly reason: string }[];
  }[];
}

/** The runs of an execution in this tenant's own document. */
export function runsOfDocument({ id, results }: ExecutionDocument): ActionRun[] {
  return results.map((result, index) => ({
    key: `${id} ${index}`,
    actionId: result.action_id,
    name: result.handler === 'onContinuePostLogin' ? `${result.action_name} (continued)` : result.action_name,
    startedAt: result.started_at,
    durationMs: result.action_duration_ms,
    bootMs: result.boot_duration_ms,
    ...(result.error && { error: `${result.error.name}: ${result.error.message}${placeOf(result.error.stack)}` }),
    console: result.console,
    calls: result.calls,
    dropped: result.dropped_claims,
    requests: result.requests ?? [],
  }));
}

/** The line of the Action's code that threw. */
function placeOf(stack = ''): string {
  const [, line] = /\baction\.js:(\d+)/.exec(stack) ?? [];
  return line === undefined ? '' : ` (line ${line})`;
}

/** A result with members that tenants return but the published types lack. */
interface CompleteResult extends Management.ActionExecutionResult {
  readonly action_id?: string;
  readonly response?: {
    readonly stats?: { readonly action_duration_ms?: number; readonly boot_duration_ms?: number };
    readonly logs?: string;
    readonly requests?: readonly SentRequest[];
  };
}

/** The runs of an execution in the Management API: without calls and dropped claims. */
export function runsOfExecution({ id, results = [] }: Management.GetActionExecutionResponseContent): ActionRun[] {
  return (results as CompleteResult[]).map((result, index) => ({
    key: `${id} ${index}`,
    actionId: result.action_id ?? '',
    name: result.action_name ?? '',
    startedAt: String(result.started_at ?? ''),
    durationMs: result.response?.stats?.action_duration_ms ?? 0,
    bootMs: result.response?.stats?.boot_duration_ms ?? 0,
    ...(result.error && { error: `${result.error.id}: ${result.error.msg}` }),
    console: (result.response?.logs ?? '')
      .split('\n')
      .filter(Boolean)
      .map((text) => ({ level: 'log', text })),
    requests: result.response?.requests ?? [],
  }));
}
