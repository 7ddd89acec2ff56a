import { z } from 'zod';
import { notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { actionListParameters, actionPagingOf } from './action-list.ts';
import { moduleVersionAnswer } from './action-module-answer.ts';
import { findModule, moduleListAnswer } from './action-modules.ts';
import { refusing } from './action-refusal.ts';

/** Published versions of a module: `/actions/modules/{id}/versions`. */
export function actionModuleVersionOperations({ store, actions }: ManagementDependencies): Operation[] {
  return [
    operation({
      method: 'GET',
      path: '/actions/modules/{id}/versions',
      query: z.object(actionListParameters),
      handle: (call) => {
        const { id } = findModule(store, pathParameter(call, 'id'));
        const paging = actionPagingOf(call.query);
        const page = store.actionModules.versions(id, paging);
        return { status: 200, body: moduleListAnswer('versions', page, paging, moduleVersionAnswer) };
      },
    }),
    operation({
      method: 'POST',
      path: '/actions/modules/{id}/versions',
      description: 'Create a new version of an action module',
      handle: async (call) => {
        const { id } = findModule(store, pathParameter(call, 'id'));
        const version = await refusing(() => actions.modules.publish(id));
        return { status: 200, body: moduleVersionAnswer(version) };
      },
    }),
    operation({
      method: 'GET',
      path: '/actions/modules/{id}/versions/{versionId}',
      handle: (call) => {
        const { id } = findModule(store, pathParameter(call, 'id'));
        const version = store.actionModules.findVersion(pathParameter(call, 'versionId'));
        if (version === undefined || version.module_id !== id) {
          throw notFound('The action module version does not exist.');
        }
        return { status: 200, body: moduleVersionAnswer(version) };
      },
    }),
  ];
}
