import { Problem } from '../../../problem/problem.ts';
import { requestOfPolicy } from '../../factors/factor-policy.ts';
import type { TenantLog } from '../../logs/tenant-log.ts';
import type { ExecutionRecord, ExecutionResult } from '../../store/records/actions/execution-repository.ts';
import type { Store } from '../../store/store.ts';
import type { ActionBuilds } from '../builds/action-builds.ts';
import { actionTime } from '../library/action-time.ts';
import { POST_LOGIN } from '../library/published-triggers.ts';
import type {
  LoginTransaction,
  PostLoginOutcome,
  PostLoginTrigger,
  SuspendedPipeline,
} from '../run/login-transaction.ts';
import { type PipelineEnd, type PipelineOptions, runPipeline } from '../run/pipeline.ts';
import { PipelineState } from '../run/pipeline-state.ts';
import { failureDetails, type Step, type StepFailure } from '../run/run-step.ts';
import { runnableStep } from '../run/runnable-step.ts';
import { applySessionChanges } from './apply-session-changes.ts';
import { executionId } from './execution-id.ts';
import { pipelineOutcome } from './pipeline-outcome.ts';
import { isSystemApi } from './system-api.ts';
import { writeUserMetadata } from './user-metadata.ts';

export interface PostLoginTriggerOptions extends PipelineOptions {
  readonly log: TenantLog;
  readonly builds: ActionBuilds;
  /** Called with every execution after it is stored. */
  readonly onExecution: (execution: ExecutionRecord) => void;
}

const NO_EFFECTS = {
  idTokenClaims: {},
  accessTokenClaims: {},
  addedScopes: [],
  removedScopes: [],
  transactionMetadata: {},
} as const;

/**
 * The post-login trigger: runs every bound Action in order, stores each execution, and logs failures. Source: Auth0's
 * documentation, "Actions Triggers: post-login" and "Redirect with Actions".
 */
export function createPostLoginTrigger(options: PostLoginTriggerOptions): PostLoginTrigger {
  const { store, builds } = options;

  async function pass(
    transaction: LoginTransaction,
    steps: readonly Step[],
    suspended?: SuspendedPipeline,
  ): Promise<PostLoginOutcome> {
    const state = new PipelineState(isSystemApi(store, transaction.resourceServer), suspended);
    const results: ExecutionResult[] = [];
    const execution = begin(store, suspended?.executionId);
    const run = {
      transaction,
      steps,
      state,
      results,
      firstHandler: isRedirect(suspended) ? ('onContinuePostLogin' as const) : ('onExecutePostLogin' as const),
    };
    const end = await runPipeline(options, run);
    const outcome = pipelineOutcome(store, transaction, end, state, execution.id);
    if (outcome.kind === 'continue' || outcome.kind === 'deny') {
      const userId = (outcome.kind === 'continue' ? state.primaryUser : undefined) ?? transaction.user.user_id;
      writeUserMetadata(store, userId, state);
      applySessionChanges(store, options.log, transaction, userId, state);
    }
    execution.finish(statusOf(end, results.length === steps.length), results, options.onExecution);
    if (end.kind === 'error') logFailure(options.log, transaction, execution.id, end.failure);
    return outcome;
  }

  return {
    async run(transaction) {
      return refuseOnError(async () => {
        const bindings = store.bindings.list(POST_LOGIN);
        // Without Actions there is nothing to run, unless the tenant's policy asks for a factor.
        if (bindings.length === 0 && requestOfPolicy(store, transaction.protocol) === undefined)
          return { kind: 'continue', effects: NO_EFFECTS, executions: [] };
        const steps: Step[] = [];
        for (const { id, action_id } of bindings) {
          steps.push(
            await runnableStep(store, builds, id, action_id, store.actions.find(action_id)?.deployed_version_id),
          );
        }
        return pass(transaction, steps);
      });
    },

    async resume(transaction, suspended) {
      return refuseOnError(async () => {
        // The versions that the login began with: a deployment in between does not change half of a login.
        const steps: Step[] = [];
        for (const { bindingId, actionId, versionId } of suspended.remaining) {
          steps.push(await runnableStep(store, builds, bindingId, actionId, versionId));
        }
        if (steps.length === 0 && isRedirect(suspended))
          throw new Problem('action_unrunnable', 'There is no Action to go on with.');
        return pass(transaction, steps, suspended);
      });
    },
  };
}

function isRedirect(suspended: SuspendedPipeline | undefined): boolean {
  return suspended !== undefined && suspended.forFactors !== true;
}

interface OpenExecution {
  readonly id: string;
  finish(status: ExecutionRecord['status'], results: ExecutionResult[], tell: (record: ExecutionRecord) => void): void;
}

/**
 * Starts a new execution, or resumes the one that a redirect suspended, which continues exactly once.
 *
 * @throws {Problem} `action_unrunnable` if it has continued already
 */
function begin(store: Store, suspendedId: string | undefined): OpenExecution {
  const now = actionTime();
  if (suspendedId === undefined) {
    const id = executionId();
    return {
      id,
      finish(status, results, tell) {
        const record = { id, trigger_id: POST_LOGIN, status, results, created_at: now, updated_at: actionTime() };
        store.executions.insert(record);
        tell(record);
      },
    };
  }
  const before = store.transaction(() => {
    const found = store.executions.find(suspendedId);
    if (found?.status !== 'suspended') throw new Problem('action_unrunnable', 'This login has gone on already.');
    store.executions.update({ ...found, status: 'pending', updated_at: now });
    return found;
  });
  return {
    id: suspendedId,
    finish(status, results, tell) {
      const record = { ...before, status, results: [...before.results, ...results], updated_at: actionTime() };
      store.executions.update(record);
      tell(record);
    },
  };
}

function statusOf(end: PipelineEnd, allRan: boolean): ExecutionRecord['status'] {
  if (end.kind === 'redirect' || end.kind === 'factors') return 'suspended';
  return end.kind === 'error' && !allRan ? 'partial' : 'final';
}

function logFailure(log: TenantLog, transaction: LoginTransaction, id: string, failure: StepFailure): void {
  const { client, connection, request, user } = transaction;
  log.write({
    type: 'actions_execution_failed',
    description: `The Action "${failure.step.actionName}" failed: ${failure.error.message}`,
    client_id: client.client_id,
    client_name: client.name,
    connection: connection.name,
    connection_id: connection.id,
    strategy: connection.strategy,
    strategy_type: connection.strategy === 'auth0' ? 'database' : 'social',
    user_id: user.user_id,
    user_name: user.email ?? user.username ?? user.user_id,
    ip: request.ip,
    hostname: request.hostname,
    ...(request.userAgent === undefined ? {} : { user_agent: request.userAgent }),
    details: failureDetails(POST_LOGIN, id, failure),
    login: transaction.id,
  });
}

/** Turns errors of the tenant itself into a refusal as well. */
export async function refuseOnError(work: () => Promise<PostLoginOutcome>): Promise<PostLoginOutcome> {
  try {
    return await work();
  } catch (error) {
    const known = error instanceof Problem && error.code === 'action_unrunnable';
    const message = known ? error.message : 'The tenant could not run the Actions of the login.';
    return { kind: 'error', errorClass: 'platform_error', message, executions: [] };
  }
}
