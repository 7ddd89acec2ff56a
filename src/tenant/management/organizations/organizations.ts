import { z } from 'zod';
import { randomName } from '../../store/identifiers.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { OrganizationRecord } from '../../store/records/organizations/organization-repository.ts';
import type { Store } from '../../store/store.ts';
import { conflict, notFound } from '../http/api-error.ts';
import { bodyOf, formatted, metadata, notEmpty } from '../http/body-schemas.ts';
import { mergedMetadata, withoutNulls } from '../http/json-members.ts';
import {
  checkpointParameters,
  listAnswer,
  offsetAnswer,
  pagingOf,
  positiveOffsetParameters,
} from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { clientAssociation } from './client-association.ts';
import {
  newOrganizationConnection,
  olderConnection,
  organizationConnectionMembers,
} from './organization-connection-record.ts';

const name = formatted(
  'organization-name',
  (text) => text.length > 0 && text.length <= 50 && /^[a-z0-9][a-z0-9_-]*$/.test(text),
);
const color = formatted('html-color', (text) => /^#[0-9a-f]{3}([0-9a-f]{3})?$/i.test(text));
const logo = formatted('strict-https-uri-or-null', (text) => URL.parse(text)?.protocol === 'https:').nullable();

const members = {
  display_name: z.string().min(1).max(255).optional(),
  branding: z
    .strictObject({
      logo_url: logo.optional(),
      colors: z.strictObject({ primary: color, page_background: color }).optional(),
    })
    .nullable()
    .optional(),
  metadata: metadata.optional(),
  third_party_client_access: z.enum(['allow', 'block']).optional(),
  is_app_entitlement_active: z.boolean().optional(),
  token_quota: z
    .strictObject({
      client_credentials: notEmpty(
        z.strictObject({
          enforce: z.boolean().optional(),
          per_day: z.int().min(1).max(2_147_483_647).optional(),
          per_hour: z.int().min(1).max(2_147_483_647).optional(),
        }),
      ),
    })
    .nullable()
    .optional(),
};

const newBody = bodyOf({
  ...members,
  name,
  enabled_connections: z
    .array(z.strictObject({ connection_id: z.string().min(1), ...organizationConnectionMembers }))
    .optional(),
});
const patchBody = bodyOf({ ...members, name: name.optional() });

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
  return [
    operation({
      method: 'GET',
      path: '/organizations',
      query: z.object({
        ...positiveOffsetParameters,
        ...checkpointParameters,
        sort: z.string().max(15).optional(),
        include_client_association_for: z.string().optional(),
      }),
      handle: ({ query }) => {
        const client = query.include_client_association_for;
        const show = (record: OrganizationRecord) => ({
          ...organizationAnswer(record),
          ...(client !== undefined && clientAssociation(store, record.id, client)),
        });
        return {
          status: 200,
          body: listAnswer('organizations', query, (paging) => store.organizations.list(paging), show),
        };
      },
    }),
    operation({
      method: 'POST',
      path: '/organizations',
      scopes: { anyOf: ['create:organizations'] },
      description: 'Create an organization',
      body: newBody,
      handle: ({ body: { enabled_connections, name: wanted, ...rest } }) => {
        const record = store.transaction(() => {
          refuseTaken(wanted);
          const connections = (enabled_connections ?? []).map((one) => newOrganizationConnection(store, one));
          const created = patched({ id: `org_${randomName(16)}`, name: wanted, connections }, rest);
          store.organizations.insert(created);
          return created;
        });
        return {
          status: 201,
          body: {
            ...organizationAnswer(record),
            ...(enabled_connections !== undefined && {
              enabled_connections: record.connections.map((one) => olderConnection(store, one)),
            }),
          },
        };
      },
    }),
    operation({
      method: 'GET',
      path: '/organizations/name/{name}',
      handle: (call) => {
        const record = store.organizations.findByName(pathParameter(call, 'name'));
        if (record === undefined) throw notFound('No organization found by that id or name');
        return { status: 200, body: organizationAnswer(record) };
      },
    }),
    operation({
      method: 'GET',
      path: '/organizations/{id}',
      handle: (call) => ({
        status: 200,
        body: organizationAnswer(findOrganization(store, pathParameter(call, 'id'))),
      }),
    }),
    operation({
      method: 'PATCH',
      path: '/organizations/{id}',
      description: 'Update an organization',
      body: patchBody,
      handle: (call) => {
        const record = store.transaction(() => {
          const found = findOrganization(store, pathParameter(call, 'id'));
          const { name: wanted, ...rest } = call.body;
          if (wanted !== undefined) refuseTaken(wanted, found.id);
          const next = patched({ ...found, name: wanted ?? found.name }, rest);
          store.organizations.update(next);
          return next;
        });
        return { status: 200, body: organizationAnswer(record) };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/organizations/{id}',
      description: 'Delete an organization',
      handle: (call) => {
        store.transaction(() => store.organizations.remove(findOrganization(store, pathParameter(call, 'id')).id));
        return { status: 204 };
      },
    }),
    operation({
      method: 'GET',
      path: '/users/{id}/organizations',
      scopes: { anyOf: ['read:users', 'read:organizations'] },
      query: z.object(positiveOffsetParameters),
      handle: (call) => {
        const id = pathParameter(call, 'id');
        if (store.users.find(id) === undefined) throw notFound('The user does not exist.', 'inexistent_user');
        const paging = pagingOf(call.query);
        const page = store.organizations.listByUser(id, paging);
        return { status: 200, body: offsetAnswer('organizations', page, call.query, paging, organizationAnswer) };
      },
    }),
  ];
}

/** Branding, quota and metadata are replaced as a whole. */
function patched(record: OrganizationRecord, body: Omit<z.output<typeof patchBody>, 'name'>): OrganizationRecord {
  const { metadata: given, branding, ...rest } = body;
  const { branding: present, ...others } = record;
  const visible = branding === undefined ? present : branding === null ? undefined : withoutNulls(branding);
  return {
    ...(withoutNulls({ ...others, ...rest }) as unknown as OrganizationRecord),
    ...(visible !== undefined && { branding: visible }),
    ...(given !== undefined && { metadata: mergedMetadata({}, given) }),
  };
}
