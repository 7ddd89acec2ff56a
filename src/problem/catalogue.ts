import { ACTION_PROBLEMS } from './action-problems.ts';
import { APEX_PROBLEMS } from './apex-problems.ts';
import { COMMAND_PROBLEMS } from './command-problems.ts';
import { CONFIGURATION_PROBLEMS } from './configuration-problems.ts';
import { DEPLOYMENT_PROBLEMS } from './deployment-problems.ts';
import type { ProblemEntry } from './problem-entry.ts';
import { TENANT_PROBLEMS } from './tenant-problems.ts';
import { TESTING_PROBLEMS } from './testing-problems.ts';

/** Every area of the catalogue, in the order of docs/errors.md. */
export const AREAS = {
  'Commands and their options': COMMAND_PROBLEMS,
  'The configuration and the environment': CONFIGURATION_PROBLEMS,
  'Your tenant': DEPLOYMENT_PROBLEMS,
  'Oracle APEX and the stand-in': APEX_PROBLEMS,
  Actions: ACTION_PROBLEMS,
  'The local tenant': TENANT_PROBLEMS,
  'A tenant inside tests': TESTING_PROBLEMS,
} as const;

const entries = {
  ...COMMAND_PROBLEMS,
  ...CONFIGURATION_PROBLEMS,
  ...DEPLOYMENT_PROBLEMS,
  ...APEX_PROBLEMS,
  ...ACTION_PROBLEMS,
  ...TENANT_PROBLEMS,
  ...TESTING_PROBLEMS,
};

/** A code that a problem may have. */
export type ProblemCode = keyof typeof entries;

/** Every code with its meaning and its remedy. */
export const CATALOGUE: Readonly<Record<ProblemCode, ProblemEntry>> = entries;

/** The exit status of most problems. */
const FAILED = 2;

/**
 * The exit status of a command that ends with a problem of this code.
 *
 * @example exitStatusOf('usage') // 2
 */
export function exitStatusOf(code: ProblemCode): typeof FAILED | 130 {
  return CATALOGUE[code].exitStatus ?? FAILED;
}
