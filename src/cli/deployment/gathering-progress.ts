import type { GatheringProgress } from '../../deployment/people/gather-people.ts';
import type { Progress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';

/** Shows how far the reading of a tenant's users has got. */
export function showGathering(progress: Progress, at: GatheringProgress, terminal: Terminal): void {
  if (at.phase === 'taken_up') {
    terminal.stderr.write(
      `  Continuing with what was read since ${new Date(at.since).toISOString()}; --fresh reads it again.\n`,
    );
  } else if (at.phase === 'role') progress.show(`${countOf(at.users)} holders of "${at.role}" read`);
  else progress.show(`the tenant exports its users: ${Math.max(0, Math.round(at.percent))} %`);
}

/** @example countOf(12345) // '12,345' */
export function countOf(count: number): string {
  return count.toLocaleString('en-US');
}
