//! One request to the tenant: limited in time, and repeated if repeating can help.

import type { LoginBudget } from './login-budget.ts';
import { type FailureCause, ManagementFailure } from './management-failure.ts';
import { readJsonResponse } from './read-json-response.ts';
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
 * Sends a request until it succeeds, at most four times and within the login's budget. Responses 408, 429 and 5xx,
 * broken connections, timeouts, and responses that are not JSON are repeated; everything else is final. Only for
 * requests that may safely arrive twice.
 *
 * @returns the JSON of a successful response: an object or an array
 * @throws {ManagementFailure} with the cause of the last attempt
 */
export async function requestTenant(request: TenantRequest, budget: LoginBudget): Promise<object> {
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
      // A followed redirect could carry the credentials to another host.
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
    if (response.ok) return { ok: true, value: await readJsonResponse(response) };
    await response.body?.cancel().catch(() => undefined);
    const { status } = response;
    const repeat = status === 408 || status === 429 || status >= 500;
    // Every response has the rate limit's headers; they are a reason to wait only if the limit was the reason to refuse.
    const limited = status === 429 || status === 503;
    return { ok: false, cause: `http_${status}`, repeat, ...(limited ? { headers: response.headers } : {}) };
  } catch (error) {
    const timedOut = (error as { name?: unknown } | undefined)?.name === 'TimeoutError';
    return { ok: false, cause: timedOut ? 'timeout' : 'network', repeat: true };
  }
}
