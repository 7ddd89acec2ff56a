import { isObject, type JsonObject } from '../../store/json-value.ts';
import type { StoredRecord } from '../../store/record-table.ts';
import { invalidBody, notFound } from '../http/api-error.ts';
import { listAnswer, pagesOf } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import { singleOperations } from '../resources/single-operations.ts';
import { clientAssociations } from './client-association.ts';
import { findOrganization } from './organizations.ts';

const path = '/organizations/{id}/clients';

/** Applications that are associated with an organization: `/organizations/{id}/clients`. Logins do not look at them. */
export function organizationClientOperations(dependencies: ManagementDependencies): Operation[] {
  const { store } = dependencies;
  const placeFor = (id = '') => clientAssociations(findOrganization(store, id).id);
  const findClient = (id: string) => {
    const client = store.clients.find(id);
    if (client === undefined) throw invalidBody(`The client ${id} does not exist.`);
    return client;
  };
  const answerOf = ({ id, members }: StoredRecord): JsonObject => {
    const { name, is_first_party, grant_types } = findClient(id);
    return { client_id: id, ...members, client: { name, is_first_party, grant_types } };
  };
  const find = (params: Readonly<Record<string, string>>) => {
    const place = placeFor(params.id);
    const record = store.records.find(place, String(params.client_id));
    if (record === undefined || store.clients.find(record.id) === undefined) {
      throw notFound('The client is not associated with the organization.');
    }
    return { place, record };
  };
  return singleOperations(dependencies, {
    [`GET ${path}`]: {
      handle: ({ params, query }) => {
        const stored = store.records.at(placeFor(params.id));
        const records = stored.filter(({ id }) => store.clients.find(id) !== undefined).reverse();
        return listAnswer('clients', { take: 50, ...query }, pagesOf(records), answerOf);
      },
    },
    [`POST ${path}`]: {
      description: 'Associate clients with an organization',
      handle: ({ params, body }) => {
        const place = placeFor(params.id);
        return [body.clients]
          .flat()
          .filter(isObject)
          .map(({ client_id, use_for_member_access = false }) => {
            const { client_id: id } = findClient(String(client_id));
            return answerOf(store.records.put(place, id, { use_for_member_access }));
          });
      },
    },
    [`DELETE ${path}`]: {
      description: 'Remove clients from an organization',
      handle: ({ params, body }) => {
        const place = placeFor(params.id);
        for (const id of [body.clients].flat()) store.records.remove(place, String(id));
      },
    },
    [`GET ${path}/{client_id}`]: { handle: ({ params }) => answerOf(find(params).record) },
    [`PATCH ${path}/{client_id}`]: {
      description: 'Update a client of an organization',
      handle: ({ params, body }) => {
        const { place, record } = find(params);
        return answerOf(store.records.put(place, record.id, { ...record.members, ...body }));
      },
    },
  });
}
