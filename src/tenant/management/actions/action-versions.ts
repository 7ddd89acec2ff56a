import type { Paging } from '../../store/paging.ts';
import type { ActionVersionRecord } from '../../store/records/actions/action-repository.ts';
import type { Store } from '../../store/store.ts';
import { notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { deployAnswer, versionAnswer } from './action-answer.ts';
import { actionListAnswer } from './action-list.ts';
import { refusing } from './action-refusal.ts';
import { findAction } from './actions.ts';

/** Deployed versions of an Action: `/actions/actions/{actionId}/versions`. */
export function actionVersionOperations({ store, actions }: ManagementDependencies): Operation[] {
  return effectiveOperations(
    { store },
    {
      'GET /actions/actions/{actionId}/versions': {
        handle: (call) => {
          const record = findAction(store, pathParameter(call, 'actionId'));
          const read = (paging: Paging) => store.actions.versions(record.id, paging);
          return actionListAnswer('versions', call.query, read, (row) => versionAnswer(record, row));
        },
      },
      'GET /actions/actions/{actionId}/versions/{id}': {
        handle: (call) => {
          const record = findAction(store, pathParameter(call, 'actionId'));
          return versionAnswer(record, findVersion(store, record.id, pathParameter(call, 'id')));
        },
      },
      'POST /actions/actions/{actionId}/versions/{id}/deploy': {
        description: 'Roll back to a previous action version',
        handle: (call) => async () => {
          const { id } = findAction(store, pathParameter(call, 'actionId'));
          const earlier = findVersion(store, id, pathParameter(call, 'id'));
          const updateDraft = call.body.update_draft === true;
          const version = await refusing(() => actions.redeploy(id, earlier.id, { updateDraft }));
          return deployAnswer(findAction(store, id), version);
        },
      },
    },
  );
}

function findVersion(store: Store, actionId: string, id: string): ActionVersionRecord {
  const version = store.actions.findVersion(id);
  if (version === undefined || version.action_id !== actionId) throw notFound('That action version does not exist.');
  return version;
}
