import { z } from 'zod';
import type { ActionLifecycle } from '../../actions/library/action-lifecycle.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { ActionRecord } from '../../store/records/actions/action-repository.ts';
import type { Store } from '../../store/store.ts';
import { notFound } from '../http/api-error.ts';
import { anyObject, bodyOf } from '../http/body-schemas.ts';
import { booleanParameter } from '../http/query-parameters.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { actionAnswer, deployAnswer } from './action-answer.ts';
import { actionListAnswer, actionListParameters, actionPagingOf } from './action-list.ts';
import { refusing } from './action-refusal.ts';

/** A trigger, also as `GET /actions/triggers` returns it. */
const triggers = z
  .array(
    z.strictObject({
      id: z.string().min(1),
      version: z.string().optional(),
      status: z.string().optional(),
      runtimes: z.array(z.string()).optional(),
      default_runtime: z.string().optional(),
      compatible_triggers: z.array(anyObject).optional(),
      binding_policy: z.enum(['trigger-bound', 'entity-bound']).optional(),
    }),
  )
  .min(1);

const members = {
  code: z.string().optional(),
  dependencies: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        version: z.string().optional(),
        registry_url: z.string().optional(),
      }),
    )
    .optional(),
  runtime: z.string().optional(),
  // A secret as it was answered has a time, and keeps its value.
  secrets: z.array(z.object({ name: z.string().min(1), value: z.string().optional() })).optional(),
  modules: z
    .array(
      z.strictObject({
        module_id: z.string().min(1).optional(),
        module_name: z.string().min(1).optional(),
        module_version_id: z.string().min(1).optional(),
        module_version_number: z.int().optional(),
      }),
    )
    .optional(),
};

const newBody = bodyOf({
  ...members,
  name: z.string().min(1),
  supported_triggers: triggers,
  deploy: z.boolean().optional(),
});

const patchBody = bodyOf({
  ...members,
  name: z.string().min(1).optional(),
  supported_triggers: triggers.optional(),
});

const listQuery = z.object({
  ...actionListParameters,
  triggerId: z.string().optional(),
  actionName: z.string().optional(),
  deployed: booleanParameter().optional(),
});

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
  return [
    operation({
      method: 'GET',
      path: '/actions/actions',
      query: listQuery,
      handle: ({ query }) => {
        const filter = {
          ...(query.triggerId !== undefined && { triggerId: query.triggerId }),
          ...(query.actionName !== undefined && { name: query.actionName }),
          ...(query.deployed !== undefined && { deployed: query.deployed }),
        };
        const paging = actionPagingOf(query);
        const page = store.actions.list(filter, paging);
        return { status: 200, body: actionListAnswer('actions', page, paging, (row) => actionAnswer(store, row)) };
      },
    }),
    operation({
      method: 'POST',
      path: '/actions/actions',
      description: 'Create an action',
      body: newBody,
      handle: async ({ body }) => {
        const record = await refusing(() => actions.create(body as CreateInput));
        return { status: 201, body: actionAnswer(store, record) };
      },
    }),
    operation({
      method: 'GET',
      path: '/actions/actions/{id}',
      handle: async (call) => {
        const { id } = findAction(store, pathParameter(call, 'id'));
        await actions.watched(id);
        return { status: 200, body: actionAnswer(store, findAction(store, id)) };
      },
    }),
    operation({
      method: 'PATCH',
      path: '/actions/actions/{id}',
      description: 'Update an action',
      body: patchBody,
      handle: async (call) => {
        const { id } = findAction(store, pathParameter(call, 'id'));
        const record = await refusing(() => actions.update(id, call.body as UpdateInput));
        return { status: 200, body: actionAnswer(store, record) };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/actions/actions/{id}',
      description: 'Delete an action',
      query: z.object({ force: booleanParameter().optional() }),
      handle: async (call) => {
        const { id } = findAction(store, pathParameter(call, 'id'));
        await refusing(() => actions.remove(id, { force: call.query.force === true }));
        return { status: 204 };
      },
    }),
    operation({
      method: 'POST',
      path: '/actions/actions/{id}/deploy',
      description: 'Deploy an action',
      handle: async (call) => {
        const { id } = findAction(store, pathParameter(call, 'id'));
        const version = await refusing(() => actions.deploy(id));
        return { status: 200, body: deployAnswer(findAction(store, id), version) };
      },
    }),
    operation({
      method: 'POST',
      path: '/actions/actions/{id}/test',
      description: 'Test an action',
      body: bodyOf({ payload: anyObject }),
      handle: async (call) => {
        const { id } = findAction(store, pathParameter(call, 'id'));
        const payload = await refusing(() => actions.test(id, call.body.payload as JsonObject));
        return { status: 200, body: { payload } };
      },
    }),
  ];
}
