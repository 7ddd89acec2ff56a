import type { Sdk, SdkDialect } from './sdk-dialect.ts';

/** `auth0` 4: a manager for each resource, parameters in an object, and answers inside `data`. */
export function dialectOfVersion4(management: Sdk): SdkDialect {
  const page = { per_page: 100, page: 0, include_totals: true };
  const data = async <T>(answer: Promise<{ data: T }>) => (await answer).data;
  return {
    roles: {
      create: (body) => data(management.roles.create(body)),
      list: async () => (await management.roles.getAll(page)).data.roles,
      get: (id) => data(management.roles.get({ id })),
      update: (id, body) => data(management.roles.update({ id }, body)),
      remove: (id) => management.roles.delete({ id }),
      permissions: async (id) => (await management.roles.getPermissions({ id, ...page })).data.permissions,
      addPermissions: (id, permissions) => management.roles.addPermissions({ id }, { permissions }),
      removePermissions: (id, permissions) => management.roles.deletePermissions({ id }, { permissions }),
      users: async (id) => (await management.roles.getUsers({ id, ...page })).data.users,
      assignUsers: (id, users) => management.roles.assignUsers({ id }, { users }),
    },
    users: {
      create: (body) => data(management.users.create(body)),
      list: async () => (await management.users.getAll(page)).data.users,
      get: (id) => data(management.users.get({ id })),
      update: (id, body) => data(management.users.update({ id }, body)),
      remove: (id) => management.users.delete({ id }),
      search: (q) => data(management.users.getAll({ q, search_engine: 'v3' })),
      byEmail: (email) => data(management.usersByEmail.getByEmail({ email })),
      roles: async (id) => (await management.users.getRoles({ id, ...page })).data.roles,
      assignRoles: (id, roles) => management.users.assignRoles({ id }, { roles }),
      removeRoles: (id, roles) => management.users.deleteRoles({ id }, { roles }),
      permissions: async (id) => (await management.users.getPermissions({ id, ...page })).data.permissions,
      assignPermissions: (id, permissions) => management.users.assignPermissions({ id }, { permissions }),
      removePermissions: (id, permissions) => management.users.deletePermissions({ id }, { permissions }),
    },
    clients: {
      create: (body) => data(management.clients.create(body)),
      list: async () => (await management.clients.getAll(page)).data.clients,
      get: (id) => data(management.clients.get({ client_id: id })),
      update: (id, body) => data(management.clients.update({ client_id: id }, body)),
      remove: (id) => management.clients.delete({ client_id: id }),
      rotateSecret: (id) => data(management.clients.rotateClientSecret({ client_id: id })),
    },
    clientGrants: {
      create: (body) => data(management.clientGrants.create(body)),
      list: async () => (await management.clientGrants.getAll(page)).data.client_grants,
      update: (id, body) => data(management.clientGrants.update({ id }, body)),
      remove: (id) => management.clientGrants.delete({ id }),
    },
    resourceServers: {
      create: (body) => data(management.resourceServers.create(body)),
      list: async () => (await management.resourceServers.getAll(page)).data.resource_servers,
      get: (id) => data(management.resourceServers.get({ id })),
      update: (id, body) => data(management.resourceServers.update({ id }, body)),
      remove: (id) => management.resourceServers.delete({ id }),
    },
    connections: {
      create: (body) => data(management.connections.create(body)),
      list: async () => (await management.connections.getAll(page)).data.connections,
      get: (id) => data(management.connections.get({ id })),
      update: (id, body) => data(management.connections.update({ id }, body)),
      remove: (id) => management.connections.delete({ id }),
    },
    actions: {
      create: (body) => data(management.actions.create(body)),
      list: async () => (await management.actions.getAll({ per_page: 100, page: 0 })).data.actions,
      get: (id) => data(management.actions.get({ id })),
      update: (id, body) => data(management.actions.update({ id }, body)),
      remove: (id) => management.actions.delete({ id, force: true }),
      deploy: (id) => data(management.actions.deploy({ id })),
      versions: async (id) => (await management.actions.getVersions({ actionId: id })).data.versions,
      version: (id, version) => data(management.actions.getVersion({ actionId: id, id: version })),
      test: (id, payload) => data(management.actions.test({ id }, { payload })),
      triggers: async () => (await management.actions.getAllTriggers()).data.triggers,
      bindings: async (trigger) => (await management.actions.getTriggerBindings({ triggerId: trigger })).data.bindings,
      bind: (trigger, bindings) => management.actions.updateTriggerBindings({ triggerId: trigger }, { bindings }),
    },
    logs: {
      list: async () => (await management.logs.getAll(page)).data.logs,
      get: (id) => data(management.logs.get({ id })),
    },
    actionSource: {
      roles: '(await management.users.getRoles({ id: user })).data.map(({ id }) => id)',
      assign: 'management.roles.assignUsers({ id: defaultRole }, { users: [user] })',
    },
    refusal: (error) => {
      const { statusCode, errorCode } = error as { statusCode?: number; errorCode?: string };
      return { status: statusCode, code: errorCode };
    },
  };
}
