import type { Management } from 'auth0';
import type {
  OrganizationConnection,
  OrganizationRecord,
} from '../../store/records/organizations/organization-repository.ts';
import type { Store } from '../../store/store.ts';
import { findConnection } from '../connections/connections.ts';
import { conflict, notFound } from '../http/api-error.ts';
import { offsetAnswer, pagesOf } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import {
  newerConnection,
  newOrganizationConnection,
  olderConnection,
  withConnectionMembers,
} from './organization-connection-record.ts';
import { findOrganization } from './organizations.ts';

/** The same resource at its two addresses. */
interface Family {
  readonly name: 'enabled_connections' | 'connections';
  readonly parameter: string;
  readonly show: (store: Store, one: OrganizationConnection) => Partial<OrganizationConnection>;
}

const older: Family = { name: 'enabled_connections', parameter: 'connectionId', show: olderConnection };
const newer: Family = { name: 'connections', parameter: 'connection_id', show: newerConnection };

/** Connections of an organization's members: `/organizations/{id}/enabled_connections`, and `…/connections`. */
export function organizationConnectionOperations({ store }: ManagementDependencies): Operation[] {
  return [...familyOperations(store, older), ...familyOperations(store, newer)];
}

function familyOperations(store: Store, { name, parameter, show }: Family): Operation[] {
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

  return effectiveOperations(
    { store },
    {
      [`GET ${all}`]: {
        handle: (call) => {
          const enabled = name === 'connections' ? call.query.is_enabled : true;
          // A connection that has been deleted since is skipped.
          const connections = organizationOf(call).connections.filter(
            (one) =>
              store.connections.find(one.connection_id) !== undefined &&
              (enabled === undefined || enabled === (one.is_enabled ?? true)),
          );
          return offsetAnswer(name, call.query, pagesOf(connections), answer);
        },
      },
      [`POST ${all}`]: {
        description: 'Add a connection to an organization',
        handle: (call: Call<Management.CreateOrganizationAllConnectionRequestParameters>) => {
          const record = organizationOf(call);
          const created = newOrganizationConnection(store, call.body);
          if (record.connections.some(({ connection_id }) => connection_id === created.connection_id)) {
            throw conflict('The connection is already enabled for this organization.', 'connection_conflict');
          }
          store.organizations.update({ ...record, connections: [...record.connections, created] });
          return answer(created);
        },
      },
      [`GET ${each}`]: { handle: (call) => answer(find(organizationOf(call), pathParameter(call, parameter))) },
      [`PATCH ${each}`]: {
        description: 'Update a connection of an organization',
        handle: (call: Call<Management.UpdateOrganizationConnectionRequestParameters>) => {
          const record = organizationOf(call);
          const next = withConnectionMembers(store, find(record, pathParameter(call, parameter)), call.body);
          const connections = record.connections.map((one) => (one.connection_id === next.connection_id ? next : one));
          store.organizations.update({ ...record, connections });
          return answer(next);
        },
      },
      [`DELETE ${each}`]: {
        description: 'Delete a connection from an organization',
        handle: (call) => {
          const record = organizationOf(call);
          const gone = pathParameter(call, parameter);
          const connections = record.connections.filter(({ connection_id }) => connection_id !== gone);
          if (connections.length < record.connections.length) store.organizations.update({ ...record, connections });
        },
      },
    },
  );
}
