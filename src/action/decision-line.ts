//! The line that a login writes to the Action's console output.
import type { AdmissionReason, RefusalReason } from '../policy/decision.ts';
import type { FailureCause } from './management-failure.ts';

/** Auth0 keeps 256 characters of an Action's console output (Auth0 docs, "Actions Limitations"), including the line's end. */
const MOST_CHARACTERS = 255;

/**
 * The line that the Action writes with `console.log` once for every login at a guarded application: one line of JSON of
 * at most 255 characters, in this order. Logins at other applications write none.
 *
 * `{"portcullis":1,"decision":"admit","reason":"default_role","user":"auth0|65f0","ms":212,"calls":2,"assigned":["MEMBER"]}`
 */
export interface DecisionLine {
  /** Version of this format. */
  readonly portcullis: 1;
  readonly decision: 'admit' | 'refuse';
  /** `internal_error`: something unexpected went wrong in the Action, and the login was refused. */
  readonly reason: AdmissionReason | RefusalReason | 'internal_error';
  /**
   * The user id. The part before an `@` in it is replaced by `***`, since enterprise connections make ids from
   * e-mail addresses; an id that is too long ends in `…`.
   */
  readonly user: string;
  /** Whole milliseconds that the Action took. */
  readonly ms: number;
  /** Requests to the tenant: for the token, to the Management API, and retries. */
  readonly calls: number;
  /** Why a request to the tenant failed, or the name of the unexpected error. Absent if all went well. */
  readonly cause?: FailureCause | `${string}Error` | undefined;
  /** Names of the policy's rules that decided, separated by commas. Left out if there is none, or if they do not fit. */
  readonly rule?: string | undefined;
  /** A second factor was asked for. */
  readonly mfa?: true | undefined;
  /** The country that Auth0 reported, if a rule asks for countries. The rest of a login is in the tenant's log. */
  readonly country?: string | undefined;
  /** Names of the roles that this login assigned. Left out if it assigned none, or if they do not fit. */
  readonly assigned?: readonly string[] | undefined;
}

const REASON = /^[a-z][a-z_]{0,39}$/;

/**
 * Writes a decision line: always valid JSON on one line of fewer than 256 characters.
 *
 * @example formatDecisionLine({ portcullis: 1, decision: 'refuse', reason: 'unverified_email', user: 'auth0|1', ms: 1, calls: 0 })
 */
export function formatDecisionLine(line: DecisionLine): string {
  const { portcullis, decision, reason, ms, calls, mfa, country } = line;
  const user = withoutMailbox(line.user);
  const cause = line.cause?.slice(0, 40);
  // JSON leaves out undefined values.
  const write = (shownUser: string, shownRule?: string, shownRoles?: readonly string[]) =>
    JSON.stringify({
      portcullis,
      decision,
      reason,
      user: shownUser,
      ms,
      calls,
      cause,
      mfa,
      country,
      rule: shownRule,
      assigned: shownRoles,
    });

  const assigned = line.assigned?.length === 0 ? undefined : line.assigned;
  const fitting = [
    write(user, line.rule, assigned),
    write(user, line.rule),
    write(user, undefined, assigned),
    write(user),
  ].find((text) => text.length <= MOST_CHARACTERS);
  if (fitting !== undefined) return fitting;

  let room = MOST_CHARACTERS - write('…').length;
  let start = '';
  for (const character of user) {
    // Quotes, controls and broken characters are longer in JSON.
    room -= JSON.stringify(character).length - 2;
    if (room < 0) break;
    start += character;
  }
  return write(`${start}…`);
}

function withoutMailbox(userId: string): string {
  const parts = userId.split('|').map((part) => {
    const at = part.lastIndexOf('@');
    return at < 0 ? part : `***${part.slice(at)}`;
  });
  return parts.join('|');
}

/**
 * Reads a decision line back.
 *
 * @returns `undefined` for any other text, such as another Action's output
 * @example parseDecisionLine('hello') // undefined
 */
export function parseDecisionLine(text: string): DecisionLine | undefined {
  let value: Partial<Record<keyof DecisionLine, unknown>> | null;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || value.portcullis !== 1) return undefined;
  const { decision, reason, user, ms, calls, cause, rule, mfa, country, assigned } = value;
  const valid =
    (decision === 'admit' || decision === 'refuse') &&
    typeof reason === 'string' &&
    REASON.test(reason) &&
    typeof user === 'string' &&
    isCount(ms) &&
    isCount(calls) &&
    (cause === undefined || typeof cause === 'string') &&
    (rule === undefined || typeof rule === 'string') &&
    (mfa === undefined || mfa === true) &&
    (country === undefined || typeof country === 'string') &&
    (assigned === undefined || (Array.isArray(assigned) && assigned.every((role) => typeof role === 'string')));
  return valid ? (value as DecisionLine) : undefined;
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
