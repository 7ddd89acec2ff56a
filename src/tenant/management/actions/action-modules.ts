import type { Management } from 'auth0';
import type { JsonObject } from '../../store/json-value.ts';
import type { ActionModuleRecord } from '../../store/records/actions/action-module-repository.ts';
import type { Store } from '../../store/store.ts';
import { notFound } from '../http/api-error.ts';
import { pagesOf } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { actionListAnswer } from './action-list.ts';
import { moduleAnswer, moduleListItem } from './action-module-answer.ts';
import { refusing } from './action-refusal.ts';

type ModuleInput = Parameters<ManagementDependencies['actions']['modules']['create']>[0];

/** @throws ApiError 404 */
export function findModule(store: Store, id: string): ActionModuleRecord {
  const record = store.actionModules.find(id);
  if (record === undefined) throw notFound('The action module does not exist.');
  return record;
}

/** Code that Actions share: `/actions/modules`. */
export function actionModuleOperations({ store, actions }: ManagementDependencies): Operation[] {
  return effectiveOperations(
    { store },
    {
      'GET /actions/modules': {
        handle: ({ query }) =>
          actionListAnswer('modules', query, store.actionModules.list, (row) => moduleListItem(store, row), true),
      },
      'POST /actions/modules': {
        description: 'Create an action module',
        handle:
          ({ body: { api_version: _only, ...input } }: Call<Management.CreateActionModuleRequestContent>) =>
          async () => {
            const record = await refusing(() => actions.modules.create(input));
            return moduleAnswer(store, record);
          },
      },
      'GET /actions/modules/{id}': {
        handle: (call) => moduleAnswer(store, findModule(store, pathParameter(call, 'id'))),
      },
      'PATCH /actions/modules/{id}': {
        description: 'Update an action module',
        handle: (call: Call<Partial<ModuleInput>>) => async () => {
          const { id } = findModule(store, pathParameter(call, 'id'));
          const record = await refusing(() => actions.modules.update(id, call.body));
          return moduleAnswer(store, record);
        },
      },
      'DELETE /actions/modules/{id}': {
        description: 'Delete an action module',
        handle: (call) => async () => {
          const { id } = findModule(store, pathParameter(call, 'id'));
          await refusing(() => actions.modules.remove(id));
        },
      },
      'GET /actions/modules/{id}/actions': {
        handle: (call) => {
          const { id } = findModule(store, pathParameter(call, 'id'));
          return actionListAnswer('actions', call.query, pagesOf(usersOf(store, id)), (row) => row);
        },
      },
      'POST /actions/modules/{id}/rollback': {
        description: 'Roll back an action module',
        handle: (call: Call<Management.RollbackActionModuleRequestParameters>) => async () => {
          const { id } = findModule(store, pathParameter(call, 'id'));
          const { module_version_id: versionId } = call.body;
          if (store.actionModules.findVersion(versionId)?.module_id !== id) {
            throw notFound('The action module version does not exist.');
          }
          const record = await refusing(() => actions.modules.rollBack(id, versionId));
          return moduleAnswer(store, record);
        },
      },
    },
  );
}

/** Deployed Actions that use the module, and the version that each is pinned to. */
function usersOf(store: Store, moduleId: string): JsonObject[] {
  return store.actionModules.users(moduleId).flatMap(({ action, deployed }) => {
    const pinned = deployed?.modules?.find(({ module_id }) => module_id === moduleId);
    if (pinned === undefined) return [];
    return {
      action_id: action.id,
      action_name: action.name,
      module_version_id: pinned.module_version_id,
      module_version_number: pinned.module_version_number,
    };
  });
}
