import { consoleConnection, consoleRegistration } from '../../administrator/console-access.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { Paging } from '../../store/paging.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { Store } from '../../store/store.ts';
import { type Caller, requireMemberScopes } from '../authorization.ts';
import { conflict, notFound } from '../http/api-error.ts';
import { selectFields } from '../http/field-selection.ts';
import { listAnswer } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import {
  type ConnectionMembers,
  connectionAnswer,
  newConnection,
  patchedConnection,
  storedConnection,
} from './connection-record.ts';
import { isEnterprise } from './strategy-options.ts';

type NewConnection = ConnectionMembers & { readonly name: string; readonly strategy: string };

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
  return effectiveOperations(
    { store },
    {
      'GET /connections': {
        handle: ({ query, caller }) => {
          const { strategy, name } = query;
          const filter = {
            ...(Array.isArray(strategy) && { strategy: strategy.map(String) }),
            ...(typeof name === 'string' && { name }),
            except: consoleRegistration(store) && consoleConnection,
          };
          const read = (paging: Paging) => store.connections.list(filter, paging);
          const select = (record: ConnectionRecord) =>
            selectFields(shownConnection(record, caller), query, connectionMembersAlwaysShown);
          return listAnswer('connections', query, read, select);
        },
      },
      'POST /connections': {
        description: 'Create a connection',
        handle: ({ body: { name, strategy, ...rest }, domain }: Call<NewConnection>) => {
          const record = newConnection(name, strategy, rest, domain);
          if (store.connections.findByName(name) !== undefined) {
            throw conflict('A connection with the same name already exists', 'conflict');
          }
          store.connections.insert(storedConnection(record));
          return connectionAnswer(record);
        },
      },
      'GET /connections/{id}': {
        handle: (call) => {
          const record = findConnection(store, pathParameter(call, 'id'));
          const { enabled_clients, ...answer } = shownConnection(record, call.caller);
          // Lists show the applications of every connection, but this answer those of other kinds than enterprise only.
          const whole = isEnterprise(record.strategy) ? answer : { ...answer, enabled_clients };
          return selectFields<JsonObject>(whole, call.query, connectionMembersAlwaysShown);
        },
      },
      'PATCH /connections/{id}': {
        description: 'Update a connection',
        handle: (call: Call<ConnectionMembers>) => {
          const id = pathParameter(call, 'id');
          requireMemberScopes(call.caller, call.body, (member) =>
            member === 'options' ? ['update:connections_options'] : ['update:connections'],
          );
          const patched = patchedConnection(findConnection(store, id), call.body);
          store.connections.update(storedConnection(patched));
          return shownConnection(patched, call.caller);
        },
      },
      'DELETE /connections/{id}': {
        description: 'Delete a connection',
        handle: (call) => {
          const gone = removeConnection(store, pathParameter(call, 'id'));
          return gone ? { deleted_at: new Date().toISOString() } : null;
        },
      },
    },
  );
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
