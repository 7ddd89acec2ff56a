import type { Verdict } from './verdict.ts';

/** The effect of a different verdict on a user. */
export interface VerdictDifference {
  /** Whether the outcome changes: let in, refused, or dependent on the login. */
  readonly turned: boolean;
  /** Roles that a login assigns now and did not before. */
  readonly added: readonly string[];
  /** Roles that a login assigned before and no longer does. */
  readonly dropped: readonly string[];
  /** Whether there is any difference. */
  readonly concerns: boolean;
}

/**
 * Compares two verdicts.
 *
 * @example differenceOf(before, after).turned // true
 */
export function differenceOf(before: Verdict, after: Verdict): VerdictDifference {
  const added = after.assign.filter((role) => !before.assign.includes(role));
  const dropped = before.assign.filter((role) => !after.assign.includes(role));
  const turned = before.outcome !== after.outcome;
  return { turned, added, dropped, concerns: turned || added.length > 0 || dropped.length > 0 };
}
