import { z } from 'zod';
import type { JsonObject } from '../../store/json-value.ts';
import type { Page, Paging } from '../../store/paging.ts';
import type { ActionModuleRecord } from '../../store/records/actions/action-module-repository.ts';
import type { Store } from '../../store/store.ts';
import { notFound } from '../http/api-error.ts';
import { bodyOf } from '../http/body-schemas.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { actionListAnswer, actionListParameters, actionPagingOf } from './action-list.ts';
import { moduleAnswer, moduleListItem } from './action-module-answer.ts';
import { refusing } from './action-refusal.ts';

function text(maximum: number) {
  return z
    .string()
    .max(maximum)
    .refine((given) => !given.includes('\0'), { error: 'String does not match pattern ^[^\\u0000]*$' });
}

const content = {
  code: text(65_536),
  secrets: z.array(z.strictObject({ name: text(255).min(1), value: text(4096) })).optional(),
  dependencies: z.array(z.strictObject({ name: text(255).min(1), version: text(50) })).optional(),
};

const newBody = bodyOf({
  ...content,
  name: text(255).min(1),
  api_version: text(20).optional(),
  publish: z.boolean().optional(),
});

const patchBody = bodyOf({
  ...content,
  code: content.code.optional(),
  // A secret without a value keeps its earlier one.
  secrets: z.array(z.strictObject({ name: text(255).min(1), value: text(4096).optional() })).optional(),
});

type ModuleInput = Parameters<ManagementDependencies['actions']['modules']['create']>[0];

/** @throws ApiError 404 */
export function findModule(store: Store, id: string): ActionModuleRecord {
  const record = store.actionModules.find(id);
  if (record === undefined) throw notFound('The action module does not exist.');
  return record;
}

/** Modules and their versions are counted in full, unlike the other lists of the `actions` family. */
export function moduleListAnswer<Row>(
  key: string,
  { rows, total }: Page<Row>,
  paging: Paging,
  show: (row: Row) => JsonObject,
): JsonObject {
  return { [key]: rows.map(show), total: rows.length > 0 ? total : 0, page: paging.page, per_page: paging.perPage };
}

/** Code that Actions share: `/actions/modules`. */
export function actionModuleOperations({ store, actions }: ManagementDependencies): Operation[] {
  return [
    operation({
      method: 'GET',
      path: '/actions/modules',
      query: z.object(actionListParameters),
      handle: ({ query }) => {
        const paging = actionPagingOf(query);
        const page = store.actionModules.list(paging);
        return { status: 200, body: moduleListAnswer('modules', page, paging, (row) => moduleListItem(store, row)) };
      },
    }),
    operation({
      method: 'POST',
      path: '/actions/modules',
      description: 'Create an action module',
      body: newBody,
      handle: async ({ body: { api_version: _only, ...input } }) => {
        const record = await refusing(() => actions.modules.create(input as ModuleInput));
        return { status: 201, body: moduleAnswer(store, record) };
      },
    }),
    operation({
      method: 'GET',
      path: '/actions/modules/{id}',
      handle: (call) => ({ status: 200, body: moduleAnswer(store, findModule(store, pathParameter(call, 'id'))) }),
    }),
    operation({
      method: 'PATCH',
      path: '/actions/modules/{id}',
      description: 'Update an action module',
      body: patchBody,
      handle: async (call) => {
        const { id } = findModule(store, pathParameter(call, 'id'));
        const record = await refusing(() => actions.modules.update(id, call.body as Partial<ModuleInput>));
        return { status: 200, body: moduleAnswer(store, record) };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/actions/modules/{id}',
      description: 'Delete an action module',
      handle: async (call) => {
        const { id } = findModule(store, pathParameter(call, 'id'));
        await refusing(() => actions.modules.remove(id));
        return { status: 204 };
      },
    }),
    operation({
      method: 'GET',
      path: '/actions/modules/{id}/actions',
      query: z.object(actionListParameters),
      handle: (call) => {
        const { id } = findModule(store, pathParameter(call, 'id'));
        const paging = actionPagingOf(call.query);
        return { status: 200, body: actionListAnswer('actions', usersOf(store, id, paging), paging, (row) => row) };
      },
    }),
    operation({
      method: 'POST',
      path: '/actions/modules/{id}/rollback',
      description: 'Roll back an action module',
      body: bodyOf({ module_version_id: z.string().min(1) }),
      handle: async (call) => {
        const { id } = findModule(store, pathParameter(call, 'id'));
        const { module_version_id: versionId } = call.body;
        if (store.actionModules.findVersion(versionId)?.module_id !== id) {
          throw notFound('The action module version does not exist.');
        }
        const record = await refusing(() => actions.modules.rollBack(id, versionId));
        return { status: 200, body: moduleAnswer(store, record) };
      },
    }),
  ];
}

/** Deployed Actions that use the module, and the version that each is pinned to. */
function usersOf(store: Store, moduleId: string, { page, perPage }: Paging): Page<JsonObject> {
  const all = store.actionModules.users(moduleId).flatMap(({ action, deployed }) => {
    const pinned = deployed?.modules?.find(({ module_id }) => module_id === moduleId);
    if (pinned === undefined) return [];
    return {
      action_id: action.id,
      action_name: action.name,
      module_version_id: pinned.module_version_id,
      module_version_number: pinned.module_version_number,
    };
  });
  return { rows: all.slice(page * perPage, (page + 1) * perPage), total: all.length };
}
