import type { ProblemCode } from '../../problem/catalogue.ts';
import type { SymptomName } from './classic-mistake.ts';

/** What happened at the stand-in. Carries no token, no secret and no e-mail address. */
export type StandInEvent =
  | SignedIn
  | RefusedAtCallback
  | RefusedInApex
  | SignedOut
  | LandedOnRefusal
  | SymptomSeen
  | Failed;

export interface SignedIn {
  readonly type: 'login';
  readonly subject: string;
  readonly roles: readonly string[];
  readonly organization?: string;
}

/** The provider answered with an error, or APEX itself would not take the user. */
export interface RefusedAtCallback {
  readonly type: 'refused-at-callback';
  /** The `error` of the authorization response, or `username_not_verified`. */
  readonly error: string;
  readonly description?: string;
  /** Where the browser was sent. With `LOGIN` that starts the next sign-in: the loop. */
  readonly redirect: 'LOGIN' | 'BUILTIN_LOGIN' | 'URL';
}

/** The post-authentication procedure did not let somebody in. */
export interface RefusedInApex {
  readonly type: 'refused-in-apex';
  readonly reason: string;
}

/** A classic mistake has just shown itself. */
export interface SymptomSeen {
  readonly type: 'symptom';
  readonly name: SymptomName;
  readonly cause: string;
  readonly cure: string;
  /** What of this application it is about, such as an address. */
  readonly detail?: string;
}

export interface SignedOut {
  readonly type: 'logout';
  readonly subject: string;
  /** Whether the browser was sent to the provider's logout as well. */
  readonly endSession: boolean;
}

/** Somebody was shown the landing page. */
export interface LandedOnRefusal {
  readonly type: 'landing-page';
  readonly reason?: string;
}

export interface Failed {
  readonly type: 'error';
  readonly code: ProblemCode | 'unknown_callback_parameter' | 'invalid_state' | 'missing_username';
  readonly message: string;
}

const CONTROL_CHARACTERS = /\p{Cc}+/gu;

/**
 * Makes a text that came over the network fit for a terminal: one line, no control characters, at most 300 characters.
 *
 * @example terminalSafe('no\u001b[2Jentry') // 'no [2Jentry'
 */
export function terminalSafe(text: string): string {
  return text.slice(0, 300).replace(CONTROL_CHARACTERS, ' ');
}
