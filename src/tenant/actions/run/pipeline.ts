import { enrolledFactors, multifactorProviders } from '../../factors/enrolled-factors.ts';
import { requestOfPolicy } from '../../factors/factor-policy.ts';
import type { FactorRequest } from '../../factors/factor-requests.ts';
import { recordedMethods } from '../../sessions/session-store.ts';
import type { JsonObject, JsonValue } from '../../store/json-value.ts';
import type { ExecutionResult } from '../../store/records/actions/execution-repository.ts';
import type { ActionEffects } from '../sandbox/protocol.ts';
import { answerRoles } from './effective-roles.ts';
import { postLoginEvent } from './event-object.ts';
import type { LoginTransaction, SuspendedPipeline } from './login-transaction.ts';
import type { PipelineState } from './pipeline-state.ts';
import { runStep, type Step, type StepFailure, type StepRunOptions } from './run-step.ts';
import type { SessionChanges } from './session-changes.ts';
import { refreshTokenFacts, sessionFacts } from './session-facts.ts';
import { unsupportedEffect } from './unsupported-effect.ts';

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
  /** Handler of the first step; the others start again. */
  readonly firstHandler: 'onExecutePostLogin' | 'onContinuePostLogin';
  /** One for each Action that ran, in order; filled during the run. */
  readonly results: ExecutionResult[];
}

export interface PipelineOptions extends StepRunOptions {
  readonly tenantName: string;
  /** The location of this machine, for `event.request.geoip`. */
  readonly loopbackGeoip?: JsonObject | undefined;
}

/** Runs Actions one after another until one denies, redirects or fails. */
export async function runPipeline(options: PipelineOptions, run: PipelineRun): Promise<PipelineEnd> {
  const { store, tenantName, loopbackGeoip, timeoutMs } = options;
  const { transaction, steps, state, results } = run;
  const deadline = performance.now() + timeoutMs;
  const userId = transaction.user.user_id;
  const roles = store.roles.listByUser(userId).rows.map(({ name }) => name);
  const event = (): ReturnType<typeof postLoginEvent> =>
    postLoginEvent(transaction, {
      tenantName,
      loopbackGeoip,
      roles,
      enrolledFactors: enrolledFactors(store, transaction.user),
      multifactor: multifactorProviders(store, transaction.user),
      transactionMetadata: state.transactionMetadata,
      session: changed(sessionFacts(store, transaction.session?.id), state.session),
      refreshToken: changed(refreshTokenFacts(store, transaction), state.refreshToken),
      recordedMethods: [
        ...(transaction.session === undefined ? [] : recordedMethods(store, transaction.session.id)),
        ...state.recordedMethods,
      ],
    });
  const answer = (method: string, argument: JsonValue): JsonValue => answerRoles(store, userId, method, argument);

  for (const [index, step] of steps.entries()) {
    const { result, effects, failure } = await runStep(options, {
      step,
      handler: index === 0 ? run.firstHandler : 'onExecutePostLogin',
      event: event(),
      state,
      deadline,
      answer,
      refusal: (asked) => unsupportedEffect(step.actionName, asked, transaction.protocol),
    });
    results.push(result);
    if (failure !== undefined) return { kind: 'error', failure };
    const end = effects === undefined ? undefined : endOf(effects, steps.slice(index));
    if (end !== undefined) return end;
  }
  // Deferred to the end; factors that were requested and passed on the way count for it.
  const required =
    state.multifactor ?? (state.definesFactors ? undefined : requestOfPolicy(store, transaction.protocol));
  if (required !== undefined) return { kind: 'factors', asked: [required], remaining: [] };
  return { kind: 'continue' };
}

/** Returns the metadata and the cookie as earlier Actions changed them, for later Actions. */
function changed(
  facts: JsonObject,
  { metadata, cookieMode }: Pick<SessionChanges, 'metadata' | 'cookieMode'> = {},
): JsonObject {
  return {
    ...facts,
    ...(metadata !== undefined && { metadata: { ...metadata } }),
    ...(cookieMode !== undefined && { cookie: { mode: cookieMode } }),
  };
}

/** Returns the end of the run, if an Action ended it. A denial overrides a redirect and every other effect. */
function endOf(effects: ActionEffects, rest: readonly Step[]): PipelineEnd | undefined {
  if (effects.deny !== undefined) return { kind: 'deny', reason: effects.deny.reason };
  if (effects.validationError !== undefined) return { kind: 'deny', reason: effects.validationError.message };
  const remaining = rest.map(({ bindingId, actionId, version }) => ({ bindingId, actionId, versionId: version.id }));
  // A user who is asked for a factor continues with the next Action, not with this one again.
  if (effects.factors.length > 0) return { kind: 'factors', asked: effects.factors, remaining: remaining.slice(1) };
  if (effects.redirect === undefined) return undefined;
  // Serialised as a URL, regardless of what the Action made of the sandbox's own `URL`.
  return { kind: 'redirect', url: new URL(effects.redirect.url).href, remaining };
}
