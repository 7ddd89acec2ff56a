import { z } from 'zod';
import type { ActionVersionRecord } from '../../store/records/actions/action-repository.ts';
import type { Store } from '../../store/store.ts';
import { notFound } from '../http/api-error.ts';
import { bodyOf } from '../http/body-schemas.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { deployAnswer, versionAnswer } from './action-answer.ts';
import { actionListAnswer, actionListParameters, actionPagingOf } from './action-list.ts';
import { refusing } from './action-refusal.ts';
import { findAction } from './actions.ts';

/** Deployed versions of an Action: `/actions/actions/{actionId}/versions`. */
export function actionVersionOperations({ store, actions }: ManagementDependencies): Operation[] {
  return [
    operation({
      method: 'GET',
      path: '/actions/actions/{actionId}/versions',
      query: z.object(actionListParameters),
      handle: (call) => {
        const record = findAction(store, pathParameter(call, 'actionId'));
        const paging = actionPagingOf(call.query);
        const page = store.actions.versions(record.id, paging);
        return { status: 200, body: actionListAnswer('versions', page, paging, (row) => versionAnswer(record, row)) };
      },
    }),
    operation({
      method: 'GET',
      path: '/actions/actions/{actionId}/versions/{id}',
      handle: (call) => {
        const record = findAction(store, pathParameter(call, 'actionId'));
        return { status: 200, body: versionAnswer(record, findVersion(store, record.id, pathParameter(call, 'id'))) };
      },
    }),
    operation({
      method: 'POST',
      path: '/actions/actions/{actionId}/versions/{id}/deploy',
      description: 'Roll back to a previous action version',
      body: bodyOf({ update_draft: z.boolean().optional() }).nullable(),
      handle: async (call) => {
        const { id } = findAction(store, pathParameter(call, 'actionId'));
        const earlier = findVersion(store, id, pathParameter(call, 'id'));
        const updateDraft = call.body?.update_draft === true;
        const version = await refusing(() => actions.redeploy(id, earlier.id, { updateDraft }));
        return { status: 200, body: deployAnswer(findAction(store, id), version) };
      },
    }),
  ];
}

function findVersion(store: Store, actionId: string, id: string): ActionVersionRecord {
  const version = store.actions.findVersion(id);
  if (version === undefined || version.action_id !== actionId) throw notFound('That action version does not exist.');
  return version;
}
