import type { DoorImpact, Impact } from '../../deployment/impact/impact.ts';
import type { Tally } from '../../deployment/impact/tally.ts';
import type { Colours } from '../colours.ts';
import { printable } from '../printable.ts';
import { countOf } from './gathering-progress.ts';

const PEOPLE_SHOWN = 3;
const DOMAINS_SHOWN = 5;

/**
 * Describes what a change means to users.
 *
 * @param names names of applications by client ID
 * @example
 * process.stdout.write(describeImpact(impact, new Map([['b1Xk…', 'APEX']]), colours));
 */
export function describeImpact(impact: Impact, names: ReadonlyMap<string, string>, colours: Colours): string {
  const blocked = impact.blocked === 0 ? '' : `, ${countOf(impact.blocked)} of them blocked`;
  return [
    `  ${colours.bold('Impact')} on the ${countOf(impact.people)} ${impact.people === 1 ? 'user' : 'users'} of the tenant${blocked}, at their next sign-in`,
    '',
    ...impact.doors.flatMap((door) => describeDoor(door, names, colours)),
    '',
  ].join('\n');
}

function describeDoor(door: DoorImpact, names: ReadonlyMap<string, string>, colours: Colours): string[] {
  const title = door.applications.map((id) => `"${printable(names.get(id) ?? id)}"`).join(', ');
  const lines = [
    ...describeGroup(door.newlyRefused, (reason) => [colours.red('-'), `newly refused, ${reason}`]),
    ...describeGroup(door.newlyAdmitted, (reason) => [colours.green('+'), `newly let in, ${reason}`]),
    ...describeGroup(door.newlyGiven, (role) => [colours.green('+'), `newly given "${printable(role)}"`]),
    ...describeGroup(door.noLongerGiven, (role) => [colours.yellow('~'), `no longer given "${printable(role)}"`]),
  ];
  if (!door.beforeKnown) lines.push('    The current gate cannot be read, so it is not known what is new.');
  else if (lines.length === 0) lines.push('    Nothing changes for any user.');
  return [`  At ${title}: ${countOf(door.admitted)} let in, ${countOf(door.refused)} refused`, ...lines, ''];
}

function describeGroup(
  tallies: Readonly<Record<string, Tally>>,
  label: (name: string) => readonly [string, string],
): string[] {
  return Object.entries(tallies).flatMap(([name, { count, people, domains }]) => {
    const [sign, text] = label(name);
    const shownPeople = people.slice(0, PEOPLE_SHOWN).map(({ userId, email }) => printable(email ?? userId));
    const shownDomains = domains.slice(0, DOMAINS_SHOWN).map((one) => `${printable(one.domain)} ${countOf(one.count)}`);
    const more = count > shownPeople.length ? ', …' : '';
    return [
      `    ${sign} ${countOf(count).padStart(9)}  ${text}`,
      `                 ${shownPeople.join(', ')}${more}`,
      ...(domains.length > 1 ? [`                 by domain: ${shownDomains.join(', ')}`] : []),
    ];
  });
}
