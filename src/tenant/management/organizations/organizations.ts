import { randomName } from '../../store/identifiers.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { Paging } from '../../store/paging.ts';
import type { OrganizationRecord } from '../../store/records/organizations/organization-repository.ts';
import type { Store } from '../../store/store.ts';
import { conflict, notFound } from '../http/api-error.ts';
import { mergedMetadata, withoutNulls } from '../http/json-members.ts';
import { listAnswer, offsetAnswer } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { clientAssociation } from './client-association.ts';
import { newOrganizationConnection, olderConnection } from './organization-connection-record.ts';

/** The body of a new organization, checked as published. */
interface NewOrganization {
  readonly name: string;
  readonly branding?: JsonObject | null;
  readonly metadata?: Record<string, string | null>;
  readonly enabled_connections?: readonly { readonly connection_id: string }[];
}

/** @throws ApiError 404 */
export function findOrganization(store: Store, id: string): OrganizationRecord {
  const record = store.organizations.find(id);
  if (record === undefined) throw notFound('No organization found by that id or name');
  return record;
}

/** An organization as the API returns it. */
export function organizationAnswer({ connections: _, ...stored }: OrganizationRecord): JsonObject {
  return { third_party_client_access: 'block', is_app_entitlement_active: false, ...(stored as unknown as JsonObject) };
}

/**
 * Organizations themselves: `/organizations`.
 *
 * @see https://auth0.com/docs/api/management/v2/organizations/get-organizations
 */
export function organizationOperations({ store }: ManagementDependencies): Operation[] {
  const refuseTaken = (wanted: string, id?: string) => {
    const other = store.organizations.findByName(wanted);
    if (other !== undefined && other.id !== id) {
      throw conflict('An organization with this name already exists.', 'organization_conflict');
    }
  };
  return effectiveOperations(
    { store },
    {
      'GET /organizations': {
        handle: ({ query }) => {
          const client = query.include_client_association_for;
          const show = (record: OrganizationRecord) => ({
            ...organizationAnswer(record),
            ...(client !== undefined && clientAssociation(store, record.id, String(client))),
          });
          return listAnswer('organizations', query, (paging) => store.organizations.list(paging), show);
        },
      },
      'POST /organizations': {
        scopes: { anyOf: ['create:organizations'] },
        description: 'Create an organization',
        handle: ({ body: { name, enabled_connections, ...rest } }: Call<NewOrganization>) => {
          refuseTaken(name);
          const connections = (enabled_connections ?? []).map((one) => newOrganizationConnection(store, one));
          const record = patched({ id: `org_${randomName(16)}`, name, connections }, rest);
          store.organizations.insert(record);
          return {
            ...organizationAnswer(record),
            ...(enabled_connections !== undefined && {
              enabled_connections: connections.map((one) => olderConnection(store, one)),
            }),
          };
        },
      },
      'PATCH /organizations/{id}': {
        description: 'Update an organization',
        handle: (call: Call<Partial<NewOrganization>>) => {
          const found = findOrganization(store, pathParameter(call, 'id'));
          const { name = found.name, ...rest } = call.body;
          refuseTaken(name, found.id);
          const next = patched({ ...found, name }, rest);
          store.organizations.update(next);
          return organizationAnswer(next);
        },
      },
      'GET /organizations/name/{name}': {
        handle: (call) => {
          const record = store.organizations.findByName(pathParameter(call, 'name'));
          if (record === undefined) throw notFound('No organization found by that id or name');
          return organizationAnswer(record);
        },
      },
      'GET /organizations/{id}': {
        handle: (call) => organizationAnswer(findOrganization(store, pathParameter(call, 'id'))),
      },
      'DELETE /organizations/{id}': {
        description: 'Delete an organization',
        handle: (call) => {
          store.organizations.remove(findOrganization(store, pathParameter(call, 'id')).id);
        },
      },
      'GET /users/{id}/organizations': {
        scopes: { anyOf: ['read:users', 'read:organizations'] },
        handle: (call) => {
          const id = pathParameter(call, 'id');
          if (store.users.find(id) === undefined) throw notFound('The user does not exist.', 'inexistent_user');
          const read = (paging: Paging) => store.organizations.listByUser(id, paging);
          return offsetAnswer('organizations', call.query, read, organizationAnswer);
        },
      },
    },
  );
}

/** Branding, quota and metadata are replaced as a whole. */
function patched(record: OrganizationRecord, body: Partial<Omit<NewOrganization, 'name'>>): OrganizationRecord {
  const { metadata: given, branding, ...rest } = body;
  const { branding: present, ...others } = record;
  const visible = branding === undefined ? present : branding === null ? undefined : withoutNulls(branding);
  return {
    ...(withoutNulls({ ...others, ...rest }) as unknown as OrganizationRecord),
    ...(visible !== undefined && { branding: visible }),
    ...(given !== undefined && { metadata: mergedMetadata({}, given) }),
  };
}
