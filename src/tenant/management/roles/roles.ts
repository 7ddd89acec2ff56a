import type { Management } from 'auth0';
import { prefixedId } from '../../store/identifiers.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { RoleRecord } from '../../store/records/roles/role-row.ts';
import type { Store } from '../../store/store.ts';
import { conflict, invalidBody, notFound } from '../http/api-error.ts';
import { offsetAnswer } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';

/** With members that the overlay adds. */
type NewRole = Management.CreateRoleRequestContent & { readonly type?: string; readonly owner_id?: string };

/** @throws ApiError 404 */
export function findRole(store: Store, id: string): RoleRecord {
  const record = store.roles.find(id);
  if (record === undefined) throw notFound('The role does not exist.');
  return record;
}

/**
 * A role that the users of a request can get.
 *
 * @param organization the organization in which they get it; absent for the whole tenant
 * @throws ApiError 404 if it does not exist, 400 `invalid_body` if it belongs to an organization, but not to this one
 */
export function findAssignableRole(store: Store, id: string, organization?: string): RoleRecord {
  const record = findRole(store, id);
  if (record.owner_id !== undefined && record.owner_id !== organization) {
    throw invalidBody('The role belongs to an organization: only members of that organization can have it there.');
  }
  return record;
}

/** A role of a user or of a member, as the API returns it. */
export function roleAnswer({ id, name: shown, description: text }: RoleRecord): Management.Role {
  return { id, name: shown, description: text };
}

/** A role itself, as the API returns it. */
function typedRoleAnswer(record: RoleRecord): JsonObject {
  const { owner_id } = record;
  const members = { id: record.id, name: record.name, description: record.description };
  return owner_id === undefined ? { ...members, type: 'tenant' } : { ...members, type: 'organization', owner_id };
}

/** The answer to the request that creates a role: a description that was not sent is not there yet. */
function createdRoleAnswer(record: RoleRecord, description: string | undefined): JsonObject {
  const { description: _, ...answer } = typedRoleAnswer(record);
  if (description !== undefined) return { ...answer, description };
  return record.owner_id === undefined ? { ...answer, description: null } : answer;
}

/** Roles themselves: `/roles`. */
export function roleOperations({ store }: ManagementDependencies): Operation[] {
  const refuseTaken = (wanted: string, id?: string) => {
    const other = store.roles.findByName(wanted);
    if (other !== undefined && other.id !== id) throw conflict('The role already exists.', 'role_conflict');
  };
  return effectiveOperations(
    { store },
    {
      'GET /roles': {
        handle: ({ query }) => {
          const { name_filter } = query;
          const filter = typeof name_filter === 'string' && name_filter !== '' ? { nameFilter: name_filter } : {};
          return offsetAnswer('roles', query, (paging) => store.roles.list(filter, paging), typedRoleAnswer);
        },
      },
      'POST /roles': {
        description: 'Create a role',
        handle: ({ body: { owner_id, type = 'tenant', ...body } }: Call<NewRole>) => {
          if ((type === 'organization') !== (owner_id !== undefined)) {
            throw invalidBody('A role of the type organization, and no other, has the owner_id of its organization.');
          }
          const owner = owner_id === undefined ? {} : { owner_id };
          const record = { id: prefixedId('rol'), name: body.name, description: body.description ?? '', ...owner };
          if (owner_id !== undefined && store.organizations.find(owner_id) === undefined) {
            throw notFound('No organization found by that id or name');
          }
          refuseTaken(record.name);
          store.roles.insert(record);
          return createdRoleAnswer(record, body.description);
        },
      },
      'GET /roles/{id}': { handle: (call) => typedRoleAnswer(findRole(store, pathParameter(call, 'id'))) },
      'PATCH /roles/{id}': {
        description: 'Update a role',
        handle: (call: Call<Management.UpdateRoleRequestContent>) => {
          const found = findRole(store, pathParameter(call, 'id'));
          if (call.body.name !== undefined) refuseTaken(call.body.name, found.id);
          const patched = {
            ...found,
            name: call.body.name ?? found.name,
            description: call.body.description ?? found.description,
          };
          store.roles.update(patched);
          return typedRoleAnswer(patched);
        },
      },
      'DELETE /roles/{id}': {
        description: 'Delete a role',
        handle: (call) => {
          store.roles.remove(findRole(store, pathParameter(call, 'id')).id);
          return {};
        },
      },
    },
  );
}
