import { randomName } from '../../store/identifiers.ts';
import { isObject, type JsonObject, type JsonValue } from '../../store/json-value.ts';
import type { StoredRecord } from '../../store/record-table.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import { ApiError, conflict, notFound } from '../http/api-error.ts';
import { checkpointOf, listAnswer, pagesOf } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import { collection, type ResourceCall } from '../resources/collection.ts';
import { singleOperations } from '../resources/single-operations.ts';
import { tenantName } from '../tenant-name.ts';
import { findConnection } from './connections.ts';
import { defaultDirectoryMapping, defaultScimMapping } from './default-mappings.ts';

const scimStrategies = ['samlp', 'oidc', 'okta', 'waad'];
const directoryStrategies = ['google-apps'];

/** A way in which a connection gets its users from a directory: the directory pushes, or the connection reads. */
interface Kind {
  readonly path: string;
  readonly called: string;
  readonly strategies: readonly string[];
  readonly unsupported: string;
  readonly defaults: (strategy: string) => JsonObject;
  /** The member with the time of the last change. */
  readonly changed: 'updated_on' | 'updated_at';
  /** Members that answers have beside those of the connection. */
  readonly shown?: JsonObject;
  /** The list of all connections that have one. */
  readonly list: { readonly path: string; readonly key: string };
}

const scim: Kind = {
  path: '/connections/{id}/scim-configuration',
  called: 'SCIM configuration',
  strategies: scimStrategies,
  unsupported:
    'This connection type does not support SCIM. Please see our documentation for the currently supported connection types: ' +
    'https://auth0.com/docs/authenticate/protocols/scim/configure-inbound-scim.',
  defaults: (strategy) => ({ mapping: defaultScimMapping(strategy), user_id_attribute: 'externalId' }),
  changed: 'updated_on',
  shown: { tenant_name: tenantName },
  list: { path: '/connections-scim-configurations', key: 'scim_configurations' },
};

const directory: Kind = {
  path: '/connections/{id}/directory-provisioning',
  called: 'directory provisioning',
  strategies: directoryStrategies,
  unsupported: 'This connection type does not support directory provisioning.',
  defaults: () => ({ mapping: defaultDirectoryMapping(), synchronize_automatically: false, synchronize_groups: 'off' }),
  changed: 'updated_at',
  list: { path: '/connections-directory-provisionings', key: 'directory_provisionings' },
};

/**
 * Users that come from a directory: `/connections/{id}/scim-configuration` and `/connections/{id}/directory-provisioning`. Both
 * are stored and shown; no directory is ever asked, and none can push.
 *
 * @see https://auth0.com/docs/authenticate/protocols/scim
 */
export function provisioningOperations(dependencies: ManagementDependencies): Operation[] {
  return [
    ...configurationOperations(scim, dependencies),
    ...configurationOperations(directory, dependencies),
    ...scimTokens(dependencies),
    ...synchronizedGroups(dependencies),
  ];
}

const parentOf = (id: string): string => `connections/${id}`;

function configurationOperations(kind: Kind, dependencies: ManagementDependencies): Operation[] {
  const { store } = dependencies;
  const { path, called } = kind;
  const placeOf = (id: string) => ({ kind: path, parent: parentOf(id) });
  const supported = (id: string) => {
    const connection = findConnection(store, id);
    if (!kind.strategies.includes(connection.strategy)) throw new ApiError(404, kind.unsupported);
    return connection;
  };
  const find = (id: string) => {
    const connection = findConnection(store, id);
    const record = store.records.find(placeOf(id), 'one');
    if (record === undefined) throw notFound('Not Found');
    return { connection, record };
  };
  return singleOperations(dependencies, {
    [`GET ${path}`]: {
      handle: ({ params: { id = '' } }) => {
        const { connection, record } = find(id);
        return answerOf(kind, connection, record);
      },
    },
    [`POST ${path}`]: {
      description: `Create a ${called}`,
      handle: ({ params: { id = '' }, body }) => {
        const connection = supported(id);
        if (store.records.find(placeOf(id), 'one') !== undefined) {
          throw conflict(`A ${called} already exists for this connection.`, 'conflict');
        }
        const members = { ...kind.defaults(connection.strategy), ...body };
        return answerOf(kind, connection, store.records.put(placeOf(id), 'one', members));
      },
    },
    [`PATCH ${path}`]: {
      description: `Update a ${called}`,
      handle: ({ params: { id = '' }, body }) => {
        const { connection, record } = find(id);
        return answerOf(kind, connection, store.records.put(placeOf(id), 'one', { ...record.members, ...body }));
      },
    },
    [`DELETE ${path}`]: {
      description: `Delete a ${called}`,
      handle: ({ params: { id = '' } }) => {
        store.records.remove(placeOf(findConnection(store, id).id), 'one');
      },
    },
    [`GET ${path}/default-mapping`]: {
      handle: ({ params: { id = '' } }) => ({ mapping: kind.defaults(supported(id).strategy).mapping }),
    },
    [`GET ${kind.list.path}`]: {
      handle: ({ query }) => {
        const rows = store.records.all(path).flatMap((record) => {
          const connection = store.connections.find(record.parent.slice(parentOf('').length));
          return connection === undefined ? [] : [answerOf(kind, connection, record)];
        });
        return listAnswer(kind.list.key, { take: 50, ...query }, pagesOf(rows), (row) => row);
      },
    },
  });
}

function answerOf(
  kind: Kind,
  connection: ConnectionRecord,
  { members, created_at, updated_at }: StoredRecord,
): JsonObject {
  return {
    ...kind.shown,
    connection_id: connection.id,
    connection_name: connection.name,
    strategy: connection.strategy,
    ...members,
    created_at,
    [kind.changed]: updated_at,
  };
}

/** A token is answered once: to the request that makes it. */
const scimTokens = collection({
  path: `${scim.path}/tokens`,
  called: 'SCIM token',
  idMember: 'token_id',
  id: () => `tok_${randomName(16)}`,
  missing: 'Not Found',
  parent: ({ store }, { params }) => {
    const { id } = findConnection(store, String(params.id));
    if (store.records.find({ kind: scim.path, parent: parentOf(id) }, 'one') === undefined) throw notFound('Not Found');
    return parentOf(id);
  },
  beforeCreate: ({ token_lifetime, ...members }) => ({
    ...members,
    ...(typeof token_lifetime === 'number' && {
      valid_until: new Date(Date.now() + token_lifetime * 1000).toISOString(),
    }),
  }),
  present: (shown, { created_at }, moment) => ({
    ...shown,
    ...(moment === 'created' && { token: `tok_${randomName(16)}.${randomName(43)}` }),
    created_at,
  }),
});

/** The groups of a directory that are synchronized: set as a whole, and listed in the order of their ids. */
function synchronizedGroups(dependencies: ManagementDependencies): Operation[] {
  const { store } = dependencies;
  const groupsPath = `${directory.path}/synchronized-groups`;
  const configurationOf = (id: string): JsonObject => {
    const place = { kind: directory.path, parent: parentOf(findConnection(store, id).id) };
    const record = store.records.find(place, 'one');
    if (record === undefined) throw notFound('Not Found');
    return record.members;
  };
  const placeOf = (id: string) => ({ kind: groupsPath, parent: parentOf(id) });
  const groupsOf = (id: string) => [store.records.find(placeOf(id), 'groups')?.members.groups].flat().filter(isObject);
  const change =
    (changed: (groups: JsonObject[], sent: JsonObject[]) => JsonObject[]) =>
    ({ params: { id = '' }, body }: ResourceCall) => {
      configurationOf(id);
      store.records.put(placeOf(id), 'groups', {
        groups: changed(groupsOf(id), [body.groups].flat().filter(isObject)),
      });
    };
  return singleOperations(dependencies, {
    [`GET ${groupsPath}`]: {
      handle: ({ params: { id = '' }, query }) => {
        configurationOf(id);
        const groups = groupsOf(id)
          .filter(matching(query.q))
          .sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
        const page = pagesOf(groups, (group) => String(group.id));
        return listAnswer('groups', { take: 50, ...query }, page, (group) => group);
      },
    },
    [`PUT ${groupsPath}`]: { description: 'Update the synchronized groups', handle: change((_, sent) => sent) },
    [`POST ${groupsPath}`]: {
      description: 'Add synchronized groups',
      handle: change((groups, sent) => [...without(groups, sent), ...sent]),
    },
    [`DELETE ${groupsPath}`]: {
      description: 'Remove synchronized groups',
      handle: change((groups, sent) => without(groups, sent)),
    },
    [`POST ${directory.path}/synchronizations`]: {
      description: 'Synchronize a directory',
      handle: ({ params: { id = '' } }) => ({
        connection_id: id,
        synchronization_id: checkpointOf(randomName(12)),
        status: String(configurationOf(id).synchronize_groups ?? 'off'),
      }),
    },
  });
}

/** Whether a group matches `member:text`, or `member:text*` if its text only begins so. */
function matching(query: JsonValue | undefined): (group: JsonObject) => boolean {
  const [, member = '', quoted = ''] = /^(\w+):(.*)$/s.exec(String(query ?? '')) ?? [];
  if (member === '') return () => true;
  const text = quoted.replace(/^"(.*)"$/s, '$1').toLowerCase();
  return (group) => {
    const value = String(group[member] ?? '').toLowerCase();
    return text.endsWith('*') ? value.startsWith(text.slice(0, -1)) && value !== '' : value === text;
  };
}

function without(groups: readonly JsonObject[], removed: readonly JsonObject[]): JsonObject[] {
  return groups.filter(({ id }) => !removed.some((group) => group.id === id));
}
