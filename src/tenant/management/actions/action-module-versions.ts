import type { Paging } from '../../store/paging.ts';
import { notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { actionListAnswer } from './action-list.ts';
import { moduleVersionAnswer } from './action-module-answer.ts';
import { findModule } from './action-modules.ts';
import { refusing } from './action-refusal.ts';

/** Published versions of a module: `/actions/modules/{id}/versions`. */
export function actionModuleVersionOperations({ store, actions }: ManagementDependencies): Operation[] {
  return effectiveOperations(
    { store },
    {
      'GET /actions/modules/{id}/versions': {
        handle: (call) => {
          const { id } = findModule(store, pathParameter(call, 'id'));
          const read = (paging: Paging) => store.actionModules.versions(id, paging);
          return actionListAnswer('versions', call.query, read, moduleVersionAnswer, true);
        },
      },
      'POST /actions/modules/{id}/versions': {
        description: 'Create a new version of an action module',
        handle: (call) => async () => {
          const { id } = findModule(store, pathParameter(call, 'id'));
          const version = await refusing(() => actions.modules.publish(id));
          return moduleVersionAnswer(version);
        },
      },
      'GET /actions/modules/{id}/versions/{versionId}': {
        handle: (call) => {
          const { id } = findModule(store, pathParameter(call, 'id'));
          const version = store.actionModules.findVersion(pathParameter(call, 'versionId'));
          if (version === undefined || version.module_id !== id) {
            throw notFound('The action module version does not exist.');
          }
          return moduleVersionAnswer(version);
        },
      },
    },
  );
}
