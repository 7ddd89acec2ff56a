import type { StandInEvent } from '../../apex/stand-in/stand-in-event.ts';
import type { Colours } from '../colours.ts';
import { printable } from '../printable.ts';
import type { Decider } from './local-stand-in.ts';

/**
 * Describes an event of the stand-in that the tenant's log does not have: a classic mistake that became visible, with its cause
 * and its cure, a sign-in that the application could not accept, or its own decision. Returns `undefined` for other events.
 *
 * @param decide the party that decides; the Action if omitted
 * @example
 * standInLine(event, 'action', colours); // 'apex  post-logout-home: The sign-out ends on …\n      To end it: Post-Logout URL: …'
 */
export function standInLine(event: StandInEvent, decide: Decider | undefined, colours: Colours): string | undefined {
  switch (event.type) {
    case 'symptom': {
      const about = event.detail === undefined ? '' : ` (${printable(event.detail)})`;
      return [
        `${colours.red('apex')}  ${colours.bold(event.name)}: ${event.cause}${about}`,
        `      ${colours.bold('To end it:')} ${event.cure}`,
      ].join('\n');
    }
    case 'invitation-dropped':
      return [
        `${colours.yellow('apex')}  signs in without the invitation that led here: the parameters of the scheme are fixed`,
        '      To accept it: an application that passes invitation and organization on to /authorize.',
      ].join('\n');
    case 'refused-in-apex':
      return `${colours.yellow('apex')}  the post-authentication procedure refuses: ${printable(event.reason)}`;
    case 'login': {
      if (decide !== 'apex' && decide !== 'both') return undefined;
      const roles = event.roles.length === 0 ? 'without a role' : `with ${event.roles.map(printable).join(', ')}`;
      return `${colours.green('apex')}  the post-authentication procedure lets in ${roles}`;
    }
    case 'error':
      return `${colours.red('apex')}  ${printable(event.message)} ${colours.dim(`[${event.code}]`)}`;
    default:
      return undefined;
  }
}
