import type { PastDoor, PastLogins, PastTally } from '../../deployment/past-logins/past-logins.ts';
import type { Colours } from '../colours.ts';
import { printable } from '../printable.ts';
import { wrap } from '../wrap.ts';
import { countOf } from './gathering-progress.ts';

const PEOPLE_SHOWN = 3;
/** Columns before the text of a group: its sign and its count. */
const INDENT = 17;

/**
 * Describes what the planned policy would have decided about the logins of the past.
 *
 * @param names names of applications by client ID
 * @param columns width of the terminal; below 80, long lines are wrapped
 * @example process.stdout.write(describePastLogins(logins, new Map([['b1Xk…', 'APEX']]), colours));
 */
export function describePastLogins(
  { since, logins, doors }: PastLogins,
  names: ReadonlyMap<string, string>,
  colours: Colours,
  columns = 80,
): string {
  const wrapped = (text: string, indent = 4) => (columns < 80 ? wrap(text, columns, indent) : [text]);
  const title = `  Logins since ${since}, decided again: ${countOf(logins)}`;
  return [
    ...wrapped(title).map((line, index) => (index === 0 ? line.replace('Logins', colours.bold('Logins')) : line)),
    '',
    ...doors.flatMap((door) => describeDoor(door, names, colours, wrapped)),
    '',
  ].join('\n');
}

function describeDoor(
  door: PastDoor,
  names: ReadonlyMap<string, string>,
  colours: Colours,
  wrapped: (text: string, indent?: number) => string[],
): string[] {
  const group = (tallies: Readonly<Record<string, PastTally>>, sign: string, label: (name: string) => string) =>
    Object.entries(tallies).flatMap(([name, { logins, users, people }]) => {
      const visible = people.slice(0, PEOPLE_SHOWN).map(({ userId, email }) => printable(email ?? userId));
      const who = `${countOf(users)} ${users === 1 ? 'user' : 'users'}: ${visible.join(', ')}${users > visible.length ? ', …' : ''}`;
      return [
        ...wrapped(`    ${sign} ${countOf(logins).padStart(9)}  ${label(printable(name))}`, INDENT),
        ...wrapped(`${' '.repeat(INDENT)}${who}`, INDENT),
      ];
    });
  const lines = [
    ...group(door.refused, colours.red('-'), (name) => `would be refused, ${name}`),
    ...group(door.admitted, colours.green('+'), (name) => `would be let in, ${name}`),
    ...group(door.given, colours.green('+'), (name) => `would be given "${name}"`),
    ...group(door.depends, colours.yellow('?'), (name) => `depends on ${name}`),
  ];
  const named = printable(names.get(door.application) ?? door.application);
  const notes = [
    ...(lines.length === 0 ? ['    None would be decided otherwise.'] : []),
    ...(door.changed === 0 ? [] : [`    ${countOf(door.changed)} left out: their users have changed since.`]),
    ...(door.gone === 0 ? [] : [`    ${countOf(door.gone)} left out: their users no longer exist.`]),
  ];
  return [
    ...wrapped(`  At "${named}": ${countOf(door.logins)}`),
    ...lines,
    ...notes.flatMap((note) => wrapped(note)),
    '',
  ];
}
