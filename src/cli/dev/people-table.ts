import type { Decision } from '../../policy/decision.ts';
import type { Colours } from '../colours.ts';
import { printable } from '../printable.ts';
import type { Person } from './cast.ts';
import { expectedDecision } from './expected-decision.ts';
import type { LocalGate } from './local-gate.ts';

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
 * The cast as lines of text: for each outcome, the users who get it from the policy now. It fits 60 columns, unless an address or the
 * name of a rule is long.
 *
 * @param before the cast before an edit: `+` marks a new user, `~` another outcome, `-` a user who left the cast
 * @example
 * terminal.stdout.write(peopleTable(castLines(gate), coloursFor(terminal)));
 */
export function peopleTable(lines: readonly CastLine[], colours: Colours, before: readonly CastLine[] = lines): string {
  const keyOf = ({ email, kind }: CastLine) => (kind.startsWith('at "') ? `${email} ${kind}` : email);
  const former = new Map(before.map((line) => [keyOf(line), line]));
  const present = new Set(lines.map(keyOf));
  const gone = before
    .filter((line) => !present.has(keyOf(line)))
    .map((line) => ({ ...line, outcome: 'no longer in the cast' }));
  const width = Math.max(...[...lines, ...gone].map(({ email }) => printable(email).length));
  const sign = (line: CastLine) => {
    if (!present.has(keyOf(line))) return '-';
    const known = former.get(keyOf(line));
    return known === undefined ? '+' : known.outcome === line.outcome ? ' ' : '~';
  };
  const row = (line: CastLine) =>
    `${sign(line)} ${printable(line.email).padEnd(width)}  ${colours.dim(printable(line.kind))}`;
  const groups = [...Map.groupBy([...lines, ...gone], ({ outcome }) => outcome)].flatMap(([outcome, users]) => {
    const [first] = users;
    const paint =
      first === undefined || gone.includes(first) ? colours.dim : first.refused ? colours.yellow : colours.green;
    return [`  ${paint(printable(outcome))}`, ...users.map((user) => `  ${row(user)}`)];
  });
  const signs = new Set<string>([...lines, ...gone].map(sign));
  const legend = Object.entries(SIGNS).flatMap(([one, meaning]) => (signs.has(one) ? [`${one} ${meaning}`] : []));
  return [...groups, ...(legend.length === 0 ? [] : ['', colours.dim(`  ${legend.join(', ')}`)])].join('\n');
}

/** A group of its own says who left. */
const SIGNS = { '+': 'new here', '~': 'another outcome than before' } as const;

function summary(decision: Decision): string {
  if (decision.outcome === 'ignore') return 'left alone';
  if (decision.outcome === 'refuse') return `refused, ${decision.reason}`;
  if (decision.assign.length > 0) return `let in, given ${decision.assign.join(', ')}`;
  return decision.roles.length > 0 ? `let in with ${decision.roles.join(', ')}` : 'let in without a role';
}
