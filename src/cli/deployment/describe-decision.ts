import type { DecisionStats } from '../../deployment/decisions/decision-stats.ts';
import type { LoginDecision } from '../../deployment/decisions/login-decision.ts';
import type { Colours } from '../colours.ts';
import { printable } from '../printable.ts';
import { countOf } from './gathering-progress.ts';

const WHO_WIDTH = 32;

/** Describes a login on one line. */
export function describeDecision(decision: LoginDecision, colours: Colours): string {
  const { at, userName, userId, reason, source, assigned, ms, calls, cause } = decision;
  const when = colours.dim(at.slice(0, 19).replace('T', ' '));
  const who = printable(userName ?? userId ?? 'unknown user').padEnd(WHO_WIDTH);
  const roles = assigned.length === 0 ? '' : `, given ${assigned.map((role) => `"${printable(role)}"`).join(', ')}`;
  const judged = source === 'policy_now' ? colours.dim(' (by the policy as it is now)') : '';
  const failure = cause === undefined ? '' : colours.red(` (${printable(cause)})`);
  const cost = [
    ...(ms === undefined ? [] : [`${ms} ms`]),
    ...(calls === undefined || calls === 0 ? [] : [`${calls} API call${calls === 1 ? '' : 's'}`]),
  ].join(', ');
  const why = reason ?? (decision.outcome === 'error' ? '' : colours.dim('reason unknown'));
  return `  ${when}  ${who}  ${verdictOf(decision, colours)}  ${why}${judged}${roles}${failure}  ${colours.dim(cost)}`.trimEnd();
}

function verdictOf({ outcome, reason }: LoginDecision, colours: Colours): string {
  if (reason === 'no_gate') return colours.red('let in ');
  if (outcome === 'admit') return colours.green('let in ');
  return outcome === 'refuse' ? colours.yellow('refused') : colours.red('failed ');
}

/** Summarises the decisions of a period. */
export function describeStats(stats: DecisionStats, colours: Colours): string[] {
  const { admitted, refused, errors, admittedBy, refusedBy, errorsBy, given, timed, totalMs, slowest } = stats;
  const lines = [
    `  ${colours.green(countOf(admitted).padStart(9))}  let in`,
    ...rows(admittedBy, colours),
    `  ${colours.yellow(countOf(refused).padStart(9))}  refused`,
    ...rows(refusedBy, colours),
    `  ${colours.red(countOf(errors).padStart(9))}  failed`,
    ...rows(errorsBy, colours),
  ];
  const roles = Object.entries(given);
  if (roles.length > 0) {
    lines.push('', '  Roles given', ...roles.sort(byCount).map(([role, count]) => row(`"${role}"`, count)));
  }
  if (timed > 0) {
    lines.push(
      '',
      `  The Action took ${Math.round(totalMs / timed)} ms on average over ${countOf(timed)} logins. The slowest:`,
      ...slowest.map((one) => describeDecision(one, colours)),
    );
  }
  return lines;
}

function rows(counts: Readonly<Record<string, number>>, colours: Colours): string[] {
  return Object.entries(counts)
    .sort(byCount)
    .map(([what, count]) => colours.dim(row(what, count)));
}

function row(what: string, count: number): string {
  return `  ${countOf(count).padStart(15)}  ${printable(what)}`;
}

function byCount([nameA, a]: [string, number], [nameB, b]: [string, number]): number {
  return b - a || (nameA < nameB ? -1 : 1);
}
