import { Problem } from '../../../problem/problem.ts';
import type { TenantLog } from '../../logs/tenant-log.ts';
import type { JsonObject, JsonValue } from '../../store/json-value.ts';
import type { ExecutionRecord, ExecutionResult } from '../../store/records/actions/execution-repository.ts';
import type { ActionBuilds } from '../builds/action-builds.ts';
import { actionTime } from '../library/action-time.ts';
import { HANDLERS, type POST_LOGIN, type RunTrigger } from '../library/published-triggers.ts';
import type { PostLoginOutcome } from '../run/login-transaction.ts';
import { geoipOf } from '../run/loopback-geoip.ts';
import type { PipelineOptions } from '../run/pipeline.ts';
import { PipelineState } from '../run/pipeline-state.ts';
import { failureDetails, runStep, type Step, type StepFailure } from '../run/run-step.ts';
import { runnableStep } from '../run/runnable-step.ts';
import { executionId } from './execution-id.ts';
import { isSystemApi } from './system-api.ts';

/** Triggers other than the login's. */
export type SideTrigger = Exclude<RunTrigger, typeof POST_LOGIN>;

type Failure = Extract<PostLoginOutcome, { kind: 'error' }>;

/** How a run of such a trigger ended. */
export type SideOutcome =
  | {
      readonly kind: 'continue';
      readonly accessTokenClaims: JsonObject;
      /** The scopes of the token, if Actions changed them. */
      readonly targetScopes?: readonly string[];
      readonly userMetadata: JsonObject;
      readonly appMetadata: JsonObject;
      readonly executions: readonly string[];
    }
  | {
      readonly kind: 'deny';
      readonly reason: string;
      readonly code?: string;
      readonly userMessage?: string;
      readonly executions: readonly string[];
    }
  | Failure;

/** Members of the log entry of an Action that fails. */
export type SideRequest = { readonly ip: string; readonly hostname: string; readonly client_id?: string };

export interface SideTriggers {
  /** Runs every bound Action in order. Never rejects. */
  run(trigger: SideTrigger, event: JsonObject, request: SideRequest): Promise<SideOutcome>;
  /** Starts them without waiting: triggers after the event delay no response. */
  start(trigger: SideTrigger, event: JsonObject, request: SideRequest): void;
  /** Resolves when every started run has ended. */
  settled(): Promise<void>;
}

export interface SideTriggersOptions extends Omit<PipelineOptions, 'cache'> {
  readonly log: TenantLog;
  readonly builds: ActionBuilds;
  readonly cacheOf: (trigger: SideTrigger) => PipelineOptions['cache'];
  readonly onExecution: (execution: ExecutionRecord) => void;
}

/** `credentials-exchange`, `pre-` and `post-user-registration`, `post-change-password`. Source: Auth0, "Actions Triggers". */
export function createSideTriggers(options: SideTriggersOptions): SideTriggers {
  const { store, builds, timeoutMs, tenantName, loopbackGeoip } = options;
  const running = new Set<Promise<unknown>>();

  async function pass(trigger: SideTrigger, event: JsonObject, request: SideRequest): Promise<SideOutcome> {
    const bindings = store.bindings.list(trigger);
    const state = new PipelineState(isSystemApi(store, identifierOf(event)));
    if (bindings.length === 0) return { kind: 'continue', ...effectsOf(state), executions: [] };
    const steps: Step[] = [];
    for (const { id, action_id } of bindings) {
      steps.push(await runnableStep(store, builds, id, action_id, store.actions.find(action_id)?.deployed_version_id));
    }
    const id = executionId();
    const begun = actionTime();
    const results: ExecutionResult[] = [];
    const end = await runSteps(trigger, event, steps, state, results);
    const status = end.kind === 'error' && results.length < steps.length ? 'partial' : 'final';
    const record = { id, trigger_id: trigger, status, results, created_at: begun, updated_at: actionTime() } as const;
    store.executions.insert(record);
    options.onExecution(record);
    if (end.kind === 'continue') return { ...end, ...effectsOf(state), executions: [id] };
    if (end.kind === 'deny') return { ...end, executions: [id] };
    const { failure } = end;
    logFailure(trigger, id, failure, request);
    return { kind: 'error', errorClass: failure.errorClass, message: failure.error.message, executions: [id] };
  }

  type End =
    | { readonly kind: 'continue' }
    | { readonly kind: 'deny'; readonly reason: string; readonly code?: string; readonly userMessage?: string }
    | { readonly kind: 'error'; readonly failure: StepFailure };

  async function runSteps(
    trigger: SideTrigger,
    event: JsonObject,
    steps: readonly Step[],
    state: PipelineState,
    results: ExecutionResult[],
  ): Promise<End> {
    const handler = HANDLERS[trigger];
    const stepOptions = { ...options, cache: options.cacheOf(trigger) };
    const deadline = performance.now() + timeoutMs;
    for (const step of steps) {
      const { result, effects, failure } = await runStep(stepOptions, {
        step,
        handler,
        event: {
          ...withLocation(withTargetScopes(event, state), loopbackGeoip),
          configuration: {},
          tenant: { id: tenantName },
        },
        state,
        deadline,
        answer: unanswered,
      });
      results.push(result);
      if (failure !== undefined) return { kind: 'error', failure };
      if (effects?.deny !== undefined) return { kind: 'deny', ...effects.deny };
      if (effects?.validationError !== undefined) {
        const { code, message } = effects.validationError;
        return { kind: 'deny', reason: code, userMessage: message };
      }
    }
    return { kind: 'continue' };
  }

  function logFailure(trigger: SideTrigger, execution: string, failure: StepFailure, request: SideRequest): void {
    options.log.write({
      type: 'actions_execution_failed',
      description: `The Action "${failure.step.actionName}" failed: ${failure.error.message}`,
      ...(trigger === 'credentials-exchange'
        ? { strategy: '', strategy_type: '' }
        : { strategy: 'auth0', strategy_type: 'database' }),
      ...request,
      details: failureDetails(trigger, execution, failure),
    });
  }

  async function run(trigger: SideTrigger, event: JsonObject, request: SideRequest): Promise<SideOutcome> {
    try {
      return await pass(trigger, event, request);
    } catch (error) {
      const known = error instanceof Problem && error.code === 'action_unrunnable';
      const message = known ? error.message : `The tenant could not run the Actions of ${trigger}.`;
      return { kind: 'error', errorClass: 'platform_error', message, executions: [] };
    }
  }

  return {
    run,
    start(trigger, event, request) {
      const work = run(trigger, event, request).finally(() => running.delete(work));
      running.add(work);
    },
    async settled() {
      await Promise.all(running);
    },
  };
}

/** Returns a copy with the location of the request. */
function withLocation(event: JsonObject, loopbackGeoip: JsonObject | undefined): JsonObject {
  const copy = structuredClone(event);
  const { request } = copy as { readonly request?: JsonObject };
  return request === undefined
    ? copy
    : { ...copy, request: { ...request, geoip: geoipOf(String(request.ip), loopbackGeoip) } };
}

/** Returns the event with the scopes as earlier Actions changed them, for later Actions. */
function withTargetScopes(event: JsonObject, { targetScopes }: PipelineState): JsonObject {
  if (targetScopes === undefined) return event;
  return { ...event, transaction: { ...(event.transaction as JsonObject), target_scopes: [...targetScopes] } };
}

function effectsOf({ effects, userMetadata, appMetadata, targetScopes }: PipelineState) {
  const aim = targetScopes === undefined ? {} : { targetScopes };
  return { accessTokenClaims: { ...effects.accessTokenClaims }, userMetadata, appMetadata, ...aim };
}

function unanswered(method: string): JsonValue {
  throw new Error(`The tenant does not know the question "${method}".`);
}

/** Returns the API that a client credentials token is for. */
function identifierOf(event: JsonObject): string | undefined {
  const { identifier } = (event.resource_server ?? {}) as { readonly identifier?: string };
  return identifier;
}
