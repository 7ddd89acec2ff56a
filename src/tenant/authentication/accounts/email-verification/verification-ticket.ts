import { createHash, randomBytes } from 'node:crypto';
import type { JsonObject } from '../../../store/json-value.ts';
import type { Store } from '../../../store/store.ts';

/** A ticket that verifies an e-mail address once: the user who opens its link reads mail at that address. */
export interface VerificationTicket {
  readonly userId: string;
  /** The address to verify. The ticket does nothing if the user's address has changed by then. */
  readonly email: string;
  /** The user's account that the ticket is for, if it is not the first one. */
  readonly identity?: { readonly provider: string; readonly userId: string };
  readonly clientId?: string;
  /** The page that the browser is sent to afterwards. Without it, the tenant shows a page of its own. */
  readonly resultUrl?: string;
  readonly includeEmailInRedirect: boolean;
}

export type TicketReading =
  | { readonly state: 'good' | 'used' | 'expired'; readonly ticket: VerificationTicket }
  | { readonly state: 'unknown' };

/** Five days in seconds, as on Auth0. */
const LIFETIME = 432_000;

const KIND = 'EmailVerificationTicket';

/**
 * Creates a ticket that verifies an e-mail address. The store holds only its digest.
 *
 * @param issuer the domain that the link is on, with its trailing slash.
 * @param lifetime seconds.
 * @returns the link.
 * @example
 * issueVerificationTicket(store, 'https://localhost:4000/', { userId, email, includeEmailInRedirect: true });
 * // 'https://localhost:4000/u/email-verification?ticket=…#'
 * @see Auth0 Management API: "Create an email verification ticket".
 */
export function issueVerificationTicket(
  store: Store,
  issuer: string,
  ticket: VerificationTicket,
  lifetime: number = LIFETIME,
): string {
  const secret = randomBytes(32).toString('base64url');
  const { userId, identity, ...rest } = ticket;
  const goodUntil = now() + lifetime;
  const payload: JsonObject = { ...rest, ...(identity && { identity: { ...identity } }), accountId: userId, goodUntil };
  // The record outlives the ticket, so that a late user can see that it has expired and where to continue.
  store.artifacts.upsert(KIND, digest(secret), payload, goodUntil + LIFETIME);
  return `${issuer}u/email-verification?ticket=${secret}#`;
}

/**
 * Finds a ticket and reports whether it is still valid.
 *
 * @example
 * const reading = readVerificationTicket(store, query.ticket);
 */
export function readVerificationTicket(store: Store, secret: string | undefined): TicketReading {
  const stored = secret === undefined ? undefined : store.artifacts.find(KIND, digest(secret));
  if (stored === undefined) return { state: 'unknown' };
  const { accountId, goodUntil, consumed, ...rest } = stored;
  const ticket = { ...rest, userId: accountId } as unknown as VerificationTicket;
  if (consumed !== undefined) return { state: 'used', ticket };
  return { state: Number(goodUntil) > now() ? 'good' : 'expired', ticket };
}

/** Uses the ticket. Returns false if another request has used it first. */
export function useVerificationTicket(store: Store, secret: string): boolean {
  return store.artifacts.consume(KIND, digest(secret), now());
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
