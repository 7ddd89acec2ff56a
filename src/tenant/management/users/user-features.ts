import { forgetBrowsers } from '../../factors/remembered-browsers.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { Paging } from '../../store/paging.ts';
import type { RoleRecord } from '../../store/records/roles/role-row.ts';
import { enrolmentsAnswer } from '../guardian/guardian.ts';
import { notFound } from '../http/api-error.ts';
import { listAnswer } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { findRole } from '../roles/roles.ts';
import { findUser } from './users.ts';

/**
 * Features of users that this tenant does not have: groups, and connected accounts with their tokens. Also effective roles, and
 * enrolments in the form of the older operations.
 */
export function userFeatureOperations({ store }: ManagementDependencies): Operation[] {
  const requireUser = (call: { readonly params: Readonly<Record<string, string>> }) =>
    findUser(store, pathParameter(call, 'id'));
  return effectiveOperations(
    { store },
    {
      'GET /users/{id}/enrollments': {
        handle: (call) => {
          const { user_id } = requireUser(call);
          return enrolmentsAnswer(store.authenticationMethods.list(user_id));
        },
      },
      'GET /users/{id}/federated-connections-tokensets': {
        handle: (call) => {
          requireUser(call);
          return [];
        },
      },
      'DELETE /users/{id}/federated-connections-tokensets/{tokenset_id}': {
        description: 'Deletes a tokenset for federated connections by id',
        handle: (call) => void requireUser(call),
      },
      'GET /users/{id}/groups': {
        handle: (call) => {
          requireUser(call);
          return listAnswer('groups', call.query, () => ({ rows: [], total: 0 }), String);
        },
      },
      'GET /users/{id}/effective-roles/sources/groups': {
        handle: (call) => {
          requireUser(call);
          findRole(store, String(call.query.role_id));
          return { groups: [] };
        },
      },
      'GET /roles/{id}/groups': {
        handle: (call) => {
          findRole(store, pathParameter(call, 'id'));
          return { groups: [] };
        },
      },
      'GET /users/{id}/connected-accounts': {
        handle: (call) => {
          requireUser(call);
          return { connected_accounts: [] };
        },
      },
      'DELETE /users/{id}/authenticators': {
        description: 'Delete All Authenticators',
        handle: (call) => store.authenticationMethods.removeAll(requireUser(call).user_id),
      },
      'DELETE /users/{id}/multifactor/{provider}': {
        description: 'Delete a User’s Multi-factor Provider',
        handle: (call) => {
          const { user_id } = requireUser(call);
          const apps = store.authenticationMethods.list(user_id).filter(({ type }) => type === 'totp');
          if (pathParameter(call, 'provider') !== 'google-authenticator' || apps.length === 0) {
            throw notFound('The user is not enrolled with that provider.', 'inexistent_enrollment');
          }
          for (const { id } of apps) store.authenticationMethods.remove(user_id, id);
        },
      },
      'POST /users/{id}/multifactor/actions/invalidate-remember-browser': {
        description: 'Invalidate All Remembered Browsers for Multi-factor Authentication',
        handle: (call) => forgetBrowsers(store, requireUser(call).user_id),
      },
      'POST /users/{id}/risk-assessments/clear': {
        description: 'Clear risk assessment assessors',
        handle: (call) => void requireUser(call),
      },
      'GET /users/{id}/effective-roles': {
        handle: (call) => {
          const { user_id } = requireUser(call);
          const read = (paging: Paging) => store.roles.listByUser(user_id, paging);
          return listAnswer('roles', { take: 50, ...call.query }, read, effectiveRoleAnswer);
        },
      },
    },
  );
}

/** A role that a user or a member has, as lists of effective roles show it: without groups, each is assigned directly. */
export function effectiveRoleAnswer({ id, name, description }: RoleRecord): JsonObject {
  return { id, name, description, sources: ['direct'] };
}
