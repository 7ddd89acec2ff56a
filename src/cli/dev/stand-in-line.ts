import type { StandInEvent } from '../../apex/stand-in/stand-in-event.ts';
import type { Colours } from '../colours.ts';
import { printable } from '../printable.ts';

/**
 * What the stand-in has to say that no login at the tenant tells: a classic mistake that showed itself, with its cause and its cure;
 * a sign-in that the application itself could not take or refused. `undefined` for what the login's own line says already.
 *
 * @example
 * standInLine(event, colours); // 'apex  post-logout-home: The sign-out ends on …\n      To end it: Post-Logout URL: …'
 */
export function standInLine(event: StandInEvent, colours: Colours): string | undefined {
  switch (event.type) {
    case 'symptom': {
      const about = event.detail === undefined ? '' : ` (${printable(event.detail)})`;
      return [
        `${colours.red('apex')}  ${colours.bold(event.name)}: ${event.cause}${about}`,
        `      ${colours.bold('To end it:')} ${event.cure}`,
      ].join('\n');
    }
    case 'refused-in-apex':
      return `${colours.yellow('apex')}  the post-authentication procedure refuses: ${printable(event.reason)}`;
    case 'error':
      return `${colours.red('apex')}  ${printable(event.message)} ${colours.dim(`[${event.code}]`)}`;
    default:
      return undefined;
  }
}
