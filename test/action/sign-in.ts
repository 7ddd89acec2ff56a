import type { PostLoginEvent } from '../../src/action/action-event.ts';
import type { ActionSettings } from '../../src/action/action-settings.ts';
import { bundleAction } from '../../src/action/bundle.ts';
import { type DecisionLine, parseDecisionLine } from '../../src/action/decision-line.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { loadAction } from './load-action.ts';
import { type ApiCall, type ApiChanges, recordingApi } from './recording-api.ts';
import { samplePolicy, sampleSettings } from './sample-policy.ts';

export interface SignIn {
  readonly event: PostLoginEvent;
  readonly policy?: Partial<Policy>;
  readonly settings?: Partial<ActionSettings>;
  readonly api?: ApiChanges;
  readonly handler?: 'onExecutePostLogin' | 'onContinuePostLogin';
}

export interface SignInOutcome {
  readonly calls: readonly ApiCall[];
  /** The output, one entry a line. */
  readonly printed: readonly string[];
  readonly line: DecisionLine | undefined;
}

/** Bundles the policy's Action, loads it, and runs it once in this process, without a tenant. */
export async function signIn(login: SignIn): Promise<SignInOutcome> {
  const policy = { ...samplePolicy, ...login.policy };
  const { code } = await bundleAction(policy, { ...sampleSettings, ...login.settings });
  const printed: string[] = [];
  const action = loadAction(code, (line) => printed.push(line));
  const { api, calls } = recordingApi(login.api);
  await action[login.handler ?? 'onExecutePostLogin'](login.event, api);
  return { calls, printed, line: parseDecisionLine(printed[0] ?? '') };
}
