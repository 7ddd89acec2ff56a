import type { ManagementClient } from 'auth0';
import type { Policy } from '../../policy/policy.ts';
import { Problem } from '../../problem/problem.ts';
import { type GateHistory, gateHistory } from '../decisions/gate-history.ts';
import type { LoginDecision } from '../decisions/login-decision.ts';
import { readDecisions } from '../decisions/read-decisions.ts';

export interface PastLoginReading {
  /** The time of the earliest entry. */
  readonly since: Date;
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of log entries so far. */
  readonly onEntries?: ((count: number) => void) | undefined;
}

/**
 * Reads the logins of the last days at the applications that are guarded, or are to be guarded, the earliest first.
 *
 * @param policy the planned policy, with client IDs
 * @throws {ManagementError} of the `auth0` package, if the tenant refuses a call
 * @example const logins = await readPastLogins(management, snapshot.policy, { since });
 */
export async function readPastLogins(
  management: ManagementClient,
  policy: Policy,
  { since, signal, onEntries }: PastLoginReading,
): Promise<LoginDecision[]> {
  const known = await gateHistory(management).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'nothing_deployed') return NO_GATE;
    throw error;
  });
  const history = { ...known, applications: new Set([...known.applications, ...policy.applications]) };
  const logins: LoginDecision[] = [];
  const reading = { since, follow: false, ...(signal && { signal }), ...(onEntries && { onEntries }) };
  for await (const some of readDecisions(management, history, reading)) logins.push(...some);
  return logins;
}

const NO_GATE: GateHistory = {
  applications: new Set(),
  landingPages: new Set(),
  ruleSentences: new Set(),
  policy: undefined,
  machine: undefined,
};
