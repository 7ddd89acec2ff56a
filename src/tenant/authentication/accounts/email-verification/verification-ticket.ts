import { createHash, randomBytes } from 'node:crypto';
import type { JsonObject } from '../../../store/json-value.ts';
import type { Store } from '../../../store/store.ts';

/** What a ticket lets its bearer do: show, once, that an address is read by the user who has it. */
export interface VerificationTicket {
  readonly userId: string;
  /** A user who has another address by then is not verified by it. */
  readonly email: string;
  /** Which of the user's accounts it is for, where that is not the first. */
  readonly identity?: { readonly provider: string; readonly userId: string };
  readonly clientId?: string;
  /** Where the browser goes afterwards; none: a page of the tenant's own. */
  readonly resultUrl?: string;
  readonly includeEmailInRedirect: boolean;
}

export type TicketReading =
  | { readonly state: 'good' | 'used' | 'expired'; readonly ticket: VerificationTicket }
  | { readonly state: 'unknown' };

/** Seconds; as on Auth0, five days. */
const LIFETIME = 432_000;

const KIND = 'EmailVerificationTicket';

/**
 * Makes a ticket that verifies an e-mail address. The tenant's data hold its digest only.
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
  // Kept for longer than it is good: its bearer is to be told that it came too late, and where to go on.
  store.artifacts.upsert(KIND, digest(secret), payload, goodUntil + LIFETIME);
  return `${issuer}u/email-verification?ticket=${secret}#`;
}

/**
 * What a ticket is good for, if it still is.
 *
 * @example
 * const reading = readVerificationTicket(store, query.ticket);
 */
export function readVerificationTicket(store: Store, secret: string | undefined): TicketReading {
  const kept = secret === undefined ? undefined : store.artifacts.find(KIND, digest(secret));
  if (kept === undefined) return { state: 'unknown' };
  const { accountId, goodUntil, consumed, ...rest } = kept;
  const ticket = { ...rest, userId: accountId } as unknown as VerificationTicket;
  if (consumed !== undefined) return { state: 'used', ticket };
  return { state: Number(goodUntil) > now() ? 'good' : 'expired', ticket };
}

/** Uses a ticket up. Answers false where another request was faster. */
export function useVerificationTicket(store: Store, secret: string): boolean {
  return store.artifacts.consume(KIND, digest(secret), now());
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
