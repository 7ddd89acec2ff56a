import type { VerifyFacts } from './verify-facts.ts';

/** What was found about one thing. */
export interface Finding {
  readonly status: 'pass' | 'warn' | 'fail';
  /** What was looked at, and what was there. */
  readonly looked: string;
  /** What to do; absent where it passed. */
  readonly remedy?: string;
}

/** One thing that has to hold on a tenant. */
export interface Check {
  /** Stable, in small letters. */
  readonly id: string;
  /** What holds when it passes. */
  readonly title: string;
  /** May find several things, one for each application or role. What it throws counts as a failure. */
  run(facts: VerifyFacts): Promise<Finding | readonly Finding[]>;
}

/** @example pass('the login flow: Portcullis Gate') */
export function pass(looked: string): Finding {
  return { status: 'pass', looked };
}

export function warn(looked: string, remedy: string): Finding {
  return { status: 'warn', looked, remedy };
}

export function fail(looked: string, remedy: string): Finding {
  return { status: 'fail', looked, remedy };
}
