import { z } from 'zod';
import { notFound } from './api-error.ts';
import { bodyOf } from './body-schemas.ts';
import type { ManagementDependencies } from './management-dependencies.ts';
import { type Operation, operation, pathParameter } from './operation.ts';
import { checkpointParameters, listAnswer } from './paging.ts';
import { findUser } from './users.ts';

/** What a user could have beside roles and accounts, and on this tenant never has; and the roles that count. */
export function userFeatureOperations({ store }: ManagementDependencies): Operation[] {
  const requireUser = (call: { readonly params: Readonly<Record<string, string>> }) =>
    findUser(store, pathParameter(call, 'id'));
  return [
    operation({
      method: 'GET',
      path: '/users/{id}/enrollments',
      handle: (call) => {
        requireUser(call);
        return { status: 200, body: [] };
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
        requireUser(call);
        return { status: 204 };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/users/{id}/multifactor/{provider}',
      description: 'Delete a User’s Multi-factor Provider',
      handle: (call) => {
        requireUser(call);
        throw notFound('The user is not enrolled with that provider.', 'inexistent_enrollment');
      },
    }),
    operation({
      method: 'POST',
      path: '/users/{id}/multifactor/actions/invalidate-remember-browser',
      description: 'Invalidate All Remembered Browsers for Multi-factor Authentication',
      handle: (call) => {
        requireUser(call);
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
        const read = (paging: { page: number; perPage: number }) => store.roles.ofUser(user_id, paging);
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
