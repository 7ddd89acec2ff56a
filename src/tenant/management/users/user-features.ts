import { z } from 'zod';
import { forgetBrowsers } from '../../factors/remembered-browsers.ts';
import type { Paging } from '../../store/paging.ts';
import { enrolmentsAnswer } from '../guardian/guardian.ts';
import { notFound } from '../http/api-error.ts';
import { bodyOf } from '../http/body-schemas.ts';
import { fieldParameters } from '../http/field-selection.ts';
import { checkpointParameters, listAnswer, offsetParameters } from '../http/paged-list.ts';
import { integerParameter } from '../http/query-parameters.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { findUser } from './users.ts';

const groupParameters = {
  ...offsetParameters,
  per_page: integerParameter({ minimum: 1, maximum: 100 }).optional(),
  fields: z.string().max(256).optional(),
  include_fields: fieldParameters.include_fields,
};

/**
 * Features of users that this tenant does not have: groups, and connected accounts with their tokens. Also effective roles, and
 * enrolments in the form of the older operations.
 */
export function userFeatureOperations({ store }: ManagementDependencies): Operation[] {
  const requireUser = (call: { readonly params: Readonly<Record<string, string>> }) =>
    findUser(store, pathParameter(call, 'id'));
  return [
    operation({
      method: 'GET',
      path: '/users/{id}/enrollments',
      handle: (call) => {
        const { user_id } = requireUser(call);
        return { status: 200, body: enrolmentsAnswer(store.authenticationMethods.list(user_id)) };
      },
    }),
    operation({
      method: 'GET',
      path: '/users/{id}/federated-connections-tokensets',
      handle: (call) => {
        requireUser(call);
        return { status: 200, body: [] };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/users/{id}/federated-connections-tokensets/{tokenset_id}',
      description: 'Deletes a tokenset for federated connections by id',
      handle: (call) => {
        requireUser(call);
        return { status: 204 };
      },
    }),
    operation({
      method: 'GET',
      path: '/users/{id}/groups',
      query: z.object({ ...groupParameters, ...checkpointParameters }),
      handle: (call) => {
        requireUser(call);
        return { status: 200, body: listAnswer('groups', call.query, () => ({ rows: [], total: 0 }), String) };
      },
    }),
    operation({
      method: 'GET',
      path: '/users/{id}/effective-roles/sources/groups',
      query: z.object({ ...checkpointParameters, role_id: z.string().min(1) }),
      handle: (call) => {
        requireUser(call);
        if (store.roles.find(call.query.role_id) === undefined) throw notFound('The role does not exist.');
        return { status: 200, body: { groups: [] } };
      },
    }),
    operation({
      method: 'GET',
      path: '/roles/{id}/groups',
      query: z.object(checkpointParameters),
      handle: (call) => {
        if (store.roles.find(pathParameter(call, 'id')) === undefined) throw notFound('The role does not exist.');
        return { status: 200, body: { groups: [] } };
      },
    }),
    operation({
      method: 'GET',
      path: '/users/{id}/connected-accounts',
      query: z.object(checkpointParameters),
      handle: (call) => {
        requireUser(call);
        return { status: 200, body: { connected_accounts: [] } };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/users/{id}/authenticators',
      description: 'Delete All Authenticators',
      handle: (call) => {
        store.authenticationMethods.removeAll(requireUser(call).user_id);
        return { status: 204 };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/users/{id}/multifactor/{provider}',
      description: 'Delete a User’s Multi-factor Provider',
      handle: (call) => {
        const { user_id } = requireUser(call);
        store.transaction(() => {
          const apps = store.authenticationMethods.list(user_id).filter(({ type }) => type === 'totp');
          if (pathParameter(call, 'provider') !== 'google-authenticator' || apps.length === 0) {
            throw notFound('The user is not enrolled with that provider.', 'inexistent_enrollment');
          }
          for (const { id } of apps) store.authenticationMethods.remove(user_id, id);
        });
        return { status: 204 };
      },
    }),
    operation({
      method: 'POST',
      path: '/users/{id}/multifactor/actions/invalidate-remember-browser',
      description: 'Invalidate All Remembered Browsers for Multi-factor Authentication',
      handle: (call) => {
        forgetBrowsers(store, requireUser(call).user_id);
        return { status: 204 };
      },
    }),
    operation({
      method: 'POST',
      path: '/users/{id}/risk-assessments/clear',
      description: 'Clear risk assessment assessors',
      body: bodyOf({ connection: z.string().min(1).max(128), assessors: z.array(z.enum(['new-device'])).min(1) }),
      handle: (call) => {
        requireUser(call);
        return { status: 204 };
      },
    }),
    operation({
      method: 'GET',
      path: '/users/{id}/effective-roles',
      query: z.object(checkpointParameters),
      handle: (call) => {
        const { user_id } = requireUser(call);
        const query = { from: call.query.from, take: call.query.take ?? 50 };
        const read = (paging: Paging) => store.roles.listByUser(user_id, paging);
        const body = listAnswer('roles', query, read, ({ id, name, description }) => ({
          id,
          name,
          description,
          sources: ['direct'],
        }));
        return { status: 200, body };
      },
    }),
  ];
}
