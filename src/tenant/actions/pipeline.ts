import { enrolledFactors, multifactorProviders } from '../multifactor/enrolled-factors.ts';
import { recordedMethods } from '../sessions/session-store.ts';
import type { ActionVersionRecord, ExecutionResult, JsonObject, JsonValue } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { actionTime } from './action-time.ts';
import { answerRoles } from './effective-roles.ts';
import { postLoginEvent } from './event.ts';
import type { FactorRequest } from './factor-requests.ts';
import type { LoginTransaction, PostLoginOutcome, SuspendedPipeline } from './login-transaction.ts';
import { secretsInReach } from './module-references.ts';
import { ClaimsTooLargeError, type PipelineState } from './pipeline-state.ts';
import type { ActionEffects, SandboxError } from './sandbox/protocol.ts';
import type { PoolReport } from './sandbox/sandbox-pool.ts';
import type { SandboxReport } from './sandbox/sandbox-process.ts';
import type { Sandboxes } from './sandbox/sandboxes.ts';
import { secretMask } from './secret-mask.ts';
import { refreshTokenFacts, sessionFacts } from './session-facts.ts';
import type { TriggerCache } from './trigger-cache.ts';

type ErrorClass = Extract<PostLoginOutcome, { kind: 'error' }>['errorClass'];

type Mask = ReturnType<typeof secretMask>;

/** One Action's turn. */
export interface Step {
  readonly bindingId: string;
  readonly actionId: string;
  readonly actionName: string;
  readonly version: ActionVersionRecord;
}

/** A step whose Action failed, for the log. */
export interface StepFailure {
  readonly step: Step;
  readonly errorClass: ErrorClass;
  readonly error: SandboxError;
}

/** How a run of the steps ended. */
export type PipelineEnd =
  | { readonly kind: 'continue' }
  | { readonly kind: 'deny'; readonly reason: string }
  | { readonly kind: 'redirect'; readonly url: string; readonly remaining: SuspendedPipeline['remaining'] }
  | {
      readonly kind: 'factors';
      readonly asked: readonly FactorRequest[];
      readonly remaining: SuspendedPipeline['remaining'];
    }
  | { readonly kind: 'error'; readonly failure: StepFailure };

export interface PipelineRun {
  readonly transaction: LoginTransaction;
  readonly steps: readonly Step[];
  readonly state: PipelineState;
  /** Of the first step; the others begin anew. */
  readonly firstHandler: 'onExecutePostLogin' | 'onContinuePostLogin';
  /** One for each Action that ran, in order; filled while it runs. */
  readonly results: ExecutionResult[];
}

export interface PipelineOptions {
  readonly store: Store;
  readonly sandboxes: Sandboxes;
  readonly cache: TriggerCache;
  readonly tenantName: string;
  /** Milliseconds for all steps together. */
  readonly timeoutMs: number;
}

/** Runs Actions one after another until one denies, redirects or fails. */
export async function runPipeline(options: PipelineOptions, run: PipelineRun): Promise<PipelineEnd> {
  const { store, sandboxes, cache, tenantName, timeoutMs } = options;
  const { transaction, steps, state, results } = run;
  const deadline = performance.now() + timeoutMs;
  const userId = transaction.user.user_id;
  const roles = store.roles.ofUser(userId).rows.map(({ name }) => name);
  const event = (): ReturnType<typeof postLoginEvent> =>
    postLoginEvent(transaction, {
      tenantName,
      roles,
      enrolledFactors: enrolledFactors(store, transaction.user),
      multifactor: multifactorProviders(store, transaction.user),
      transactionMetadata: state.transactionMetadata,
      session: changed(sessionFacts(store, transaction.session?.id), state.session?.metadata),
      refreshToken: changed(refreshTokenFacts(store, transaction), state.refreshToken?.metadata),
      recordedMethods: [
        ...(transaction.session === undefined ? [] : recordedMethods(store, transaction.session.id)),
        ...state.recordedMethods,
      ],
    });
  const answer = (method: string, argument: JsonValue): JsonValue => answerRoles(store, userId, method, argument);

  for (const [index, step] of steps.entries()) {
    const handler = index === 0 ? run.firstHandler : 'onExecutePostLogin';
    const left = deadline - performance.now();
    const startedAt = actionTime();
    const report: PoolReport =
      left <= 0
        ? { kind: 'timeout', console: [], duration: 0, cold: false, bootDuration: 0 }
        : await sandboxes
            .execute(step.version, {
              handler,
              event: event(),
              cache: cache.entries(),
              pendingUserMetadata: state.userMetadata,
              pendingAppMetadata: state.appMetadata,
              timeout: left,
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
        if (!(error instanceof ClaimsTooLargeError)) throw error;
        failure = ['action_error', { name: 'Error', code: 'claims_too_large', message: error.message }];
      }
      failure ??= redirectFailure(step, effects, transaction) ?? bothFailure(step, effects);
    }
    const mask = secretMask(secretsInReach(store, step.version));
    const masked = failure === undefined ? undefined : maskedError(mask, failure[1]);
    results.push(resultOf(step, mask, { handler, startedAt, report, dropped, error: masked }));
    if (failure !== undefined && masked !== undefined) {
      return { kind: 'error', failure: { step, errorClass: failure[0], error: masked } };
    }
    const end = effects === undefined ? undefined : endOf(effects, steps.slice(index));
    if (end !== undefined) return end;
  }
  // Deferred to the end; what was asked for on the way, and met, counts for it.
  if (state.multifactor !== undefined) return { kind: 'factors', asked: [state.multifactor], remaining: [] };
  return { kind: 'continue' };
}

/** Later Actions see the metadata as earlier ones left it. */
function changed(facts: JsonObject, metadata: JsonObject | undefined): JsonObject {
  return metadata === undefined ? facts : { ...facts, metadata: { ...metadata } };
}

/** A denial counts for more than a redirect: whatever else an Action asked for, nobody gets in. */
function endOf(effects: ActionEffects, rest: readonly Step[]): PipelineEnd | undefined {
  if (effects.deny !== undefined) return { kind: 'deny', reason: effects.deny.reason };
  if (effects.validationError !== undefined) return { kind: 'deny', reason: effects.validationError.message };
  const remaining = rest.map(({ bindingId, actionId, version }) => ({ bindingId, actionId, versionId: version.id }));
  // Whoever is asked for a factor goes on with the next Action, not with this one again.
  if (effects.factors.length > 0) return { kind: 'factors', asked: effects.factors, remaining: remaining.slice(1) };
  if (effects.redirect === undefined) return undefined;
  // As a URL is written, whatever the Action made of the sandbox's own `URL`.
  return { kind: 'redirect', url: new URL(effects.redirect.url).href, remaining };
}

/** Why a redirect cannot be made in this login, where it asks for one and has no browser. */
export function redirectFailure(
  { actionName }: Pick<Step, 'actionName'>,
  { deny, validationError, redirect }: ActionEffects,
  { protocol }: { readonly protocol: string },
): [ErrorClass, SandboxError] | undefined {
  if (redirect === undefined || deny !== undefined || validationError !== undefined) return undefined;
  if (!WITHOUT_BROWSER.has(protocol)) return undefined;
  const message = `The Action "${actionName}" redirects, which a login without a browser cannot do. Check api.redirect.canRedirect() first.`;
  return ['action_error', { name: 'Error', code: 'redirect_impossible', message }];
}

function bothFailure(
  { actionName }: Step,
  { deny, validationError, redirect, factors }: ActionEffects,
): [ErrorClass, SandboxError] | undefined {
  if (redirect === undefined || factors.length === 0 || deny !== undefined || validationError !== undefined) {
    return undefined;
  }
  const message = `The Action "${actionName}" asks for a factor and redirects in one run, which is not simulated by this tenant. Do one of them in an Action of its own.`;
  return ['action_error', { name: 'NotSimulatedError', code: 'not_simulated', message }];
}

const WITHOUT_BROWSER: ReadonlySet<string> = new Set(['oauth2-password', 'oauth2-refresh-token']);

/** Its packages cannot be installed, or the tenant is stopping. */
export function withoutSandbox(reason: unknown): PoolReport {
  const message = reason instanceof Error ? reason.message : 'The sandbox could not be started.';
  const error = { name: 'PlatformError', code: 'platform_error', message };
  return { kind: 'died', started: false, error, console: [], duration: 0, cold: true, bootDuration: 0 };
}

/** What went wrong in a run, if anything did. */
export function failureOf(
  report: PoolReport | SandboxReport,
  timeoutMs: number,
): [ErrorClass, SandboxError] | undefined {
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

export function maskedError(mask: Mask, error: SandboxError): SandboxError {
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

export function resultOf(
  step: Step,
  mask: Mask,
  { handler, startedAt, report, dropped, error }: StepReport,
): ExecutionResult {
  const lines = report.kind === 'rate_limited' ? [] : report.console;
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
    console: lines.map(({ level, text, at }) => ({ level, text: mask(text), at })),
    calls: calls.map((call) => ({ method: call.method, arguments: call.arguments.map((value) => mask(value)) })),
    dropped_claims: dropped,
    ...(error === undefined ? {} : { error }),
  };
}

function milliseconds(duration: number): number {
  return Math.round(duration * 1000) / 1000;
}
