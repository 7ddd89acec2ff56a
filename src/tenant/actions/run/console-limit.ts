import type { ExecutionResult } from '../../store/records/actions/execution-repository.ts';

type Line = ExecutionResult['console'][number];

/** Characters of an Action's console that Auth0 keeps of a run. Source: Auth0's documentation, "Actions Limitations". */
const KEPT = 256;

/**
 * Marks what Auth0 would not keep of a run's console: a line that it would cut, or leave out, has the number of characters that would
 * be left of it. Line ends count.
 *
 * @example
 * markKept([{ level: 'log', text: 'a'.repeat(300), at }]) // [{ level: 'log', text: 'aaa…', at, kept: 256 }]
 */
export function markKept(lines: readonly Line[]): Line[] {
  let left = KEPT;
  return lines.map((line) => {
    const kept = Math.max(0, Math.min(line.text.length, left));
    left -= line.text.length + 1;
    return kept === line.text.length && left >= -1 ? line : { ...line, kept };
  });
}
