import type { ActionLifecycle } from '../../actions/library/action-lifecycle.ts';
import { objectOf } from '../../store/json-value.ts';
import type { Paging } from '../../store/paging.ts';
import type { ActionRecord } from '../../store/records/actions/action-repository.ts';
import type { Store } from '../../store/store.ts';
import { notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { actionAnswer, deployAnswer } from './action-answer.ts';
import { actionListAnswer } from './action-list.ts';
import { refusing } from './action-refusal.ts';

type CreateInput = Parameters<ActionLifecycle['create']>[0];
type UpdateInput = Parameters<ActionLifecycle['update']>[1];

/** @throws ApiError 404 */
export function findAction(store: Store, id: string): ActionRecord {
  const record = store.actions.find(id);
  if (record === undefined) throw notFound('That action does not exist.');
  return record;
}

/** Actions: `/actions/actions`. */
export function actionOperations({ store, actions }: ManagementDependencies): Operation[] {
  return effectiveOperations(
    { store },
    {
      'GET /actions/actions': {
        handle: ({ query }) => {
          const { triggerId, actionName, deployed } = query;
          const filter = {
            ...(typeof triggerId === 'string' && { triggerId }),
            ...(typeof actionName === 'string' && { name: actionName }),
            ...(typeof deployed === 'boolean' && { deployed }),
          };
          const read = (paging: Paging) => store.actions.list(filter, paging);
          return actionListAnswer('actions', query, read, (row) => actionAnswer(store, row));
        },
      },
      'POST /actions/actions': {
        description: 'Create an action',
        handle:
          ({ body }: Call<CreateInput>) =>
          async () => {
            const record = await refusing(() => actions.create(body));
            return actionAnswer(store, record);
          },
      },
      'GET /actions/actions/{id}': {
        handle: (call) => async () => {
          const { id } = findAction(store, pathParameter(call, 'id'));
          await actions.watched(id);
          return actionAnswer(store, findAction(store, id));
        },
      },
      'PATCH /actions/actions/{id}': {
        description: 'Update an action',
        handle: (call: Call<UpdateInput>) => async () => {
          const { id } = findAction(store, pathParameter(call, 'id'));
          const record = await refusing(() => actions.update(id, call.body));
          return actionAnswer(store, record);
        },
      },
      'DELETE /actions/actions/{id}': {
        description: 'Delete an action',
        handle: (call) => async () => {
          const { id } = findAction(store, pathParameter(call, 'id'));
          await refusing(() => actions.remove(id, { force: call.query.force === true }));
        },
      },
      'POST /actions/actions/{id}/deploy': {
        description: 'Deploy an action',
        handle: (call) => async () => {
          const { id } = findAction(store, pathParameter(call, 'id'));
          const version = await refusing(() => actions.deploy(id));
          return deployAnswer(findAction(store, id), version);
        },
      },
      'POST /actions/actions/{id}/test': {
        description: 'Test an action',
        handle: (call) => async () => {
          const { id } = findAction(store, pathParameter(call, 'id'));
          const payload = await refusing(() => actions.test(id, objectOf(call.body.payload)));
          return { payload };
        },
      },
    },
  );
}
