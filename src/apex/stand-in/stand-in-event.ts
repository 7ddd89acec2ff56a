import type { ProblemCode } from '../../problem/catalogue.ts';
import type { SymptomName } from './classic-mistake.ts';

/** An event at the stand-in. Contains no token, no secret and no e-mail address. */
export type StandInEvent =
  | SignedIn
  | RefusedAtCallback
  | RefusedInApex
  | SignedOut
  | LandedOnRefusal
  | SymptomSeen
  | InvitationDropped
  | Failed;

export interface SignedIn {
  readonly type: 'login';
  readonly subject: string;
  readonly roles: readonly string[];
  readonly organization?: string;
}

/** The provider responded with an error, or APEX itself did not accept the user. */
export interface RefusedAtCallback {
  readonly type: 'refused-at-callback';
  /** The `error` of the authorization response, or `username_not_verified`. */
  readonly error: string;
  readonly description?: string;
  /** The redirect's target. `LOGIN` starts the next sign-in: the loop. */
  readonly redirect: 'LOGIN' | 'BUILTIN_LOGIN' | 'URL';
}

/** The post-authentication procedure refused a user. */
export interface RefusedInApex {
  readonly type: 'refused-in-apex';
  readonly reason: string;
}

/** The symptom of a classic mistake has occurred. */
export interface SymptomSeen {
  readonly type: 'symptom';
  readonly name: SymptomName;
  readonly cause: string;
  readonly cure: string;
  /** The part of this application that is affected, such as an address. */
  readonly detail?: string;
}

/** An invitation to an organization led here, and the request for the sign-in is without it. */
export interface InvitationDropped {
  readonly type: 'invitation-dropped';
}

export interface SignedOut {
  readonly type: 'logout';
  readonly subject: string;
  /** Whether the browser was sent to the provider's logout as well. */
  readonly endSession: boolean;
}

/** A user was shown the landing page. */
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
 * Makes a text from the network safe for a terminal: one line, no control characters, at most 300 characters.
 *
 * @example terminalSafe('no\u001b[2Jentry') // 'no [2Jentry'
 */
export function terminalSafe(text: string): string {
  return text.slice(0, 300).replace(CONTROL_CHARACTERS, ' ');
}
