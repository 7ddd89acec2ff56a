import { z } from 'zod';
import type {
  OrganizationConnection,
  OrganizationRecord,
} from '../../store/records/organizations/organization-repository.ts';
import type { Store } from '../../store/store.ts';
import { findConnection } from '../connections/connections.ts';
import { conflict, notFound } from '../http/api-error.ts';
import { bodyOf } from '../http/body-schemas.ts';
import { offsetAnswer, pageOf, pagingOf, positiveOffsetParameters } from '../http/paged-list.ts';
import { booleanParameter } from '../http/query-parameters.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import {
  allOrganizationConnectionMembers,
  newerConnection,
  newOrganizationConnection,
  olderConnection,
  organizationConnectionMembers,
  withConnectionMembers,
} from './organization-connection-record.ts';
import { findOrganization } from './organizations.ts';

/** The same resource at its two addresses. */
interface Family {
  readonly name: 'enabled_connections' | 'connections';
  readonly parameter: string;
  readonly members: typeof allOrganizationConnectionMembers | typeof organizationConnectionMembers;
  readonly query: z.ZodType<ListQuery>;
  readonly show: (store: Store, one: OrganizationConnection) => Partial<OrganizationConnection>;
}

interface ListQuery {
  page?: number | undefined;
  per_page?: number | undefined;
  include_totals?: boolean | undefined;
  is_enabled?: boolean | undefined;
}

const olderQuery = z.object(positiveOffsetParameters).transform((query) => ({ ...query, is_enabled: true }));

const older: Family = {
  name: 'enabled_connections',
  parameter: 'connectionId',
  members: organizationConnectionMembers,
  query: olderQuery,
  show: olderConnection,
};

const newer: Family = {
  name: 'connections',
  parameter: 'connection_id',
  members: allOrganizationConnectionMembers,
  query: z.object({ ...positiveOffsetParameters, is_enabled: booleanParameter().optional() }),
  show: newerConnection,
};

/** Connections of an organization's members: `/organizations/{id}/enabled_connections`, and `…/connections`. */
export function organizationConnectionOperations({ store }: ManagementDependencies): Operation[] {
  return [...familyOperations(store, older), ...familyOperations(store, newer)];
}

function familyOperations(store: Store, { name, parameter, members, query, show }: Family): Operation[] {
  const all = `/organizations/{id}/${name}`;
  const each = `${all}/{${parameter}}`;
  const find = (record: OrganizationRecord, connectionId: string): OrganizationConnection => {
    const found = record.connections.find(({ connection_id }) => connection_id === connectionId);
    if (found === undefined) throw notFound('No connection found by that id');
    return found;
  };
  const organizationOf = (call: { params: Readonly<Record<string, string>> }) =>
    findOrganization(store, pathParameter(call, 'id'));

  const answer = (one: OrganizationConnection) => {
    const connection = findConnection(store, one.connection_id);
    return { ...show(store, one), connection: { name: connection.name, strategy: connection.strategy } };
  };

  return [
    operation({
      method: 'GET',
      path: all,
      query,
      handle: (call) => {
        // A connection that has been deleted since is skipped.
        const connections = organizationOf(call).connections.filter(
          (one) =>
            store.connections.find(one.connection_id) !== undefined &&
            (call.query.is_enabled === undefined || call.query.is_enabled === (one.is_enabled ?? true)),
        );
        const paging = pagingOf(call.query);
        const page = pageOf(connections, (one) => connections.indexOf(one), paging);
        return { status: 200, body: offsetAnswer(name, page, call.query, paging, answer) };
      },
    }),
    operation({
      method: 'POST',
      path: all,
      description: 'Add a connection to an organization',
      body: bodyOf({ connection_id: z.string().min(1).max(50), ...members }),
      handle: (call) => {
        const added = store.transaction(() => {
          const record = organizationOf(call);
          const created = newOrganizationConnection(store, call.body);
          if (record.connections.some(({ connection_id }) => connection_id === created.connection_id)) {
            throw conflict('The connection is already enabled for this organization.', 'connection_conflict');
          }
          store.organizations.update({ ...record, connections: [...record.connections, created] });
          return created;
        });
        return { status: 201, body: answer(added) };
      },
    }),
    operation({
      method: 'GET',
      path: each,
      handle: (call) => ({
        status: 200,
        body: answer(find(organizationOf(call), pathParameter(call, parameter))),
      }),
    }),
    operation({
      method: 'PATCH',
      path: each,
      description: 'Update a connection of an organization',
      body: bodyOf(members),
      handle: (call) => {
        const patched = store.transaction(() => {
          const record = organizationOf(call);
          const next = withConnectionMembers(store, find(record, pathParameter(call, parameter)), call.body);
          const connections = record.connections.map((one) => (one.connection_id === next.connection_id ? next : one));
          store.organizations.update({ ...record, connections });
          return next;
        });
        return { status: 200, body: answer(patched) };
      },
    }),
    operation({
      method: 'DELETE',
      path: each,
      description: 'Delete a connection from an organization',
      handle: (call) => {
        store.transaction(() => {
          const record = organizationOf(call);
          const gone = pathParameter(call, parameter);
          const connections = record.connections.filter(({ connection_id }) => connection_id !== gone);
          if (connections.length < record.connections.length) store.organizations.update({ ...record, connections });
        });
        return { status: 204 };
      },
    }),
  ];
}
