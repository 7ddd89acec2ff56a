import type { Verdict } from './verdict.ts';

/** What another verdict means to somebody. */
export interface VerdictDifference {
  /** From let in to refused, or the other way. */
  readonly turned: boolean;
  /** Roles that a login assigns now and did not before. */
  readonly given: readonly string[];
  /** Roles that a login assigned before and no longer does. */
  readonly dropped: readonly string[];
  /** Whether any of that is so. */
  readonly concerns: boolean;
}

/**
 * Tells two verdicts apart.
 *
 * @example differenceOf(before, after).turned // true
 */
export function differenceOf(before: Verdict, after: Verdict): VerdictDifference {
  const given = after.assign.filter((role) => !before.assign.includes(role));
  const dropped = before.assign.filter((role) => !after.assign.includes(role));
  const turned = before.outcome !== after.outcome;
  return { turned, given, dropped, concerns: turned || given.length > 0 || dropped.length > 0 };
}
