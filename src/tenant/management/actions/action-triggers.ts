import { z } from 'zod';
import { isTrigger, LISTED_TRIGGERS } from '../../actions/library/published-triggers.ts';
import { notFound } from '../http/api-error.ts';
import { bodyOf, noneOf } from '../http/body-schemas.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { bindingAnswer } from './action-answer.ts';
import { actionListAnswer, actionListParameters, actionPagingOf } from './action-list.ts';
import { refusing } from './action-refusal.ts';

const bindingsBody = bodyOf({
  bindings: z.array(
    z.strictObject({
      ref: z.strictObject({ type: z.enum(['action_id', 'action_name', 'binding_id']), value: z.string().min(1) }),
      display_name: z.string().min(1).max(255).optional(),
      secrets: noneOf('secrets of bindings').optional(),
    }),
  ),
});

/** Triggers, and the Actions that each runs: `/actions/triggers`. */
export function actionTriggerOperations({ store, actions }: ManagementDependencies): Operation[] {
  const triggerOf = (id: string): string => {
    if (!isTrigger(id)) throw notFound('That trigger does not exist.');
    return id;
  };
  return [
    operation({
      method: 'GET',
      path: '/actions/triggers',
      handle: () => ({ status: 200, body: { triggers: LISTED_TRIGGERS } }),
    }),
    operation({
      method: 'GET',
      path: '/actions/triggers/{triggerId}/bindings',
      query: z.object(actionListParameters),
      handle: (call) => {
        const all = store.bindings.list(triggerOf(pathParameter(call, 'triggerId')));
        const paging = actionPagingOf(call.query);
        const rows = all.slice(paging.page * paging.perPage, (paging.page + 1) * paging.perPage);
        const body = actionListAnswer('bindings', { rows, total: all.length }, paging, (row) =>
          bindingAnswer(store, row),
        );
        return { status: 200, body };
      },
    }),
    operation({
      method: 'PATCH',
      path: '/actions/triggers/{triggerId}/bindings',
      description: 'Update trigger bindings',
      body: bindingsBody,
      handle: async (call) => {
        const triggerId = triggerOf(pathParameter(call, 'triggerId'));
        const requested = call.body.bindings.map(({ ref, display_name }) => ({
          ref,
          ...(display_name !== undefined && { display_name }),
        }));
        const bindings = await refusing(() => actions.bind(triggerId, requested));
        return { status: 200, body: { bindings: bindings.map((binding) => bindingAnswer(store, binding)) } };
      },
    }),
  ];
}
