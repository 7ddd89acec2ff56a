import { createHash, randomBytes } from 'node:crypto';
import type { JsonObject } from '../../../store/json-value.ts';
import type { UserRecord } from '../../../store/records/users/user-row.ts';
import type { Store } from '../../../store/store.ts';

/** What a ticket lets its bearer do: choose a new password for one user, once. */
export interface PasswordTicket {
  readonly userId: string;
  /** For the log; none where the ticket was made without an application. */
  readonly clientId?: string;
  /** Where the browser goes afterwards; none: a page of the tenant's own. */
  readonly resultUrl?: string;
  readonly includeEmailInRedirect?: boolean;
  /** Whoever has the link has read the mail that it was in. */
  readonly marksEmailAsVerified: boolean;
}

/** Seconds; as on Auth0, five days. */
export const TICKET_LIFETIME = 5 * 24 * 60 * 60;

const KIND = 'PasswordTicket';

/**
 * Makes a ticket for a new password. It is void as soon as the user's password or e-mail address changes in any other way.
 * The tenant's data hold its digest only: a copy of them opens nobody's account.
 *
 * @param issuer the domain that the link is to lead to, with its trailing slash.
 * @param lifetime seconds.
 * @returns the link to the page where the password is chosen.
 * @example
 * issuePasswordTicket(store, 'https://localhost:4000/', { userId: 'auth0|1', marksEmailAsVerified: true });
 * // 'https://localhost:4000/u/reset-password?ticket=…'
 * @see Auth0 docs: "Change Users' Passwords"; OWASP, "Forgot Password Cheat Sheet".
 */
export function issuePasswordTicket(
  store: Store,
  issuer: string,
  ticket: PasswordTicket,
  lifetime: number = TICKET_LIFETIME,
): string {
  const secret = randomBytes(32).toString('base64url');
  const user = store.users.find(ticket.userId);
  const { userId, ...rest } = ticket;
  const payload: JsonObject = {
    ...rest,
    accountId: userId,
    state: user === undefined ? '' : stateOf(store, user),
  };
  store.artifacts.upsert(KIND, digest(secret), payload, Math.floor(Date.now() / 1000) + lifetime);
  return `${issuer}u/reset-password?ticket=${secret}`;
}

/**
 * What a ticket is good for, if it still is.
 *
 * @example
 * const found = findPasswordTicket(store, query.ticket);
 */
export function findPasswordTicket(
  store: Store,
  secret: string | undefined,
): { readonly ticket: PasswordTicket; readonly user: UserRecord } | undefined {
  const kept = secret === undefined ? undefined : store.artifacts.find(KIND, digest(secret));
  if (kept === undefined || kept.consumed !== undefined || typeof kept.accountId !== 'string') return undefined;
  const user = store.users.find(kept.accountId);
  if (user === undefined || kept.state !== stateOf(store, user)) return undefined;
  const ticket: PasswordTicket = {
    userId: user.user_id,
    marksEmailAsVerified: kept.marksEmailAsVerified === true,
    ...(typeof kept.clientId === 'string' && { clientId: kept.clientId }),
    ...(typeof kept.resultUrl === 'string' && { resultUrl: kept.resultUrl }),
    ...(kept.includeEmailInRedirect === true && { includeEmailInRedirect: true }),
  };
  return { ticket, user };
}

/** Uses a ticket up. Answers false where another request was faster. */
export function usePasswordTicket(store: Store, secret: string): boolean {
  return store.artifacts.consume(KIND, digest(secret), Math.floor(Date.now() / 1000));
}

function stateOf(store: Store, user: UserRecord): string {
  return digest(JSON.stringify([store.users.passwordHash(user.user_id) ?? null, user.email ?? null]));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
