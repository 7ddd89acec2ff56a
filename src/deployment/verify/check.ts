import type { VerifyFacts } from './verify-facts.ts';

/** The result for one item of a check. */
export interface Finding {
  readonly status: 'pass' | 'warn' | 'fail';
  /** The subject of the check and its state. */
  readonly looked: string;
  /** The remedy; absent if it passed. */
  readonly remedy?: string;
}

/** A condition that has to hold on a tenant. */
export interface Check {
  /** Stable ID in lower case. */
  readonly id: string;
  /** The condition that holds if the check passes. */
  readonly title: string;
  /** May return several findings, such as one for each application or role. An error counts as a failure. */
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
