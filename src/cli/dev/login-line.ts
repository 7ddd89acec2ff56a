import type { Colours } from '../colours.ts';
import { printable } from '../printable.ts';
import type { Decider } from './local-stand-in.ts';
import type { Login } from './watch-logins.ts';

/**
 * Describes a login on one line: time, user, decision, reason, duration.
 *
 * @param who an e-mail address or another name of the user
 * @param width minimum number of columns for `who`
 * @param decide the party that decides; the Action if omitted
 * @example
 * loginLine(login, 'una@elsewhere.example', { width: 23 }, colours);
 * // '12:03:04  una@elsewhere.example    let in   default_role, given "APEX User"  31 ms, 2 API calls'
 */
export function loginLine(
  login: Login,
  who: string,
  { width, decide }: { readonly width: number; readonly decide?: Decider | undefined },
  colours: Colours,
): string {
  const time = colours.dim(new Date(login.at).toTimeString().slice(0, 8));
  return `${time}  ${printable(who || 'unknown user').padEnd(width)}  ${outcome(login, decide, colours)}`;
}

function outcome(login: Login, decide: Decider | undefined, colours: Colours): string {
  switch (login.kind) {
    case 'decided': {
      const { decision, reason, ms, calls, cause, assigned } = login.line;
      const verdict = decision === 'admit' ? colours.green('let in ') : colours.yellow('refused');
      const roles =
        assigned === undefined ? '' : `, given ${assigned.map((role) => `"${printable(role)}"`).join(', ')}`;
      const why = cause === undefined ? '' : colours.red(` (${printable(cause)})`);
      const cost = `${ms} ms${calls === 0 ? '' : `, ${calls} API call${calls === 1 ? '' : 's'}`}`;
      return `${verdict}  ${reason}${roles}${why}  ${colours.dim(cost)}`;
    }
    case 'unguarded':
      return `${colours.dim('left alone')}  signed in to ${printable(login.application)}, which the policy does not guard`;
    case 'undecided':
      if (decide === 'apex') return `signed in  APEX decides about ${printable(login.application)}:`;
      return `${colours.red('undecided')}  signed in to ${printable(login.application)}, and no Action of the policy ran`;
    case 'failed':
      return `${colours.red('failed ')}  ${printable(login.reason)}`;
  }
}
