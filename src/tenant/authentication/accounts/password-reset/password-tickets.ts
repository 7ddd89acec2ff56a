import { createHash, randomBytes } from 'node:crypto';
import type { JsonObject } from '../../../store/json-value.ts';
import type { UserRecord } from '../../../store/records/users/user-row.ts';
import type { Store } from '../../../store/store.ts';

/** A ticket that lets its holder choose a new password for one user, once. */
export interface PasswordTicket {
  readonly userId: string;
  /** For the log; absent if the ticket was created without an application. */
  readonly clientId?: string;
  /** The page that the browser is sent to afterwards. Without it, the tenant shows a page of its own. */
  readonly resultUrl?: string;
  readonly includeEmailInRedirect?: boolean;
  /** Set if the link is sent by mail: a user who has the link has read that mail. */
  readonly marksEmailAsVerified: boolean;
}

/** Five days in seconds, as on Auth0. */
const TICKET_LIFETIME = 5 * 24 * 60 * 60;

const KIND = 'PasswordTicket';

/**
 * Creates a ticket for a new password. It becomes invalid if the user's password or e-mail address changes in any other
 * way. The store holds only its digest, so a copy of the store gives access to no account.
 *
 * @param issuer the domain of the link, with its trailing slash.
 * @param lifetime seconds.
 * @returns the link to the page on which the user chooses the password.
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
 * Finds a ticket that is still valid, and its user.
 *
 * @example
 * const found = findPasswordTicket(store, query.ticket);
 */
export function findPasswordTicket(
  store: Store,
  secret: string | undefined,
): { readonly ticket: PasswordTicket; readonly user: UserRecord } | undefined {
  const stored = secret === undefined ? undefined : store.artifacts.find(KIND, digest(secret));
  if (stored === undefined || stored.consumed !== undefined || typeof stored.accountId !== 'string') return undefined;
  const user = store.users.find(stored.accountId);
  if (user === undefined || stored.state !== stateOf(store, user)) return undefined;
  const ticket: PasswordTicket = {
    userId: user.user_id,
    marksEmailAsVerified: stored.marksEmailAsVerified === true,
    ...(typeof stored.clientId === 'string' && { clientId: stored.clientId }),
    ...(typeof stored.resultUrl === 'string' && { resultUrl: stored.resultUrl }),
    ...(stored.includeEmailInRedirect === true && { includeEmailInRedirect: true }),
  };
  return { ticket, user };
}

/** Uses the ticket. Returns false if another request has used it first. */
export function usePasswordTicket(store: Store, secret: string): boolean {
  return store.artifacts.consume(KIND, digest(secret), Math.floor(Date.now() / 1000));
}

function stateOf(store: Store, user: UserRecord): string {
  return digest(JSON.stringify([store.users.passwordHash(user.user_id) ?? null, user.email ?? null]));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
