import type { BindingRequest } from '../../actions/library/bindings.ts';
import { LISTED_TRIGGERS } from '../../actions/library/published-triggers.ts';
import { invalidBody } from '../http/api-error.ts';
import { pagesOf } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { bindingAnswer } from './action-answer.ts';
import { actionListAnswer } from './action-list.ts';
import { refusing } from './action-refusal.ts';

/** As the overlay says: each binding names its Action. */
interface Bindings {
  readonly bindings: readonly (BindingRequest & { readonly secrets?: readonly unknown[] })[];
}

/** Triggers, and the Actions that each runs: `/actions/triggers`. */
export function actionTriggerOperations({ store, actions }: ManagementDependencies): Operation[] {
  return effectiveOperations(
    { store },
    {
      'GET /actions/triggers': { handle: () => ({ triggers: LISTED_TRIGGERS }) },
      'GET /actions/triggers/{triggerId}/bindings': {
        handle: (call) => {
          const all = store.bindings.list(pathParameter(call, 'triggerId'));
          return actionListAnswer('bindings', call.query, pagesOf(all), (row) => bindingAnswer(store, row));
        },
      },
      'PATCH /actions/triggers/{triggerId}/bindings': {
        description: 'Update trigger bindings',
        handle: (call: Call<Bindings>) => async () => {
          const triggerId = pathParameter(call, 'triggerId');
          const requested = call.body.bindings.map(({ secrets = [], ...binding }) => {
            if (secrets.length === 0) return binding;
            throw invalidBody('This tenant does not have secrets of bindings.');
          });
          const bindings = await refusing(() => actions.bind(triggerId, requested));
          return { bindings: bindings.map((binding) => bindingAnswer(store, binding)) };
        },
      },
    },
  );
}
