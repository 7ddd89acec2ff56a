import type { ExecutionResult } from '../../store/records/actions/execution-repository.ts';

type Line = ExecutionResult['console'][number];

/** Characters that Auth0 keeps of a run's console. Source: Auth0's documentation, "Actions Limitations". */
const KEPT = 256;

/**
 * Marks the lines of a run's console that Auth0 would cut or drop with the number of characters that it would keep. Line ends
 * count.
 *
 * @example
 * markTruncated([{ level: 'log', text: 'a'.repeat(300), at }]) // [{ level: 'log', text: 'aaa…', at, kept: 256 }]
 */
export function markTruncated(lines: readonly Line[]): Line[] {
  let remaining = KEPT;
  return lines.map((line) => {
    const length = Math.max(0, Math.min(line.text.length, remaining));
    remaining -= line.text.length + 1;
    return length === line.text.length && remaining >= -1 ? line : { ...line, kept: length };
  });
}
