import type { DecisionLine } from '../../action/decision-line.ts';
import type { Colours } from '../colours.ts';
import { printable } from '../printable.ts';
import { wrap } from '../wrap.ts';
import type { Decider } from './local-stand-in.ts';
import type { Login } from './watch-logins.ts';

/** Columns before each later line: those of the time. */
const INDENT = 10;

/**
 * Describes a login on one line: time, user, decision, reason, duration. If that does not fit the terminal, the decision and the user are on
 * the first line, and the rest follows, broken between words.
 *
 * @param who an e-mail address or another name of the user
 * @param width minimum number of columns for `who`
 * @param decide the party that decides; the Action if omitted
 * @param columns width of the terminal; without one, nothing is broken
 * @example
 * loginLine(login, 'una@elsewhere.example', { width: 23 }, colours);
 * // '12:03:04  una@elsewhere.example    let in   default_role, given "APEX User"  31 ms, 2 API calls'
 */
export function loginLine(
  login: Login,
  who: string,
  {
    width,
    decide,
    columns = Number.POSITIVE_INFINITY,
  }: { readonly width: number; readonly decide?: Decider | undefined; readonly columns?: number | undefined },
  colours: Colours,
): string {
  const time = new Date(login.at).toTimeString().slice(0, 8);
  const name = printable(who || 'unknown user');
  const { verdict, paint, text, cause = '', cost = '' } = outcome(login, decide, colours);
  const end = cost && `  ${cost}`;
  if (`${time}  ${name.padEnd(width)}  ${verdict}  ${text}${cause}${end}`.length <= columns) {
    return `${colours.dim(time)}  ${name.padEnd(width)}  ${paint(verdict)}  ${text}${cause && colours.red(cause)}${end && colours.dim(end)}`;
  }
  const decision = verdict.trimEnd();
  const [first = '', ...names] = wrap(`${' '.repeat(INDENT)}${decision}  ${name}`, columns, INDENT);
  const head = `${colours.dim(time)}  ${paint(decision)}${first.slice(INDENT + decision.length).trimEnd()}`;
  return [head, ...names, ...wrap(`${' '.repeat(INDENT)}${text}${cause}${cost && `, ${cost}`}`, columns, INDENT)].join(
    '\n',
  );
}

interface Outcome {
  readonly verdict: string;
  readonly paint: (verdict: string) => string;
  readonly text: string;
  readonly cause?: string;
  readonly cost?: string;
}

function outcome(login: Login, decide: Decider | undefined, colours: Colours): Outcome {
  switch (login.kind) {
    case 'decided': {
      const { decision, ms, calls, cause, assigned } = login.line;
      const roles =
        assigned === undefined ? '' : `, given ${assigned.map((role) => `"${printable(role)}"`).join(', ')}`;
      return {
        ...(decision === 'admit'
          ? { verdict: 'let in ', paint: colours.green }
          : { verdict: 'refused', paint: colours.yellow }),
        text: `${reasonOf(login.line)}${roles}`,
        ...(cause !== undefined && { cause: ` (${printable(cause)})` }),
        cost: `${ms} ms${calls === 0 ? '' : `, ${calls} API call${calls === 1 ? '' : 's'}`}`,
      };
    }
    case 'asked':
      return { verdict: 'waits  ', paint: colours.yellow, text: `for a second factor: ${reasonOf(login.line)}` };
    case 'stopped':
      return {
        verdict: 'failed ',
        paint: colours.red,
        text: `${printable(login.reason)}; the policy lets in: ${reasonOf(login.line)}`,
      };
    case 'unguarded': {
      const text = `signed in to ${printable(login.application)}, which the policy does not guard`;
      return { verdict: 'left alone', paint: colours.dim, text };
    }
    case 'undecided': {
      const application = printable(login.application);
      if (decide === 'apex') return { verdict: 'signed in', paint: String, text: `APEX decides about ${application}:` };
      const text = `signed in to ${application}, and no Action of the policy ran`;
      return { verdict: 'undecided', paint: colours.red, text };
    }
    case 'failed':
      return { verdict: 'failed ', paint: colours.red, text: printable(login.reason) };
  }
}

/** The reason of a decision, and the rule. */
function reasonOf({ reason, rule }: DecisionLine): string {
  return rule === undefined ? reason : `${reason} "${printable(rule)}"`;
}
