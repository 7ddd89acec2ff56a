import { createHash, randomBytes } from 'node:crypto';
import { errors } from 'oidc-provider';
import type { SuspendedPipeline } from '../../actions/run/login-transaction.ts';
import type { FactorRequest } from '../../factors/factor-requests.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';
import { MFA_REQUIRED } from '../authorize/browserless-outcome.ts';
import type { PassedFactor } from '../multifactor/factor-dialogs.ts';

/** A login with a password that waits for a factor. Plain JSON. */
export interface WaitingLogin {
  readonly accountId: string;
  readonly clientId: string;
  readonly connectionId: string;
  readonly transactionId: string;
  /** When the password was found right, in seconds since 1970; whoever has another one since begins anew. */
  readonly authTime: number;
  readonly lastPasswordReset?: string | undefined;
  /** The API that the access token is for, as the library names it. */
  readonly indicator?: string | undefined;
  readonly requestedScopes: readonly string[];
  readonly scopes: readonly string[];
  readonly requests: readonly FactorRequest[];
  readonly passed: readonly PassedFactor[];
  /** How many of the requests are met. */
  readonly met: number;
  readonly suspended: SuspendedPipeline;
  readonly executions: readonly string[];
}

const KIND = 'MfaToken';

/** Seconds; Auth0's cannot be configured either. */
const LIFETIME = 10 * 60;

/** The refusal of a grant that has no browser, with what the application goes on with. */
export class MfaRequired extends errors.CustomOIDCProviderError {
  readonly mfaToken: string;

  constructor(mfaToken: string) {
    super('mfa_required', MFA_REQUIRED);
    this.mfaToken = mfaToken;
  }
}

/**
 * Keeps a login until its application comes back with a code.
 *
 * @returns the refusal to throw, with the token; the tenant's data hold its digest only.
 * @example
 * throw waitForFactor(store, { accountId, clientId, connectionId, requests, suspended, … });
 * @see Auth0 docs: "Authenticate Using the Resource Owner Password Flow with MFA".
 */
export function waitForFactor(store: Store, login: WaitingLogin): MfaRequired {
  const token = randomBytes(32).toString('base64url');
  const payload = JSON.parse(JSON.stringify(login)) as JsonObject;
  store.artifacts.upsert(KIND, digest(token), payload, Math.floor(Date.now() / 1000) + LIFETIME);
  return new MfaRequired(token);
}

/**
 * The login that a token is of; nothing where it is unknown, used, too old, or another application's.
 *
 * @example
 * const waiting = waitingLogin(store, params.mfa_token, client.client_id);
 */
export function waitingLogin(store: Store, token: string, clientId: string): WaitingLogin | undefined {
  const found = store.artifacts.find(KIND, digest(token));
  if (found === undefined || found.consumed !== undefined || found.clientId !== clientId) return undefined;
  return found as unknown as WaitingLogin;
}

/** Uses a token up. Answers false where another request was faster. */
export function useMfaToken(store: Store, token: string): boolean {
  return store.artifacts.consume(KIND, digest(token), Math.floor(Date.now() / 1000));
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
