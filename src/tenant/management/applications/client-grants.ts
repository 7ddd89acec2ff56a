import type { Management } from 'auth0';
import { prefixedId } from '../../store/identifiers.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { Paging } from '../../store/paging.ts';
import type { ClientGrantRecord } from '../../store/records/applications/client-grant-repository.ts';
import type { ResourceServerRecord } from '../../store/records/applications/resource-server-repository.ts';
import type { Store } from '../../store/store.ts';
import { ApiError, conflict, invalidBody, notFound } from '../http/api-error.ts';
import { withoutNulls } from '../http/json-members.ts';
import { listAnswer } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { findClient } from './clients.ts';

/** The description has no grants of anonymous users yet. */
type NewBody = Omit<Management.CreateClientGrantRequestContent, 'subject_type'> &
  Partial<Pick<ClientGrantRecord, 'subject_type'>>;

/** @throws ApiError 404 */
export function findClientGrant(store: Store, id: string): ClientGrantRecord {
  const record = store.clientGrants.find(id);
  if (record === undefined) throw notFound('The grant does not exist.', 'inexistent_client_grant');
  return record;
}

/** Scopes that applications may request from APIs: `/client-grants`. */
export function clientGrantOperations({ store }: ManagementDependencies): Operation[] {
  const find = (id: string) => findClientGrant(store, id);
  return effectiveOperations(
    { store },
    {
      'GET /client-grants': {
        handle: ({ query }) => {
          const { client_id, audience, subject_type } = query;
          const filter = {
            ...(client_id !== undefined && { clientId: String(client_id) }),
            ...(audience !== undefined && { audience: String(audience) }),
            ...(subject_type !== undefined && { subjectType: subject_type as ClientGrantRecord['subject_type'] }),
          };
          const read = (paging: Paging) => store.clientGrants.list(filter, paging);
          return listAnswer('client_grants', query, read, grantAnswer);
        },
      },
      'POST /client-grants': {
        description: 'Create a client grant',
        handle: ({ body }: Call<NewBody>) => grantAnswer(insertGrant(store, body)),
      },
      'GET /client-grants/{id}': { handle: (call) => grantAnswer(find(pathParameter(call, 'id'))) },
      'PATCH /client-grants/{id}': {
        description: 'Update a client grant',
        handle: (call: Call<Management.UpdateClientGrantRequestContent>) => {
          const found = find(pathParameter(call, 'id'));
          const { scope: given, ...other } = call.body;
          if (given) requireKnownScopes(findApi(store, found.audience), given);
          const patched = {
            ...found,
            ...(given !== undefined && { scope: unique(given ?? []) }),
            other: withoutNulls({ ...found.other, ...other }),
          };
          store.clientGrants.update(patched);
          return grantAnswer(patched);
        },
      },
      'DELETE /client-grants/{id}': {
        description: 'Delete a client grant',
        handle: (call) => {
          store.clientGrants.remove(pathParameter(call, 'id'));
        },
      },
    },
  );
}

function insertGrant(store: Store, body: NewBody): ClientGrantRecord {
  const { client_id, audience, default_for, scope: given = [], subject_type = 'client', ...other } = body;
  if (client_id === undefined || default_for !== undefined) {
    throw invalidBody('This tenant has grants of single applications only: send client_id, and no default_for.');
  }
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
    other: withoutNulls(other),
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
