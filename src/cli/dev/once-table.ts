import type { Colours } from '../colours.ts';
import { printable } from '../printable.ts';
import { wrap } from '../wrap.ts';
import type { Row } from './sign-in-cast.ts';

/** Headings in two lines, so that the table fits 80 columns. */
const HEADINGS = [
  ['', 'Visit'],
  ['', 'Decision'],
  ['Role', 'assigned'],
  ['Claim in', 'the ID token'],
  ['', 'Hops'],
  ['API', 'calls'],
  ['', 'ms'],
] as const;
const NUMBERS_FROM = 4;

/**
 * Formats the rows as a table for the terminal, with two visits below each name and the differences from the policy below the table.
 *
 * @param columns width of the terminal; below 80, each visit takes two lines instead of columns
 * @example
 * terminal.stdout.write(onceTable(rows, coloursFor(terminal)));
 */
export function onceTable(rows: readonly Row[], colours: Colours, columns = 80): string {
  if (columns < 80) return `${narrowRows(rows, columns, colours).join('\n')}\n\n${summary(rows, colours)}\n`;
  const cells = rows.map((row) => [
    row.visit,
    verdict(row),
    row.assigned.map(printable).join(', ') || '-',
    row.claim === undefined ? '-' : JSON.stringify(row.claim.map(printable)),
    String(row.hops),
    String(row.managementCalls),
    durationOf(row),
  ]);
  const headings = [0, 1].map((line) => HEADINGS.map((heading) => heading[line] ?? ''));
  const widths = HEADINGS.map((_, column) =>
    Math.max(...[...headings, ...cells].map((line) => (line[column] ?? '').length)),
  );
  const align = (line: readonly string[]) =>
    line.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column >= NUMBERS_FROM ? cell.padStart(width) : cell.padEnd(width);
    });
  const lines = rows.flatMap((row, index) => {
    const [visit = '', decision = '', ...rest] = align(cells[index] ?? []);
    const line = `  ${[visit, paint(row, colours)(decision), ...rest].join('  ').trimEnd()}`;
    const before = rows[index - 1];
    if (before?.person === row.person && before.application === row.application) return [line];
    const where = row.application === undefined ? '' : `, at ${JSON.stringify(row.application)}`;
    return [`${colours.bold(printable(row.person))}  ${colours.dim(printable(`${row.kind}${where}`))}`, line];
  });
  const heading = headings.map((line) => colours.dim(`  ${align(line).join('  ').trimEnd()}`));
  return `${[...heading, ...lines].join('\n')}\n\n${summary(rows, colours)}\n`;
}

function narrowRows(rows: readonly Row[], columns: number, colours: Colours): string[] {
  return rows.flatMap((row, index) => {
    const assigned = row.assigned.length === 0 ? '' : `assigned ${row.assigned.map(printable).join(', ')}, `;
    const claim = row.claim === undefined ? 'no ID token' : `claim ${JSON.stringify(row.claim.map(printable))}`;
    const cost = `${row.hops} hops, ${row.managementCalls} API calls, ${row.milliseconds} ms`;
    const lines = [
      `  ${row.visit.padEnd(6)}  ${paint(row, colours)(verdict(row))}`,
      ...wrap(`          ${assigned}${claim}, ${cost}`, columns, 10),
    ];
    if (rows[index - 1]?.person === row.person) return lines;
    const [name = '', ...more] = wrap(`${printable(row.person)} ${printable(row.kind)}`, columns, 2);
    return [colours.bold(name), ...more, ...lines];
  });
}

/** Shortened above a second, so that the table stays within 80 columns on a slow machine. */
function durationOf({ milliseconds }: Row): string {
  return milliseconds < 1000 ? String(milliseconds) : `${Math.round(milliseconds / 1000)}s`;
}

function verdict(row: Row): string {
  if (row.decision === 'none') return row.arrival === 'elsewhere' ? 'no decision' : 'left alone';
  return `${row.decision === 'admit' ? 'let in' : 'refused'} ${row.reason}`;
}

function paint(row: Row, colours: Colours): (text: string) => string {
  if (row.differences.length > 0) return colours.bold;
  return row.decision === 'refuse' ? colours.yellow : colours.green;
}

function summary(rows: readonly Row[], colours: Colours): string {
  const wrong = rows.filter((row) => row.differences.length > 0);
  if (wrong.length === 0) return `${colours.green('✓')} All ${rows.length} visits ended as the policy says.`;
  const details = wrong.flatMap((row) => [
    `  ${printable(row.person)}, ${row.visit} visit`,
    ...row.differences.map((difference) => `    ${printable(difference)}`),
  ]);
  return [
    `${colours.red('✗')} ${wrong.length} of ${rows.length} visits did not end as the policy says:`,
    ...details,
  ].join('\n');
}
