import type { AdmitDecision, Decision } from '../../../policy/decision.ts';
import { explain, explainAdmission } from '../../../policy/explain.ts';
import type { GateDocument } from '../gate/gate-document.ts';
import type { ActionRun } from '../logs/action-run.ts';
import type { RecordedLogin } from './recorded-login.ts';

/** The line that the policy's Action writes to its console once a login. */
interface DecisionLine {
  readonly portcullis: 1;
  readonly decision: 'admit' | 'refuse';
  readonly reason: string;
  readonly assigned?: readonly string[];
  /** Names of rules, separated by commas. */
  readonly rule?: string;
  readonly mfa?: true;
}

/**
 * The policy's decision about a login, in one sentence.
 *
 * @returns `undefined` if the policy's Action did not run
 */
export function decisionOf(
  runs: readonly ActionRun[],
  login: RecordedLogin,
  gate: GateDocument | null,
): string | undefined {
  const line = runs.flatMap((run) => run.console.map(({ text }) => lineOf(text))).find((found) => found !== undefined);
  if (line === undefined) return undefined;
  const { reason, rule, mfa } = line;
  if (reason === 'internal_error') return 'Refused: something unexpected went wrong in the Action.';
  if (line.decision === 'refuse') return explain({ outcome: 'refuse', reason, rule, message: '' } as Decision);
  const admission = {
    reason: reason as AdmitDecision['reason'],
    ...(mfa === true && { mfa }),
    ...(rule !== undefined && { rules: rule.split(', ') }),
  };
  // Without tokens nothing is known of the claim.
  if (login.effects === undefined) return `${explainAdmission(admission)}.`;
  const claimed = gate === null ? undefined : login.effects.idToken[gate.policy.claim];
  const roles = Array.isArray(claimed) ? claimed.map(String) : [];
  return explain({ outcome: 'admit', assign: line.assigned ?? [], roles, ...admission });
}

function lineOf(text: string): DecisionLine | undefined {
  if (!text.startsWith('{"portcullis":1,')) return undefined;
  try {
    const line = JSON.parse(text) as DecisionLine;
    return /^[a-z_]{1,40}$/.test(line.reason) ? line : undefined;
  } catch {
    return undefined;
  }
}
