import { MISTAKES, type MistakeName } from '../../apex/stand-in/classic-mistake.ts';
import type { Decision } from '../../policy/decision.ts';
import type { Colours } from '../colours.ts';
import { printable } from '../printable.ts';
import type { Person } from './cast.ts';
import { type ChosenConfiguration, copyCommand, unusedNote } from './example-configuration.ts';
import { expectedDecision } from './expected-decision.ts';
import type { LocalGate } from './local-gate.ts';
import type { Decider } from './local-stand-in.ts';

/** The options that set up the application. */
interface SetUp {
  readonly decide?: Decider;
  readonly mistake?: MistakeName;
  /** The file of the exported scheme that the stand-in follows. */
  readonly scheme?: string;
  /** The current folder. */
  readonly folder: string;
}

/** The text that is shown when the gate is up: addresses, and users to sign in as. It fits 80 columns with the example. */
export function welcome(
  gate: LocalGate,
  configuration: ChosenConfiguration,
  { decide = 'action', mistake, scheme, folder }: SetUp,
  colours: Colours,
): string {
  const { tenant, standIn } = gate;
  return [
    '',
    `  ${colours.bold('The gate is up.')} Open the application and sign in as one of these users:`,
    '',
    `  ${colours.bold('Application')}  ${colours.cyan(standIn.homeUrl)}  ${colours.dim('stands in for APEX')}`,
    `  Tenant       ${colours.cyan(tenant.loopbackUrl)}  ${colours.dim('and over HTTPS')} ${colours.cyan(tenant.url)}`,
    ...(tenant.console === undefined ? [] : consoleLines(tenant.console, colours)),
    `  Policy       ${printable(configuration.file)}`,
    ...(configuration.example
      ? [
          colours.dim('               (the example; to change it, copy it to this folder:)'),
          `               ${copyCommand(folder)}`,
        ]
      : []),
    ...(configuration.unused.length === 0
      ? []
      : [`             ${colours.yellow(unusedNote(configuration).trimEnd())}`]),
    ...(scheme === undefined ? [] : [`  Scheme       ${printable(scheme)}`]),
    ...(decide === 'action' ? [] : [`  Decides      ${DECIDERS[decide]}`]),
    ...(mistake === undefined ? [] : ['', ...mistakeLines(mistake, colours)]),
    '',
    peopleTable(gate, colours),
    '',
    `  ${credentials(gate.cast, colours)}`,
    '',
    colours.dim('  Every login is shown below. Save the policy, and it is in use within two'),
    colours.dim('  seconds. Ctrl-C stops.'),
    '',
  ].join('\n');
}

const DECIDERS = {
  apex: 'only APEX, after the sign-in: no Action, and no roles from the tenant',
  both: 'the Action first, and APEX once more after the sign-in',
} as const;

function mistakeLines(name: MistakeName, colours: Colours): string[] {
  const { symptom, meet } = MISTAKES[name];
  return [
    `  ${colours.red('Mistake')}      ${colours.bold(name)}`,
    `               "${symptom}"`,
    `               To see it, ${meet}.`,
    '               Its cause is shown below as soon as it occurs.',
  ];
}

function consoleLines(console: NonNullable<LocalGate['tenant']['console']>, colours: Colours): string[] {
  return [
    `  Console      ${colours.cyan(console.url)}  ${colours.dim('as')} ${console.email}`,
    `               ${colours.dim('password')} ${colours.bold(console.password)}`,
  ];
}

/** The cast as lines of text: address, kind, and what the policy says of the user now. */
export function peopleTable(gate: LocalGate, colours: Colours): string {
  const lines = gate.cast.map((person) => {
    const decision = expectedDecision(gate.policy(), gate.clientId, person);
    return { person, what: summary(decision), refused: decision.outcome === 'refuse' };
  });
  const emails = Math.max(...lines.map(({ person }) => person.email.length));
  const kinds = Math.max(...lines.map(({ person }) => person.kind.length));
  return lines
    .map(({ person, what, refused }) => {
      const paint = refused ? colours.yellow : colours.green;
      const kind = colours.dim(printable(person.kind).padEnd(kinds));
      return `  ${printable(person.email).padEnd(emails)}  ${kind}  ${paint(printable(what))}`;
    })
    .join('\n');
}

function summary(decision: Decision): string {
  if (decision.outcome === 'ignore') return 'left alone';
  if (decision.outcome === 'refuse') return `refused, ${decision.reason}`;
  if (decision.assign.length > 0) return `let in, given ${decision.assign.join(', ')}`;
  return decision.roles.length > 0 ? `let in with ${decision.roles.join(', ')}` : 'let in without a role';
}

function credentials(cast: readonly Person[], colours: Colours): string {
  const password = cast.find((person) => person.password !== undefined)?.password ?? '';
  const social = cast.filter((person) => person.password === undefined).map(({ name }) => name);
  const other = social.length === 0 ? '' : `   ${social.join(', ')}: Continue with Google, type the address`;
  return `Password: ${colours.bold(password)}${colours.dim(other)}`;
}
