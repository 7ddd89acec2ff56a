import { z } from 'zod';
import type { JsonObject } from '../../store/json-value.ts';
import type { Paging } from '../../store/paging.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import { findClient } from '../applications/clients.ts';
import { invalidBody } from '../http/api-error.ts';
import { fieldParameters, selectFields } from '../http/field-selection.ts';
import { checkpointOf, checkpointParameters, listAnswer, pageOf, positionOf } from '../http/paged-list.ts';
import { integerParameter } from '../http/query-parameters.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { connectionMembersAlwaysShown, findConnection, shownConnection } from './connections.ts';

const listQuery = z.object({
  take: integerParameter({ minimum: 1, maximum: 1000 }).optional(),
  from: z.string().max(1000).optional(),
});

const severalParameter = z.preprocess((sent) => (typeof sent === 'string' ? [sent] : sent), z.array(z.string()));

const patchBody = z
  .array(z.strictObject({ client_id: z.string().min(1), status: z.boolean() }))
  .min(1)
  .max(50);

/** Applications that may use a connection, from both sides: `/connections/{id}/clients`, `/clients/{id}/connections`. */
export function connectionClientOperations({ store }: ManagementDependencies): Operation[] {
  return [
    operation({
      method: 'GET',
      path: '/connections/{id}/clients',
      query: listQuery,
      handle: (call) => {
        const { enabled_clients: enabled } = findConnection(store, pathParameter(call, 'id'));
        const { take = 50, from } = call.query;
        const after = from === undefined ? -1 : enabled.indexOf(positionOf(from));
        const rows = enabled.slice(after + 1, after + 1 + take);
        const last = rows.at(-1);
        const more = last !== undefined && last !== enabled.at(-1);
        const clients = rows.map((client_id) => ({ client_id }));
        return { status: 200, body: { clients, ...(more && { next: checkpointOf(last) }) } };
      },
    }),
    operation({
      method: 'GET',
      path: '/clients/{id}/connections',
      scopes: { allOf: ['read:connections', 'read:clients'] },
      query: z.object({ ...checkpointParameters, ...fieldParameters, strategy: severalParameter.optional() }),
      handle: (call) => {
        const { caller, query } = call;
        const { client_id } = findClient(store, pathParameter(call, 'id'));
        const enabled = store.connections.listEnabledFor(client_id);
        const strategies = query.strategy;
        const matching = enabled.filter(({ strategy }) => strategies === undefined || strategies.includes(strategy));
        const show = (record: ConnectionRecord) => {
          const { enabled_clients: _, ...shown } = shownConnection(record, caller);
          return selectFields<JsonObject>(shown, query, connectionMembersAlwaysShown);
        };
        // Positions are those of the list without its filter, which does not change between two pages.
        const read = (paging: Paging) => pageOf(matching, (record) => enabled.indexOf(record), paging);
        const checkpoint = { from: query.from, take: query.take ?? 50 };
        return { status: 200, body: listAnswer('connections', checkpoint, read, show) };
      },
    }),
    operation({
      method: 'PATCH',
      path: '/connections/{id}/clients',
      description: 'Update enabled clients for a connection',
      body: patchBody,
      handle: (call) => {
        store.transaction(() => {
          const record = findConnection(store, pathParameter(call, 'id'));
          const enabled = new Set(record.enabled_clients);
          for (const { client_id, status } of call.body) {
            if (!status) enabled.delete(client_id);
            else if (store.clients.find(client_id) === undefined) {
              throw invalidBody(`The client does not exist: ${client_id.slice(0, 100)}`);
            } else enabled.add(client_id);
          }
          store.connections.update({ ...record, enabled_clients: [...enabled] });
        });
        return { status: 204 };
      },
    }),
  ];
}
