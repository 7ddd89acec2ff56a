import { z } from 'zod';
import { invalidBody } from './api-error.ts';
import { findConnection } from './connections.ts';
import type { ManagementDependencies } from './management-dependencies.ts';
import { type Operation, operation, pathParameter } from './operation.ts';
import { checkpointOf, positionOf } from './paging.ts';
import { integerParameter } from './query-parameters.ts';

const listQuery = z.object({
  take: integerParameter({ minimum: 1, maximum: 1000 }).optional(),
  from: z.string().max(1000).optional(),
});

const patchBody = z
  .array(z.strictObject({ client_id: z.string().min(1), status: z.boolean() }))
  .min(1)
  .max(50);

/** Which applications a connection is open to: `/connections/{id}/clients`. */
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
