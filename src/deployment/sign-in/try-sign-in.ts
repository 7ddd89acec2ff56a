import { setTimeout as pause } from 'node:timers/promises';
import type { ManagementClient } from 'auth0';
import { AuthorizationResponseError } from 'openid-client';
import type { LoginDecision } from '../decisions/login-decision.ts';
import { withCallback } from './temporary-callback.ts';
import { beginTestLogin } from './test-login.ts';
import { watchDecisions } from './watch-decisions.ts';

/** The outcome of a login. */
export interface SignInOutcome {
  readonly outcome: 'admit' | 'refuse' | 'error';
  /** The decision in the tenant's log; `undefined` if it is not there, or not yet. */
  readonly decision: LoginDecision | undefined;
  /** Claims of the ID token; absent if the user was not let in. */
  readonly claims: Readonly<Record<string, unknown>> | undefined;
  /** The tenant's error, if the login failed. */
  readonly message: string | undefined;
}

export interface SignInTools {
  readonly clientId: string;
  readonly domain: string;
  /** The callback that the browser returns to. */
  readonly callback: { readonly address: string; readonly arrived: Promise<URL> };
  /** Opens the address in the browser. */
  readonly open: (url: URL) => void;
  readonly signal: AbortSignal;
}

/** Time limit for the log, which is a little behind on a tenant. */
const LOG_TIMEOUT_MS = 15_000;

/**
 * Signs in a user at a guarded application for real. A refused user ends on the landing page and never returns here: the
 * decision about them is read from the tenant's log.
 *
 * @throws {ManagementError} of the `auth0` package; an `AbortError` when the signal aborts
 */
export async function trySignIn(management: ManagementClient, tools: SignInTools): Promise<SignInOutcome> {
  const { clientId, callback, signal } = tools;
  return await withCallback(management, clientId, callback.address, async () => {
    const application = await management.clients.get(clientId);
    const login = await beginTestLogin(tools.domain, application, callback.address);
    const watching = new AbortController();
    const signals = AbortSignal.any([signal, watching.signal]);
    const decisions = watchDecisions(management, clientId, signals);
    try {
      tools.open(login.url);
      const refused = decisions.first(({ outcome }) => outcome === 'refuse').then((decision) => decision ?? NEVER);
      const first = await Promise.race([callback.arrived, refused, aborted(signal)]);
      if (!(first instanceof URL)) {
        return { outcome: 'refuse', decision: first, claims: undefined, message: undefined };
      }
      try {
        const claims = await login.finish(first);
        const own = decisions.first(({ outcome, userId }) => outcome === 'admit' && userId === claims.sub);
        const decision = await Promise.race([own, pause(LOG_TIMEOUT_MS, undefined, { signal: signals })]);
        return { outcome: 'admit', decision, claims, message: undefined };
      } catch (error) {
        if (!(error instanceof AuthorizationResponseError)) throw error;
        const message = error.error_description ?? error.error;
        const outcome = error.error === 'access_denied' ? 'refuse' : 'error';
        return { outcome, decision: undefined, claims: undefined, message };
      }
    } finally {
      watching.abort();
    }
  });
}

const NEVER = new Promise<never>(() => {});

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
