import { createHash, randomBytes } from 'node:crypto';
import { errors } from 'oidc-provider';
import type { JsonObject } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';
import { MFA_REQUIRED } from '../authorize/steps/actions/ask-for-factors.ts';
import type { SuspendedLogin } from '../authorize/suspended-login.ts';

/** A password login that waits for a factor. Plain JSON. */
export interface WaitingLogin extends SuspendedLogin {
  readonly accountId: string;
  readonly clientId: string;
  readonly connectionId: string;
  /** The time of the password check, in seconds since 1970. If the password changes afterwards, the login must start again. */
  readonly authTime: number;
  readonly lastPasswordReset?: string | undefined;
  /** The library's indicator of the API that the access token is for. */
  readonly indicator?: string | undefined;
  readonly requestedScopes: readonly string[];
  readonly scopes: readonly string[];
}

const KIND = 'MfaToken';

/** Seconds. Auth0's lifetime cannot be configured either. */
const LIFETIME = 10 * 60;

/** The refusal of a grant without a browser, with the token that lets the application continue. */
export class MfaRequired extends errors.CustomOIDCProviderError {
  readonly mfaToken: string;

  constructor(mfaToken: string) {
    super('mfa_required', MFA_REQUIRED);
    this.mfaToken = mfaToken;
  }
}

/**
 * Stores a login until its application sends a code.
 *
 * @returns the refusal to throw, with the token. The store holds only its digest.
 * @example
 * throw suspendForFactor(store, { accountId, clientId, connectionId, requests, actions, … });
 * @see Auth0 docs: "Authenticate Using the Resource Owner Password Flow with MFA".
 */
export function suspendForFactor(store: Store, login: WaitingLogin): MfaRequired {
  const token = randomBytes(32).toString('base64url');
  const payload = JSON.parse(JSON.stringify(login)) as JsonObject;
  store.artifacts.upsert(KIND, digest(token), payload, Math.floor(Date.now() / 1000) + LIFETIME);
  return new MfaRequired(token);
}

/**
 * The login of a token; nothing if the token is unknown, used, expired, or belongs to another application.
 *
 * @example
 * const waiting = findWaitingLogin(store, params.mfa_token, client.client_id);
 */
export function findWaitingLogin(store: Store, token: string, clientId: string): WaitingLogin | undefined {
  const found = store.artifacts.find(KIND, digest(token));
  if (found === undefined || found.consumed !== undefined || found.clientId !== clientId) return undefined;
  return found as unknown as WaitingLogin;
}

/** Uses the token. Returns false if another request has used it first. */
export function useMfaToken(store: Store, token: string): boolean {
  return store.artifacts.consume(KIND, digest(token), Math.floor(Date.now() / 1000));
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
