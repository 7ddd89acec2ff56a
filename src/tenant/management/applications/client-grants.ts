import { z } from 'zod';
import { prefixedId } from '../../store/identifiers.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { Paging } from '../../store/paging.ts';
import type { ClientGrantRecord } from '../../store/records/applications/client-grant-repository.ts';
import type { ResourceServerRecord } from '../../store/records/applications/resource-server-repository.ts';
import type { Store } from '../../store/store.ts';
import { ApiError, conflict, invalidBody, notFound } from '../http/api-error.ts';
import { bodyOf } from '../http/body-schemas.ts';
import { withoutNulls } from '../http/json-members.ts';
import { checkpointParameters, listAnswer, offsetParameters } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { findClient } from './clients.ts';

const scope = z.array(z.string().min(1).max(280));
const subjectType = z.enum(['client', 'user']);

const members = {
  organization_usage: z.enum(['deny', 'allow', 'require']).nullable().optional(),
  allow_any_organization: z.boolean().nullable().optional(),
  authorization_details_types: z.array(z.string().min(1).max(255)).optional(),
  allow_all_scopes: z.boolean().nullable().optional(),
};

const newBody = bodyOf({
  ...members,
  client_id: z.string().min(1),
  audience: z.string().min(1),
  scope: scope.optional(),
  subject_type: subjectType.optional(),
});

const patchBody = bodyOf({ ...members, scope: scope.nullable().optional() });

const listQuery = z.object({
  ...offsetParameters,
  ...checkpointParameters,
  audience: z.string().optional(),
  client_id: z.string().optional(),
  subject_type: subjectType.optional(),
});

/** @throws ApiError 404 */
export function findClientGrant(store: Store, id: string): ClientGrantRecord {
  const record = store.clientGrants.find(id);
  if (record === undefined) throw notFound('The grant does not exist.', 'inexistent_client_grant');
  return record;
}

/** Scopes that applications may request from APIs: `/client-grants`. */
export function clientGrantOperations({ store }: ManagementDependencies): Operation[] {
  const find = (id: string) => findClientGrant(store, id);
  return [
    operation({
      method: 'GET',
      path: '/client-grants',
      query: listQuery,
      handle: ({ query }) => {
        const filter = {
          ...(query.client_id !== undefined && { clientId: query.client_id }),
          ...(query.audience !== undefined && { audience: query.audience }),
          ...(query.subject_type !== undefined && { subjectType: query.subject_type }),
        };
        const read = (paging: Paging) => store.clientGrants.list(filter, paging);
        return { status: 200, body: listAnswer('client_grants', query, read, grantAnswer) };
      },
    }),
    operation({
      method: 'POST',
      path: '/client-grants',
      description: 'Create a client grant',
      body: newBody,
      handle: ({ body }) => {
        const record = store.transaction(() => insertGrant(store, body));
        return { status: 201, body: grantAnswer(record) };
      },
    }),
    operation({
      method: 'GET',
      path: '/client-grants/{id}',
      handle: (call) => ({ status: 200, body: grantAnswer(find(pathParameter(call, 'id'))) }),
    }),
    operation({
      method: 'PATCH',
      path: '/client-grants/{id}',
      description: 'Update a client grant',
      body: patchBody,
      handle: (call) => {
        const record = store.transaction(() => {
          const found = find(pathParameter(call, 'id'));
          const { scope: given, ...other } = call.body;
          if (given) requireKnownScopes(findApi(store, found.audience), given);
          const patched = {
            ...found,
            ...(given !== undefined && { scope: unique(given ?? []) }),
            other: withoutNulls({ ...found.other, ...(other as JsonObject) }),
          };
          store.clientGrants.update(patched);
          return patched;
        });
        return { status: 200, body: grantAnswer(record) };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/client-grants/{id}',
      description: 'Delete a client grant',
      handle: (call) => {
        store.clientGrants.remove(pathParameter(call, 'id'));
        return { status: 204 };
      },
    }),
  ];
}

function insertGrant(store: Store, body: z.output<typeof newBody>): ClientGrantRecord {
  const { client_id, audience, scope: given = [], subject_type = 'client', ...other } = body;
  const client = findClient(store, client_id);
  if (client.app_type === 'express_configuration') {
    throw new ApiError(400, 'Client of type express_configuration cannot be used', 'validation_error');
  }
  requireKnownScopes(findApi(store, audience), given);
  if (store.clientGrants.findFor(client_id, audience, subject_type) !== undefined) {
    throw conflict('A client grant for this client and resource server already exists.', 'conflict');
  }
  const record: ClientGrantRecord = {
    id: prefixedId('cgr'),
    client_id,
    audience,
    scope: unique(given),
    subject_type,
    other: withoutNulls(other as JsonObject),
  };
  store.clientGrants.insert(record);
  return record;
}

function findApi(store: Store, audience: string): ResourceServerRecord {
  const api = store.resourceServers.findByIdentifier(audience);
  if (api === undefined) throw notFound('Resource server not found', 'inexistent_resource_server');
  return api;
}

/** A grant may name scopes that an API does not have yet; only those of a system API are known. No token gets an unknown one. */
function requireKnownScopes(api: ResourceServerRecord, given: readonly string[]): void {
  if (!api.is_system) return;
  const known = new Set(api.scopes.map(({ value }) => value));
  const unknown = given.filter((one) => !known.has(one));
  if (unknown.length > 0) throw invalidBody(`Scopes that the resource server does not have: ${unknown.join(', ')}`);
}

function grantAnswer(record: ClientGrantRecord): JsonObject {
  const { id, client_id, audience, scope: granted, subject_type, other } = record;
  const scopes = other.allow_all_scopes === true ? {} : { scope: granted };
  return { id, client_id, audience, ...scopes, subject_type, ...other };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
