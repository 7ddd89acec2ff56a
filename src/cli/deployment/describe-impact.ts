import type { DoorImpact, Impact } from '../../deployment/impact/impact.ts';
import type { Tally } from '../../deployment/impact/tally.ts';
import type { Colours } from '../colours.ts';
import { printable } from '../printable.ts';
import { wrap } from '../wrap.ts';
import { countOf } from './gathering-progress.ts';

const PEOPLE_SHOWN = 3;
const DOMAINS_SHOWN = 5;

/**
 * Describes what a change means to users.
 *
 * @param names names of applications by client ID
 * @param columns width of the terminal; below 80, long lines are wrapped
 * @example
 * process.stdout.write(describeImpact(impact, new Map([['b1Xk…', 'APEX']]), colours));
 */
export function describeImpact(
  impact: Impact,
  names: ReadonlyMap<string, string>,
  colours: Colours,
  columns = 80,
): string {
  const blocked = impact.blocked === 0 ? '' : `, ${countOf(impact.blocked)} of them blocked`;
  const who = `${countOf(impact.people)} ${impact.people === 1 ? 'user' : 'users'} of the tenant${blocked}`;
  return [
    ...fitLine(`  Impact on the ${who}, at their next sign-in`, 4, columns, colours.bold),
    '',
    ...impact.doors.flatMap((door) => describeDoor(door, names, colours, columns)),
    '',
  ].join('\n');
}

/** Wraps a line if the terminal is narrow, and paints its first word. */
function fitLine(text: string, indent: number, columns: number, paint = (word: string) => word): string[] {
  const [first = '', ...more] = columns < 80 ? wrap(text, columns, indent) : [text];
  return [first.replace(/\S+/, paint), ...more];
}

function describeDoor(
  door: DoorImpact,
  names: ReadonlyMap<string, string>,
  colours: Colours,
  columns: number,
): string[] {
  const title = door.applications.map((id) => `"${printable(names.get(id) ?? id)}"`).join(', ');
  const group = (tallies: Readonly<Record<string, Tally>>, sign: Sign, label: (name: string) => string) =>
    describeGroup(tallies, sign, label, columns);
  const lines = [
    ...group(door.newlyRefused, ['-', colours.red], (reason) => `newly refused, ${reason}`),
    ...group(door.newlyAdmitted, ['+', colours.green], (reason) => `newly let in, ${reason}`),
    ...group(door.newlyGiven, ['+', colours.green], (role) => `newly given "${printable(role)}"`),
    ...group(door.noLongerGiven, ['~', colours.yellow], (role) => `no longer given "${printable(role)}"`),
  ];
  lines.push(...group(door.dependsOn, ['?', colours.yellow], (reason) => reason));
  if (!door.beforeKnown) {
    lines.push(...fitLine('    The current gate cannot be read, so it is not known what is new.', 4, columns));
  } else if (lines.length === 0) lines.push('    Nothing changes for any user.');
  const open = door.depends === 0 ? '' : `, ${countOf(door.depends)} depending on the login`;
  const counts = `${countOf(door.admitted)} let in, ${countOf(door.refused)} refused${open}`;
  return [...fitLine(`  At ${title}: ${counts}`, 4, columns), ...lines, ''];
}

type Sign = readonly [sign: string, paint: (text: string) => string];

/** Columns before the text of a group: its sign and its count. */
const GROUP_INDENT = 17;

function describeGroup(
  tallies: Readonly<Record<string, Tally>>,
  [sign, paint]: Sign,
  label: (name: string) => string,
  columns: number,
): string[] {
  return Object.entries(tallies).flatMap(([name, { count, people, domains }]) => {
    const shownPeople = people.slice(0, PEOPLE_SHOWN).map(({ userId, email }) => printable(email ?? userId));
    const shownDomains = domains.slice(0, DOMAINS_SHOWN).map((one) => `${printable(one.domain)} ${countOf(one.count)}`);
    const more = count > shownPeople.length ? ', …' : '';
    const indent = ' '.repeat(GROUP_INDENT);
    return [
      ...fitLine(`    ${sign} ${countOf(count).padStart(9)}  ${label(name)}`, GROUP_INDENT, columns, paint),
      ...fitLine(`${indent}${shownPeople.join(', ')}${more}`, GROUP_INDENT, columns),
      ...(domains.length > 1 ? fitLine(`${indent}by domain: ${shownDomains.join(', ')}`, GROUP_INDENT, columns) : []),
    ];
  });
}
