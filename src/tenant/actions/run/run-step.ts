import { Problem } from '../../../problem/problem.ts';
import type { JsonObject, JsonValue } from '../../store/json-value.ts';
import type { ExecutionResult } from '../../store/records/actions/execution-repository.ts';
import type { Store } from '../../store/store.ts';
import { actionTime } from '../library/action-time.ts';
import { secretsInReach } from '../library/module-references.ts';
import type { ActionEffects, SandboxError } from '../sandbox/protocol.ts';
import type { PoolReport } from '../sandbox/sandbox-pool.ts';
import type { SandboxReport } from '../sandbox/sandbox-run.ts';
import type { Sandboxes, SandboxVersion } from '../sandbox/sandboxes.ts';
import { markTruncated } from './console-limit.ts';
import type { PostLoginOutcome } from './login-transaction.ts';
import type { PipelineState } from './pipeline-state.ts';
import { secretMask } from './secret-mask.ts';
import type { TriggerCache } from './trigger-cache.ts';

export type ErrorClass = Extract<PostLoginOutcome, { kind: 'error' }>['errorClass'];

/** The failure, before anything is masked. */
export type Failure = readonly [ErrorClass, SandboxError];

/** One Action's run. */
export interface Step {
  readonly bindingId: string;
  readonly actionId: string;
  readonly actionName: string;
  readonly version: SandboxVersion;
}

/** A step whose Action failed, for the log. Values of secrets are masked. */
export interface StepFailure {
  readonly step: Step;
  readonly errorClass: ErrorClass;
  readonly error: SandboxError;
}

export interface StepRunOptions {
  readonly store: Store;
  readonly sandboxes: Pick<Sandboxes, 'execute'>;
  readonly cache: TriggerCache;
  /** Milliseconds for all steps together. */
  readonly timeoutMs: number;
}

export interface StepRun {
  readonly step: Step;
  readonly handler: string;
  readonly event: JsonObject;
  /** Collects the effects of the Action. */
  readonly state: PipelineState;
  /** The end of the time for all steps, by `performance.now()`. */
  readonly deadline: number;
  /** Answers the Action's questions to the tenant; an error that it throws becomes the Action's error. */
  answer(method: string, argument: JsonValue): JsonValue;
  /** The failure of an Action that requests an effect that is not possible. */
  refusal?(effects: ActionEffects): Failure | undefined;
}

/** How a step ended: with `effects` if the code ran to its end. */
export interface StepEnd {
  readonly result: ExecutionResult;
  readonly effects?: ActionEffects;
  readonly failure?: StepFailure;
}

/**
 * Runs one Action of a trigger and applies its effects. Rejects only if the tenant itself fails.
 *
 * @returns the execution's record of the step, with the effects or the failure
 * @example
 * const { result, effects, failure } = await runStep(options, { step, handler, event, state, deadline, answer });
 */
export async function runStep({ store, sandboxes, cache, timeoutMs }: StepRunOptions, run: StepRun): Promise<StepEnd> {
  const { step, handler, event, state, answer } = run;
  const timeLeft = run.deadline - performance.now();
  const startedAt = actionTime();
  const report: PoolReport =
    timeLeft <= 0
      ? { kind: 'timeout', console: [], requests: [], duration: 0, cold: false, bootDuration: 0 }
      : await sandboxes
          .execute(step.version, {
            handler,
            event,
            cache: cache.entries(),
            pendingUserMetadata: state.userMetadata,
            pendingAppMetadata: state.appMetadata,
            primaryUserIsSet: state.primaryUser !== undefined,
            timeout: timeLeft,
            answer,
          })
          .catch(withoutSandbox);
  let failure = failureOf(report, timeoutMs);
  let dropped: ExecutionResult['dropped_claims'] = [];
  const effects = report.kind === 'finished' ? report.effects : undefined;
  if (failure === undefined && effects !== undefined) {
    try {
      dropped = state.apply(effects);
      cache.apply(effects.cache);
    } catch (error) {
      failure = claimsFailure(error);
    }
    failure ??= run.refusal?.(effects);
  }
  const mask = secretMask(secretsInReach(store, step.version));
  const error = failure === undefined ? undefined : maskedError(mask, failure[1]);
  const result = resultOf(step, mask, { handler, startedAt, report, dropped, error });
  if (failure !== undefined && error !== undefined) {
    return { result, failure: { step, errorClass: failure[0], error } };
  }
  return effects === undefined ? { result } : { result, effects };
}

/**
 * Returns the failure of a run, if it failed. Source of the classes: Auth0's published log schemas, `error_class`.
 *
 * @param timeoutMs the time that all Actions of the login may take together, for the message
 */
export function failureOf(report: PoolReport | SandboxReport, timeoutMs: number): Failure | undefined {
  if (report.kind === 'timeout') {
    const message = `The Actions of the login did not finish within ${timeoutMs / 1000} s.`;
    return ['action_timeout', { name: 'TimeoutError', code: 'action_timeout', message }];
  }
  if (report.kind === 'rate_limited') {
    const message = 'Too many Actions run at once. Try again in a moment.';
    return ['rate_limited', { name: 'RateLimitError', code: 'rate_limited', message }];
  }
  if (report.error === undefined) return undefined;
  return [report.kind === 'died' && !report.started ? 'platform_error' : 'action_error', report.error];
}

/**
 * Returns the failure of an Action that set more claims than a token carries.
 *
 * @throws any other error
 */
export function claimsFailure(thrown: unknown): Failure {
  if (!(thrown instanceof Problem) || thrown.code !== 'claims_too_large') throw thrown;
  return ['action_error', { name: 'Error', code: thrown.code, message: thrown.message }];
}

/** `details` of the log entry `actions_execution_failed`. Source: Auth0's published log schemas. */
export function failureDetails(
  trigger: string,
  execution: string,
  { step, errorClass, error }: StepFailure,
): JsonObject {
  return {
    trigger_id: trigger,
    execution_id: execution,
    action_id: step.actionId,
    action_name: step.actionName,
    version_id: step.version.id,
    binding_id: step.bindingId,
    error_class: errorClass,
    action_error: { ...error },
  };
}

/** Makes the report of a step without a sandbox: its packages cannot be installed, or the tenant is stopping. */
function withoutSandbox(reason: unknown): PoolReport {
  const message = reason instanceof Error ? reason.message : 'The sandbox could not be started.';
  const error = { name: 'PlatformError', code: 'platform_error', message };
  return { kind: 'died', started: false, error, console: [], requests: [], duration: 0, cold: true, bootDuration: 0 };
}

type Mask = ReturnType<typeof secretMask>;

function maskedError(mask: Mask, error: SandboxError): SandboxError {
  const { stack } = error;
  return {
    name: mask(error.name),
    message: mask(error.message),
    code: mask(error.code),
    ...(stack === undefined ? {} : { stack: mask(stack) }),
  };
}

interface StepReport {
  readonly handler: string;
  readonly startedAt: string;
  readonly report: PoolReport;
  readonly dropped: ExecutionResult['dropped_claims'];
  readonly error: SandboxError | undefined;
}

function resultOf(step: Step, mask: Mask, { handler, startedAt, report, dropped, error }: StepReport): ExecutionResult {
  const lines = report.kind === 'rate_limited' ? [] : report.console;
  const requests = report.kind === 'rate_limited' ? [] : report.requests;
  const calls = report.kind === 'finished' ? report.effects.calls : [];
  return {
    action_id: step.actionId,
    action_name: step.actionName,
    version_id: step.version.id,
    binding_id: step.bindingId,
    handler,
    started_at: startedAt,
    ended_at: actionTime(),
    cold: report.cold,
    action_duration_ms: report.kind === 'rate_limited' ? 0 : milliseconds(report.duration),
    boot_duration_ms: milliseconds(report.bootDuration),
    console: markTruncated(lines.map(({ level, text, at }) => ({ level, text: mask(text), at }))),
    calls: calls.map((call) => ({ method: call.method, arguments: call.arguments.map((value) => mask(value)) })),
    requests: requests.map((request) => ({ ...request, host: mask(request.host) })),
    dropped_claims: dropped,
    ...(error === undefined ? {} : { error }),
  };
}

function milliseconds(duration: number): number {
  return Math.round(duration * 1000) / 1000;
}
