import { z } from 'zod';
import { consoleConnection, consoleRegistration } from '../../administrator/console-access.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { Paging } from '../../store/paging.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { Store } from '../../store/store.ts';
import { type Caller, requireMemberScopes } from '../authorization.ts';
import { conflict, notFound } from '../http/api-error.ts';
import { anyObject, bodyOf, metadata } from '../http/body-schemas.ts';
import { fieldParameters, selectFields } from '../http/field-selection.ts';
import { checkpointParameters, listAnswer, offsetParameters } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import {
  type ConnectionMembers,
  connectionAnswer,
  newConnection,
  patchedConnection,
  storedConnection,
} from './connection-record.ts';
import { isEnterprise } from './strategy-options.ts';

const members = {
  display_name: z.string().max(128).optional(),
  options: anyObject.nullable().optional(),
  enabled_clients: z.array(z.string().min(1)).nullable().optional(),
  is_domain_connection: z.boolean().optional(),
  show_as_button: z.boolean().optional(),
  realms: z.array(z.string().min(1).max(128)).optional(),
  metadata: metadata.optional(),
  authentication: anyObject.optional(),
  connected_accounts: anyObject.optional(),
  cross_app_access_requesting_app: anyObject.optional(),
  cross_app_access_resource_app: z.strictObject({ status: z.enum(['enabled', 'disabled']) }).optional(),
};

const newBody = bodyOf({
  ...members,
  name: z
    .string()
    .max(128)
    .regex(/^[a-zA-Z0-9](-[a-zA-Z0-9]|[a-zA-Z0-9])*$/),
  strategy: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[a-z0-9-]+$/),
});

const patchBody = bodyOf(members);

const listQuery = z.object({
  ...offsetParameters,
  ...checkpointParameters,
  ...fieldParameters,
  strategy: z.preprocess((sent) => (typeof sent === 'string' ? [sent] : sent), z.array(z.string())).optional(),
  name: z.string().optional(),
});

/** Members that are returned regardless of `fields`. */
export const connectionMembersAlwaysShown = [
  'id',
  'strategy',
  'name',
  'is_domain_connection',
  'authentication',
  'connected_accounts',
];

/** @throws ApiError 404 */
export function findConnection(store: Store, id: string): ConnectionRecord {
  const record = store.connections.find(id);
  if (record === undefined) throw notFound('The connection does not exist', 'inexistent_connection');
  return record;
}

/** A connection, with its options only for callers who may read them. */
export function shownConnection(record: ConnectionRecord, caller: Caller): JsonObject {
  const { options, ...rest } = connectionAnswer(record);
  return caller.scopes.includes('read:connections_options') ? { ...rest, options } : rest;
}

/**
 * Sources of users: `/connections`. Options hold secrets of identity providers, and need scopes of their own.
 *
 * @see Auth0 docs: "Migrate to Management API Connection Options Scopes"
 */
export function connectionOperations({ store }: ManagementDependencies): Operation[] {
  return [
    operation({
      method: 'GET',
      path: '/connections',
      query: listQuery,
      handle: ({ query, caller }) => {
        const filter = {
          ...(query.strategy !== undefined && { strategy: query.strategy }),
          ...(query.name !== undefined && { name: query.name }),
          except: consoleRegistration(store) && consoleConnection,
        };
        const read = (paging: Paging) => store.connections.list(filter, paging);
        const select = (record: ConnectionRecord) =>
          selectFields(shownConnection(record, caller), query, connectionMembersAlwaysShown);
        return { status: 200, body: listAnswer('connections', query, read, select) };
      },
    }),
    operation({
      method: 'POST',
      path: '/connections',
      description: 'Create a connection',
      body: newBody,
      handle: ({ body: { name, strategy, ...rest }, domain }) => {
        const record = newConnection(name, strategy, rest as ConnectionMembers, domain);
        store.transaction(() => {
          if (store.connections.findByName(name) !== undefined) {
            throw conflict('A connection with the same name already exists', 'conflict');
          }
          store.connections.insert(storedConnection(record));
        });
        return { status: 201, body: connectionAnswer(record) };
      },
    }),
    operation({
      method: 'GET',
      path: '/connections/{id}',
      query: z.object(fieldParameters),
      handle: (call) => {
        const record = findConnection(store, pathParameter(call, 'id'));
        const { enabled_clients, ...answer } = shownConnection(record, call.caller);
        // Lists show the applications of every connection, but this answer those of other kinds than enterprise only.
        const whole = isEnterprise(record.strategy) ? answer : { ...answer, enabled_clients };
        return { status: 200, body: selectFields<JsonObject>(whole, call.query, connectionMembersAlwaysShown) };
      },
    }),
    operation({
      method: 'PATCH',
      path: '/connections/{id}',
      description: 'Update a connection',
      body: patchBody,
      handle: (call) => {
        const id = pathParameter(call, 'id');
        requireMemberScopes(call.caller, call.body, (member) =>
          member === 'options' ? ['update:connections_options'] : ['update:connections'],
        );
        const record = store.transaction(() => {
          const patched = patchedConnection(findConnection(store, id), call.body as ConnectionMembers);
          store.connections.update(storedConnection(patched));
          return patched;
        });
        return { status: 200, body: shownConnection(record, call.caller) };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/connections/{id}',
      description: 'Delete a connection',
      handle: (call) => {
        const gone = store.transaction(() => removeConnection(store, pathParameter(call, 'id')));
        return gone ? { status: 202, body: { deleted_at: new Date().toISOString() } } : { status: 204 };
      },
    }),
  ];
}

/** Removes its users too. */
function removeConnection(store: Store, id: string): boolean {
  const record = store.connections.find(id);
  if (record === undefined) return false;
  const perPage = 500;
  for (let page = 0; ; ) {
    const { rows } = store.users.list({ connection: record.name }, { page, perPage });
    // A linked account stays with its primary user.
    const own = rows.filter((user) => user.identities[0]?.connection === record.name);
    for (const user of own) store.users.remove(user.user_id);
    if (rows.length < perPage) break;
    if (own.length === 0) page += 1;
  }
  return store.connections.remove(id);
}
