import { Problem } from '../../../problem/problem.ts';
import type { JsonValue } from '../../store/json-value.ts';
import type { ExecutionResult } from '../../store/records/actions/execution-repository.ts';
import type { Store } from '../../store/store.ts';
import type { ActionBuilds } from '../builds/action-builds.ts';
import { secretsInReach } from '../library/module-references.ts';
import { POST_LOGIN } from '../library/published-triggers.ts';
import type { LoginTransaction, PostLoginOutcome, SuspendedPipeline } from '../run/login-transaction.ts';
import { type PipelineOptions, runPipeline } from '../run/pipeline.ts';
import { PipelineState } from '../run/pipeline-state.ts';
import type { Step } from '../run/run-step.ts';
import { runnableStep } from '../run/runnable-step.ts';
import { secretMask } from '../run/secret-mask.ts';
import { createTriggerCache } from '../run/trigger-cache.ts';
import type { Sandboxes } from '../sandbox/sandboxes.ts';
import { pipelineOutcome } from './pipeline-outcome.ts';
import { refuseOnError } from './post-login-trigger.ts';
import { isSystemApi } from './system-api.ts';

export interface LoginReplayOptions extends PipelineOptions {
  readonly sandboxes: Sandboxes;
  readonly builds: ActionBuilds;
}

export interface ReplayRequest {
  /** Whether the drafts of the Actions run, in place of what is deployed. */
  readonly drafts: boolean;
  /** How the user had authenticated when the login went on after factors, if it did: the replay goes on in the same way. */
  readonly afterFactors?: LoginTransaction['authenticationMethods'];
}

/** The end that the Actions brought a replayed login to. */
export interface LoginReplay {
  readonly outcome: PostLoginOutcome;
  /** One for each Action that ran, in order. */
  readonly results: readonly ExecutionResult[];
  /** Names of the Actions whose draft ran. */
  readonly drafts: readonly string[];
  /** Masks the secrets of the Actions that ran. */
  readonly mask: <Value>(value: Value) => Value;
}

/** Runs the Actions of post-login for a login that was, in processes of their own. Nothing of it is stored, logged or applied. */
export type ReplayLogin = (transaction: LoginTransaction, request: ReplayRequest) => Promise<LoginReplay>;

/**
 * Creates the function that replays logins. A redirect ends a replay, since no browser comes back from it.
 *
 * @example
 * const replay = createLoginReplay(options);
 * const { outcome } = await replay(transaction, { drafts: true });
 */
export function createLoginReplay(options: LoginReplayOptions): ReplayLogin {
  const { store, builds, sandboxes } = options;

  return async (transaction, { drafts, afterFactors }) => {
    const cache = createTriggerCache();
    cache.apply(options.cache.entries().map(([key, value, expiresAt]) => ['set', key, value, expiresAt] as const));
    const isolated: PipelineOptions = {
      ...options,
      cache,
      // A draft has one id whatever it contains, so that no process may be kept for it.
      sandboxes: {
        execute: async (version, run) => ({ ...(await sandboxes.executeOnce(version, run)), cold: true }),
      },
    };
    const results: ExecutionResult[] = [];
    const steps: Step[] = [];

    async function runFrom(
      login: LoginTransaction,
      remaining: readonly Step[],
      suspended?: SuspendedPipeline,
    ): Promise<PostLoginOutcome> {
      const state = new PipelineState(isSystemApi(store, login.resourceServer), suspended);
      const run = { transaction: login, steps: remaining, state, results, firstHandler: 'onExecutePostLogin' as const };
      const outcome = pipelineOutcome(store, login, await runPipeline(isolated, run), state, REPLAY);
      if (outcome.kind !== 'factors' || afterFactors === undefined) return outcome;
      const withFactors = { ...login, authenticationMethods: afterFactors };
      const begun = remaining.length - outcome.suspended.remaining.length;
      return runFrom(withFactors, remaining.slice(begun), outcome.suspended);
    }

    const outcome = await refuseOnError(async () => {
      for (const { id, action_id } of store.bindings.list(POST_LOGIN)) {
        const step = drafts ? await draftStep(store, builds, id, action_id) : undefined;
        const deployed = store.actions.find(action_id)?.deployed_version_id;
        steps.push(step ?? (await runnableStep(store, builds, id, action_id, deployed)));
      }
      return runFrom(transaction, steps);
    });
    const isDraft = ({ version, actionId }: Step) => version.id === actionId;
    const mask = secretMask(steps.flatMap(({ version }) => secretsInReach(store, version)));
    return {
      outcome,
      results,
      drafts: steps.filter(isDraft).map(({ actionName }) => actionName),
      // The data of a login is JSON.
      mask: <Value>(value: Value) => mask(value as JsonValue) as Value,
    };
  };
}

const REPLAY = 'replay';

/**
 * Returns the step of an Action's draft, if it differs from what is deployed.
 *
 * @throws {Problem} `action_unrunnable` if it is not built
 */
async function draftStep(
  store: Store,
  builds: ActionBuilds,
  bindingId: string,
  actionId: string,
): Promise<Step | undefined> {
  await builds.settled(actionId);
  const draft = store.actions.find(actionId);
  if (draft === undefined || draft.all_changes_deployed) return undefined;
  if (draft.status !== 'built') {
    throw new Problem('action_unrunnable', `The draft of the Action "${draft.name}" is not built.`);
  }
  return { bindingId, actionId, actionName: draft.name, version: draft };
}
