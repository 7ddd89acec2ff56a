import type { Store } from '../../store/store.ts';
import type { LoginTransaction, PostLoginOutcome, SuspendedPipeline } from '../run/login-transaction.ts';
import type { PipelineEnd } from '../run/pipeline.ts';
import type { PipelineState } from '../run/pipeline-state.ts';
import { isSamePerson, NOT_AN_IDENTITY } from './primary-user.ts';

/**
 * Returns how a run of the trigger's Actions ended, with all that is needed to go on later.
 *
 * @param execution id of the run
 * @example
 * pipelineOutcome(store, transaction, { kind: 'deny', reason: 'No' }, state, 'exec-1') // { kind: 'deny', reason: 'No', executions: ['exec-1'] }
 */
export function pipelineOutcome(
  store: Store,
  transaction: LoginTransaction,
  end: PipelineEnd,
  state: PipelineState,
  execution: string,
): PostLoginOutcome {
  const executions = [execution];
  const { primaryUser } = state;
  if (end.kind === 'continue' && primaryUser !== undefined && !isSamePerson(store, transaction, primaryUser)) {
    return { kind: 'error', errorClass: 'action_error', message: NOT_AN_IDENTITY, executions };
  }
  const keptOf = (remaining: SuspendedPipeline['remaining']): SuspendedPipeline => {
    const { effects, userMetadata, appMetadata } = state;
    return { executionId: execution, remaining, effects, userMetadata, appMetadata };
  };
  if (end.kind === 'continue') return { kind: 'continue', effects: state.effects, executions };
  if (end.kind === 'deny') return { kind: 'deny', reason: end.reason, executions };
  if (end.kind === 'redirect') {
    const { multifactor, definesFactors } = state;
    const suspended = { ...keptOf(end.remaining), ...(multifactor && { multifactor }), definesFactors };
    return { kind: 'redirect', url: end.url, suspended, executions };
  }
  if (end.kind === 'factors') {
    // At the end no Action is left that could request it again.
    const deferred = end.asked.some(({ kind }) => kind === 'require') ? undefined : state.multifactor;
    const suspended = {
      ...keptOf(end.remaining),
      forFactors: true as const,
      definesFactors: true,
      ...(deferred && { multifactor: deferred }),
    };
    return { kind: 'factors', asked: end.asked, suspended, executions };
  }
  const { errorClass, error } = end.failure;
  return { kind: 'error', errorClass, message: error.message, executions };
}
