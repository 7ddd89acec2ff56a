import type { Management } from 'auth0';
import type { JsonObject } from '../../store/json-value.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import { findClient } from '../applications/clients.ts';
import { invalidBody } from '../http/api-error.ts';
import { selectFields } from '../http/field-selection.ts';
import { checkpointOf, listAnswer, pagesOf, positionOf } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { connectionMembersAlwaysShown, findConnection, shownConnection } from './connections.ts';

/** Applications that may use a connection, from both sides: `/connections/{id}/clients`, `/clients/{id}/connections`. */
export function connectionClientOperations({ store }: ManagementDependencies): Operation[] {
  return effectiveOperations(
    { store },
    {
      'GET /connections/{id}/clients': {
        handle: (call) => {
          const { enabled_clients: enabled } = findConnection(store, pathParameter(call, 'id'));
          const { take = 50, from } = call.query;
          const after = from === undefined ? -1 : enabled.indexOf(positionOf(from));
          const rows = enabled.slice(after + 1, after + 1 + take);
          const last = rows.at(-1);
          const more = last !== undefined && last !== enabled.at(-1);
          const clients = rows.map((client_id) => ({ client_id }));
          return { clients, ...(more && { next: checkpointOf(last) }) };
        },
      },
      'GET /clients/{id}/connections': {
        scopes: { allOf: ['read:connections', 'read:clients'] },
        handle: (call) => {
          const { caller, query } = call;
          const { client_id } = findClient(store, pathParameter(call, 'id'));
          const enabled = store.connections.listEnabledFor(client_id);
          const { strategy: strategies } = query;
          const matching = enabled.filter(
            ({ strategy }) => !Array.isArray(strategies) || strategies.includes(strategy),
          );
          const show = (record: ConnectionRecord) => {
            const { enabled_clients: _, ...shown } = shownConnection(record, caller);
            return selectFields<JsonObject>(shown, query, connectionMembersAlwaysShown);
          };
          // Positions are those of the list without its filter, which does not change between two pages.
          const read = pagesOf(matching, (record) => enabled.indexOf(record));
          const checkpoint = { from: query.from, take: query.take ?? 50 };
          return listAnswer('connections', checkpoint, read, show);
        },
      },
      'PATCH /connections/{id}/clients': {
        description: 'Update enabled clients for a connection',
        handle: (call: Call<Management.UpdateEnabledClientConnectionsRequestContent>) => {
          const record = findConnection(store, pathParameter(call, 'id'));
          const enabled = new Set(record.enabled_clients);
          for (const { client_id, status } of call.body) {
            if (!status) enabled.delete(client_id);
            else if (store.clients.find(client_id) === undefined) {
              throw invalidBody(`The client does not exist: ${client_id.slice(0, 100)}`);
            } else enabled.add(client_id);
          }
          store.connections.update({ ...record, enabled_clients: [...enabled] });
        },
      },
    },
  );
}
