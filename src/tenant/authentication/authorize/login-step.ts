import type { LoginProgress } from './login-progress.ts';
import type { Suspension } from './suspended-login.ts';

/** The members of a login that a step has found out. */
type Learned = Partial<LoginProgress>;

/** How a step ends: the login goes on to the next one, waits, or is refused. */
export type StepResult =
  | { readonly kind: 'continue'; readonly learned: Learned }
  | { readonly kind: 'suspend'; readonly suspension: Suspension }
  | { readonly kind: 'refuse'; readonly error: Error; readonly learned: Learned };

/** One step of a login. An error of the library that it throws is a refusal too. */
export type LoginStep = (login: Readonly<LoginProgress>) => StepResult | Promise<StepResult>;

/** The login passes the step. */
export function proceed(learned: Learned = {}): StepResult {
  return { kind: 'continue', learned };
}

/** The login cannot be completed within this request. */
export function suspend(suspension: Suspension): StepResult {
  return { kind: 'suspend', suspension };
}

/** The login ends here, with an error for its application. */
export function refuse(error: Error, learned: Learned = {}): StepResult {
  return { kind: 'refuse', error, learned };
}
