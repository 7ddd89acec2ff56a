//! One request to the tenant: limited in time, repeated where repeating helps.
import { readJsonAnswer } from './json-answer.ts';
import type { LoginBudget } from './login-budget.ts';
import { type FailureCause, ManagementFailure } from './management-failure.ts';
import { retryDelay } from './retry-delay.ts';

/** A healthy tenant answers in a tenth of this; a slow one leaves time for a second try. */
const REQUEST_MS = 1500;
const MOST_ATTEMPTS = 4;

export interface TenantRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly token?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
}

type Attempt =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly cause: FailureCause; readonly repeat: boolean; readonly headers?: Headers };

/**
 * Sends a request until it succeeds, at most four times and within the login's budget. Answers 408, 429 and 5xx,
 * broken connections, silence, and answers that are no JSON are repeated; everything else is final. Only for
 * requests that may safely arrive twice.
 *
 * @returns the JSON of a successful answer: an object or an array
 * @throws {ManagementFailure} with the cause of the last attempt
 */
export async function askTenant(request: TenantRequest, budget: LoginBudget): Promise<object> {
  for (let attempt = 1; ; attempt += 1) {
    if (!budget.affords(0)) throw new ManagementFailure('time_over');
    const outcome = await send(request, budget);
    if (outcome.ok) {
      if (typeof outcome.value === 'object' && outcome.value !== null) return outcome.value;
    } else if (!outcome.repeat) {
      throw new ManagementFailure(outcome.cause);
    }
    const pause = retryDelay(attempt, outcome.ok ? undefined : outcome.headers, Date.now());
    if (attempt >= MOST_ATTEMPTS || !budget.affords(pause)) {
      throw new ManagementFailure(outcome.ok ? 'bad_answer' : outcome.cause);
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

async function send(request: TenantRequest, budget: LoginBudget): Promise<Attempt> {
  budget.calls += 1;
  try {
    const response = await fetch(request.url, {
      method: request.method,
      // Following a redirect could carry the credentials elsewhere.
      redirect: 'manual',
      headers: {
        accept: 'application/json',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(request.token === undefined ? {} : { authorization: `Bearer ${request.token}` }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      signal: AbortSignal.timeout(budget.limit(REQUEST_MS)),
    });
    if (response.status === 204) return { ok: true, value: {} };
    if (response.ok) return { ok: true, value: await readJsonAnswer(response) };
    await response.body?.cancel().catch(() => undefined);
    const { status } = response;
    const repeat = status === 408 || status === 429 || status >= 500;
    // The rate limit stands in every answer; it is a reason to wait only where it was the reason to refuse.
    const limited = status === 429 || status === 503;
    return { ok: false, cause: `http_${status}`, repeat, ...(limited ? { headers: response.headers } : {}) };
  } catch (error) {
    const timedOut = (error as { name?: unknown } | undefined)?.name === 'TimeoutError';
    return { ok: false, cause: timedOut ? 'timeout' : 'network', repeat: true };
  }
}
