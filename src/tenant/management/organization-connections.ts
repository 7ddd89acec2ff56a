import { z } from 'zod';
import type { OrganizationConnection, OrganizationRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { conflict, notFound } from './api-error.ts';
import { bodyOf } from './body-schemas.ts';
import { findConnection } from './connections.ts';
import type { ManagementDependencies } from './management-dependencies.ts';
import { type Operation, operation, pathParameter } from './operation.ts';
import {
  newOrganizationConnection,
  organizationConnectionMembers,
  withConnectionMembers,
} from './organization-connection-record.ts';
import { findOrganization } from './organizations.ts';
import { offsetAnswer, pagingOf, positiveOffsetParameters } from './paging.ts';

/** Where members of an organization may come from: `/organizations/{id}/enabled_connections`. */
export function organizationConnectionOperations({ store }: ManagementDependencies): Operation[] {
  const find = (record: OrganizationRecord, connectionId: string): OrganizationConnection => {
    const found = record.connections.find(({ connection_id }) => connection_id === connectionId);
    if (found === undefined) throw notFound('No connection found by that id');
    return found;
  };
  const organizationOf = (call: { params: Readonly<Record<string, string>> }) =>
    findOrganization(store, pathParameter(call, 'id'));

  return [
    operation({
      method: 'GET',
      path: '/organizations/{id}/enabled_connections',
      query: z.object(positiveOffsetParameters),
      handle: (call) => {
        // One that has been deleted since is no connection of anybody any more.
        const connections = organizationOf(call).connections.filter(
          ({ connection_id }) => store.connections.find(connection_id) !== undefined,
        );
        const paging = pagingOf(call.query);
        const start = paging.page * paging.perPage;
        const page = { rows: connections.slice(start, start + paging.perPage), total: connections.length };
        const show = (one: OrganizationConnection) => connectionAnswer(store, one);
        return { status: 200, body: offsetAnswer('enabled_connections', page, call.query, paging, show) };
      },
    }),
    operation({
      method: 'POST',
      path: '/organizations/{id}/enabled_connections',
      description: 'Add a connection to an organization',
      body: bodyOf({ connection_id: z.string().min(1), ...organizationConnectionMembers }),
      handle: (call) => {
        const added = store.transaction(() => {
          const record = organizationOf(call);
          const made = newOrganizationConnection(store, call.body);
          if (record.connections.some(({ connection_id }) => connection_id === made.connection_id)) {
            throw conflict('The connection is already enabled for this organization.', 'connection_conflict');
          }
          store.organizations.update({ ...record, connections: [...record.connections, made] });
          return made;
        });
        return { status: 201, body: connectionAnswer(store, added) };
      },
    }),
    operation({
      method: 'GET',
      path: '/organizations/{id}/enabled_connections/{connectionId}',
      handle: (call) => ({
        status: 200,
        body: connectionAnswer(store, find(organizationOf(call), pathParameter(call, 'connectionId'))),
      }),
    }),
    operation({
      method: 'PATCH',
      path: '/organizations/{id}/enabled_connections/{connectionId}',
      description: 'Update a connection of an organization',
      body: bodyOf(organizationConnectionMembers),
      handle: (call) => {
        const patched = store.transaction(() => {
          const record = organizationOf(call);
          const next = withConnectionMembers(store, find(record, pathParameter(call, 'connectionId')), call.body);
          const connections = record.connections.map((one) => (one.connection_id === next.connection_id ? next : one));
          store.organizations.update({ ...record, connections });
          return next;
        });
        return { status: 200, body: connectionAnswer(store, patched) };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/organizations/{id}/enabled_connections/{connectionId}',
      description: 'Delete a connection from an organization',
      handle: (call) => {
        store.transaction(() => {
          const record = organizationOf(call);
          const gone = find(record, pathParameter(call, 'connectionId'));
          store.organizations.update({ ...record, connections: record.connections.filter((one) => one !== gone) });
        });
        return { status: 204 };
      },
    }),
  ];
}

function connectionAnswer(store: Store, one: OrganizationConnection) {
  const { name, strategy } = findConnection(store, one.connection_id);
  return { ...one, connection: { name, strategy } };
}
