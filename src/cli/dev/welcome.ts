import { MISTAKES, type MistakeName } from '../../apex/stand-in/classic-mistake.ts';
import type { Colours } from '../colours.ts';
import { printable } from '../printable.ts';
import { wrap } from '../wrap.ts';
import type { Person } from './cast.ts';
import { type ChosenConfiguration, copyCommand, unusedNote } from './example-configuration.ts';
import type { LocalGate } from './local-gate.ts';
import type { Decider } from './local-stand-in.ts';
import { castLines, peopleTable } from './people-table.ts';

/** The options that set up the application. */
interface SetUp {
  readonly decide?: Decider;
  readonly mistake?: MistakeName;
  /** The file of the exported scheme that the stand-in follows. */
  readonly scheme?: string;
  /** The current folder. */
  readonly folder: string;
}

const COLUMNS = 60;
/** The column of the values, behind their names. */
const VALUES = 15;

/**
 * The text that is shown when the gate is up: one thing to do first, the other users to sign in as, and the addresses. It fits 60
 * columns, except for paths of files.
 *
 * @example
 * terminal.stdout.write(welcome(gate, configuration, { folder: terminal.folder }, coloursFor(terminal)));
 */
export function welcome(
  gate: LocalGate,
  configuration: ChosenConfiguration,
  { decide = 'action', mistake, scheme, folder }: SetUp,
  colours: Colours,
): string {
  return [
    '',
    ...firstStep(gate, colours),
    '',
    '  Then as the others, and compare with what the policy says:',
    '',
    peopleTable(castLines(gate), colours),
    '',
    ...addresses(gate, colours),
    ...policyLines(configuration, folder, colours),
    ...(scheme === undefined ? [] : [`  Scheme       ${printable(scheme)}`]),
    ...(decide === 'action' ? [] : wrap(`  Decides      ${DECIDERS[decide]}`, COLUMNS, VALUES)),
    ...(mistake === undefined ? [] : ['', ...mistakeLines(mistake, colours)]),
    '',
    colours.dim('  Every login is shown below. Save the policy, and it is in'),
    colours.dim('  use within two seconds. Ctrl-C stops.'),
    '',
  ].join('\n');
}

const DECIDERS = {
  apex: 'only APEX, after the sign-in: no Action, and no roles from the tenant',
  both: 'the Action first, and APEX once more after the sign-in',
} as const;

/** The application to open and the user to sign in as: one who is let in, if there is one. */
function firstStep(gate: LocalGate, colours: Colours): string[] {
  const refused = new Set(castLines(gate).flatMap((line) => (line.refused ? [line.email] : [])));
  const withPassword = gate.cast.filter(({ password }) => password !== undefined);
  // A user without a role shows more than one who has it already: the first sign-in assigns it.
  const admitted = withPassword.filter(({ email }) => !refused.has(email));
  const first = admitted.find(({ roles }) => roles.length === 0) ?? admitted[0] ?? withPassword[0];
  const others = gate.applications.slice(1);
  return [
    `  ${colours.bold('The gate is up.')} Open the application, which stands in`,
    `  for APEX${first === undefined ? ':' : ', and sign in as this user:'}`,
    '',
    `  Application  ${colours.cyan(gate.standIn.homeUrl)}`,
    ...others.map(
      ({ name, standIn }) => `               ${colours.cyan(standIn.homeUrl)}  ${colours.dim(printable(`"${name}"`))}`,
    ),
    ...(first === undefined
      ? []
      : [`  User         ${colours.bold(printable(first.email))}`, ...credentials(gate.cast, colours)]),
  ];
}

function credentials(cast: readonly Person[], colours: Colours): string[] {
  const password = cast.find((person) => person.password !== undefined)?.password ?? '';
  const social = cast.filter((person) => person.password === undefined).map(({ name }) => name);
  return [
    `  Password     ${colours.bold(password)}`,
    ...(social.length === 0
      ? ['               the same for everybody']
      : [
          colours.dim(`               the same for all but ${social.join(', ')}: "Continue`),
          colours.dim('               with Google", and type the address'),
        ]),
  ];
}

function addresses({ tenant }: LocalGate, colours: Colours): string[] {
  return [
    ...(tenant.console === undefined
      ? []
      : [
          `  Console      ${colours.cyan(tenant.console.url)}`,
          `               ${colours.dim('as')} ${tenant.console.email}`,
          `               ${colours.dim('password')} ${colours.bold(tenant.console.password)}`,
        ]),
    `  Tenant       ${colours.cyan(tenant.loopbackUrl)}   ${colours.dim('for browsers, APEX')}`,
    `               ${colours.cyan(tenant.url)}  ${colours.dim('for SDKs and tools')}`,
  ];
}

function policyLines(configuration: ChosenConfiguration, folder: string, colours: Colours): string[] {
  return [
    `  Policy       ${printable(configuration.file)}`,
    ...(configuration.example
      ? [
          colours.dim('               the example; to change it, copy it here:'),
          `               ${copyCommand(folder)}`,
        ]
      : []),
    ...(configuration.unused.length === 0
      ? []
      : wrap(unusedNote(configuration).trimEnd(), COLUMNS, 2).map(colours.yellow)),
  ];
}

function mistakeLines(name: MistakeName, colours: Colours): string[] {
  const { symptom, meet } = MISTAKES[name];
  const indent = ' '.repeat(VALUES);
  return [
    `  ${colours.red('Mistake')}      ${colours.bold(name)}`,
    ...wrap(`${indent}"${symptom}"`, COLUMNS, VALUES),
    ...wrap(`${indent}To see it, ${meet}. Its cause is shown below as soon as it occurs.`, COLUMNS, VALUES),
  ];
}
