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
    ...gate.applications
      .slice(1)
      .map((one) => `               ${colours.cyan(one.standIn.homeUrl)}  ${colours.dim(printable(`"${one.name}"`))}`),
    `  Tenant       ${colours.cyan(tenant.loopbackUrl)}`,
    colours.dim('               to type into a browser or an APEX on this machine: plain HTTP'),
    `               ${colours.cyan(tenant.url)}`,
    colours.dim("               for SDKs and Auth0's tools, which insist on HTTPS"),
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
    peopleTable(castLines(gate), colours),
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

/** A user of the cast, and what the policy says of them now. */
export interface CastLine {
  readonly email: string;
  readonly kind: string;
  readonly outcome: string;
  readonly refused: boolean;
}

/** Returns what the current policy says of each user of the cast. */
export function castLines(gate: LocalGate): CastLine[] {
  const [first, ...others] = gate.applications;
  const lineAt = (person: Person, clientId: string): CastLine => {
    const decision = expectedDecision(gate.policy(), clientId, person);
    const { email, kind } = person;
    return { email, kind, outcome: summary(decision), refused: decision.outcome === 'refuse' };
  };
  return gate.cast.flatMap((person) => {
    const line = lineAt(person, first?.clientId ?? gate.clientId);
    // At the other applications, only what is different there.
    const different = others
      .map(({ name, clientId }) => ({ ...lineAt(person, clientId), kind: `at "${name}"` }))
      .filter(({ outcome }) => outcome !== line.outcome);
    return [line, ...different];
  });
}

/**
 * The cast as lines of text: address, kind, and what the policy says of the user now.
 *
 * @param before the cast before an edit: `+` marks a new user, `~` another outcome, `-` a user who left the cast
 */
export function peopleTable(lines: readonly CastLine[], colours: Colours, before: readonly CastLine[] = lines): string {
  const keyOf = ({ email, kind }: CastLine) => (kind.startsWith('at "') ? `${email} ${kind}` : email);
  const former = new Map(before.map((line) => [keyOf(line), line]));
  const gone = before.filter((line) => lines.every((one) => keyOf(one) !== keyOf(line)));
  const all = [...lines, ...gone];
  const emails = Math.max(...all.map(({ email }) => email.length));
  const kinds = Math.max(...all.map(({ kind }) => kind.length));
  const sign = (line: CastLine) => {
    if (gone.includes(line)) return '-';
    const known = former.get(keyOf(line));
    return known === undefined ? '+' : known.outcome === line.outcome ? ' ' : '~';
  };
  return all
    .map((line) => {
      const paint = line.refused ? colours.yellow : colours.green;
      const kind = colours.dim(printable(line.kind).padEnd(kinds));
      const outcome = gone.includes(line) ? colours.dim('no longer in the cast') : paint(printable(line.outcome));
      return `${sign(line)} ${printable(line.email).padEnd(emails)}  ${kind}  ${outcome}`;
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
