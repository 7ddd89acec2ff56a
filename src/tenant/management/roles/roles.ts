import type { Management } from 'auth0';
import { z } from 'zod';
import { prefixedId } from '../../store/identifiers.ts';
import type { RoleRecord } from '../../store/records/roles/role-row.ts';
import type { Store } from '../../store/store.ts';
import { conflict, notFound } from '../http/api-error.ts';
import { bodyOf } from '../http/body-schemas.ts';
import { offsetAnswer, pagingOf, positiveOffsetParameters } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';

const name = z.string().min(1).max(255);
const description = z.string().max(255);

/** @throws ApiError 404 */
export function findRole(store: Store, id: string): RoleRecord {
  const record = store.roles.find(id);
  if (record === undefined) throw notFound('The role does not exist.');
  return record;
}

/** A role as the API returns it. */
export function roleAnswer({ id, name: shown, description: text }: RoleRecord): Management.Role {
  return { id, name: shown, description: text };
}

/** Roles themselves: `/roles`. */
export function roleOperations({ store }: ManagementDependencies): Operation[] {
  const refuseTaken = (wanted: string, id?: string) => {
    const other = store.roles.findByName(wanted);
    if (other !== undefined && other.id !== id) throw conflict('The role already exists.', 'role_conflict');
  };
  return [
    operation({
      method: 'GET',
      path: '/roles',
      query: z.object({ ...positiveOffsetParameters, name_filter: z.string().max(255).optional() }),
      handle: ({ query }) => {
        const paging = pagingOf(query);
        const filter = query.name_filter ? { nameFilter: query.name_filter } : {};
        const page = store.roles.list(filter, paging);
        return { status: 200, body: offsetAnswer('roles', page, query, paging, roleAnswer) };
      },
    }),
    operation({
      method: 'POST',
      path: '/roles',
      description: 'Create a role',
      body: bodyOf({ name, description: description.optional() }),
      handle: ({ body }) => {
        const record = { id: prefixedId('rol'), name: body.name, description: body.description ?? '' };
        store.transaction(() => {
          refuseTaken(record.name);
          store.roles.insert(record);
        });
        return { status: 200, body: roleAnswer(record) };
      },
    }),
    operation({
      method: 'GET',
      path: '/roles/{id}',
      handle: (call) => ({ status: 200, body: roleAnswer(findRole(store, pathParameter(call, 'id'))) }),
    }),
    operation({
      method: 'PATCH',
      path: '/roles/{id}',
      description: 'Update a role',
      body: bodyOf({ name: name.optional(), description: description.optional() }),
      handle: (call) => {
        const record = store.transaction(() => {
          const found = findRole(store, pathParameter(call, 'id'));
          if (call.body.name !== undefined) refuseTaken(call.body.name, found.id);
          const patched = {
            ...found,
            name: call.body.name ?? found.name,
            description: call.body.description ?? found.description,
          };
          store.roles.update(patched);
          return patched;
        });
        return { status: 200, body: roleAnswer(record) };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/roles/{id}',
      description: 'Delete a role',
      handle: (call) => {
        store.transaction(() => store.roles.remove(findRole(store, pathParameter(call, 'id')).id));
        return { status: 200, body: {} };
      },
    }),
  ];
}
