import { randomBytes, randomInt } from 'node:crypto';
import type { StandInLimits } from './options.ts';
import type { ProviderValues } from './provider.ts';

/** An authorization request that has not been answered yet. */
export interface PendingSignIn {
  readonly state: string;
  readonly scheme: string;
  readonly nonce?: string;
  readonly codeVerifier?: string;
  /** Path and query of the requested page. */
  readonly deepLink: string;
}

export interface SignedInUser {
  readonly name: string;
  readonly subject: string;
  readonly scheme: string;
  readonly claims: ProviderValues;
  readonly idToken: string;
  readonly claimShape: 'absent' | 'text' | 'list' | 'other';
  /** Dynamic groups, as `apex_authorization.enable_dynamic_groups` stores them. */
  readonly groups: readonly string[];
  /** The application item that holds the organisation; `null` when there is none. */
  readonly organization: string | null;
}

export interface ApexSession {
  /** The number that URLs carry. */
  readonly id: string;
  /** The value of the session cookie. */
  readonly cookie: string;
  readonly createdAt: number;
  lastSeenAt: number;
  readonly user: SignedInUser | null;
  /** The scheme that Switch in Session has selected; `null`: the current one. */
  scheme: string | null;
  /** Symptoms that were already reported for this session. */
  readonly symptoms: Set<string>;
  /** Shown once, on the next public page. */
  notification: string | null;
  readonly pending: Map<string, PendingSignIn>;
}

/** Number of sign-ins, such as in several tabs, that one browser may have open at the provider. */
const PENDING_PER_SESSION = 8;

/** APEX's sessions, in memory: limited in number, idle time and lifetime. */
export class SessionStore {
  readonly #byCookie = new Map<string, ApexSession>();
  readonly #limits: StandInLimits;
  readonly #clock: () => number;

  constructor(limits: StandInLimits, clock: () => number) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Makes a session with a new id and cookie: it never takes over a value that the browser sent. */
  create(user: SignedInUser | null = null): ApexSession {
    const now = this.#clock();
    this.#makeRoom(now);
    const session: ApexSession = {
      id: String(randomInt(10 ** 12, 10 ** 14)),
      cookie: `ORA_WWV-${randomBytes(24).toString('base64url')}`,
      createdAt: now,
      lastSeenAt: now,
      user,
      scheme: null,
      symptoms: new Set(),
      notification: null,
      pending: new Map(),
    };
    this.#byCookie.set(session.cookie, session);
    return session;
  }

  /**
   * Returns the valid session of a cookie. If the URL has a session id, it must belong to the same session;
   * `0` is APEX's way to leave it out.
   */
  find(cookie: string | undefined, id?: string): ApexSession | undefined {
    const session = cookie === undefined ? undefined : this.#byCookie.get(cookie);
    if (session === undefined) return undefined;
    const now = this.#clock();
    if (this.#isOver(session, now)) {
      this.delete(session);
      return undefined;
    }
    if (id !== undefined && id !== '0' && id !== session.id) return undefined;
    session.lastSeenAt = now;
    // The map keeps the order of use, so that its first entry is the one to remove when it is full.
    this.#byCookie.delete(session.cookie);
    this.#byCookie.set(session.cookie, session);
    return session;
  }

  /** Returns why the session of a cookie has ended, if it has: it lasted too long, or was idle for too long. */
  endOf(cookie: string | undefined): { readonly session: ApexSession; readonly why: 'length' | 'idle' } | undefined {
    const session = cookie === undefined ? undefined : this.#byCookie.get(cookie);
    if (session === undefined) return undefined;
    const now = this.#clock();
    if (now - session.createdAt > this.#limits.sessionLifetimeMs) return { session, why: 'length' };
    return this.#isOver(session, now) ? { session, why: 'idle' } : undefined;
  }

  delete(session: ApexSession): void {
    this.#byCookie.delete(session.cookie);
  }

  #isOver(session: ApexSession, now: number): boolean {
    return (
      now - session.lastSeenAt > this.#limits.sessionIdleMs || now - session.createdAt > this.#limits.sessionLifetimeMs
    );
  }

  #makeRoom(now: number): void {
    for (const session of this.#byCookie.values()) {
      if (!this.#isOver(session, now) && this.#byCookie.size < this.#limits.sessions) return;
      this.delete(session);
    }
  }
}

/** Stores an authorization request; if a browser has too many, the oldest is removed. */
export function rememberSignIn(session: ApexSession, ajaxIdentifier: string, signIn: PendingSignIn): void {
  for (const oldest of session.pending.keys()) {
    if (session.pending.size < PENDING_PER_SESSION) break;
    session.pending.delete(oldest);
  }
  session.pending.set(ajaxIdentifier, signIn);
}

/** Returns a stored request once. `undefined` for a state that is not, or no longer, this session's. */
export function takeSignIn(session: ApexSession, ajaxIdentifier: string, state: string): PendingSignIn | undefined {
  const signIn = session.pending.get(ajaxIdentifier);
  if (signIn === undefined || signIn.state !== state) return undefined;
  session.pending.delete(ajaxIdentifier);
  return signIn;
}
