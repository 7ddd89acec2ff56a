import type { Sdk, SdkDialect } from './sdk-dialect.ts';

/** `auth0` 3: all methods on the client itself, plain answers, totals on request. */
export function dialectOfVersion3(management: Sdk): SdkDialect {
  const page = { per_page: 100, page: 0, include_totals: true };
  return {
    roles: {
      create: (body) => management.createRole(body),
      list: async () => (await management.getRoles(page)).roles,
      get: (id) => management.getRole({ id }),
      update: (id, body) => management.updateRole({ id }, body),
      remove: (id) => management.deleteRole({ id }),
      permissions: async (id) => (await management.getPermissionsInRole({ id, ...page })).permissions,
      addPermissions: (id, permissions) => management.addPermissionsInRole({ id }, { permissions }),
      removePermissions: (id, permissions) => management.removePermissionsFromRole({ id }, { permissions }),
      users: async (id) => (await management.getUsersInRole({ id, ...page })).users,
      assignUsers: (id, users) => management.roles.assignUsers({ id }, { users }),
    },
    users: {
      create: (body) => management.createUser(body),
      list: async () => (await management.getUsers(page)).users,
      get: (id) => management.getUser({ id }),
      update: (id, body) => management.updateUser({ id }, body),
      remove: (id) => management.deleteUser({ id }),
      search: (q) => management.getUsers({ q, search_engine: 'v3' }),
      byEmail: (email) => management.getUsersByEmail(email),
      roles: (id) => management.getUserRoles({ id }),
      assignRoles: (id, roles) => management.assignRolestoUser({ id }, { roles }),
      removeRoles: (id, roles) => management.removeRolesFromUser({ id }, { roles }),
      permissions: (id) => management.getUserPermissions({ id }),
      assignPermissions: (id, permissions) => management.assignPermissionsToUser({ id }, { permissions }),
      removePermissions: (id, permissions) => management.removePermissionsFromUser({ id }, { permissions }),
    },
    clients: {
      create: (body) => management.createClient(body),
      list: async () => (await management.getClients(page)).clients,
      get: (id) => management.getClient({ client_id: id }),
      update: (id, body) => management.updateClient({ client_id: id }, body),
      remove: (id) => management.deleteClient({ client_id: id }),
      rotateSecret: (id) => management.clients.rotateClientSecret({ client_id: id }),
    },
    clientGrants: {
      create: (body) => management.createClientGrant(body),
      list: async () => (await management.getClientGrants(page)).client_grants,
      update: (id, body) => management.updateClientGrant({ id }, body),
      remove: (id) => management.deleteClientGrant({ id }),
    },
    resourceServers: {
      create: (body) => management.createResourceServer(body),
      list: async () => (await management.getResourceServers(page)).resource_servers,
      get: (id) => management.getResourceServer({ id }),
      update: (id, body) => management.updateResourceServer({ id }, body),
      remove: (id) => management.deleteResourceServer({ id }),
    },
    connections: {
      create: (body) => management.createConnection(body),
      list: async () => (await management.getConnections(page)).connections,
      get: (id) => management.getConnection({ id }),
      update: (id, body) => management.updateConnection({ id }, body),
      remove: (id) => management.deleteConnection({ id }),
    },
    actions: {
      create: (body) => management.actions.create(body),
      list: async () => (await management.actions.getAll()).actions,
      get: (id) => management.actions.get({ id }),
      update: (id, body) => management.actions.update({ id }, body),
      remove: (id) => management.actions.delete({ id, force: true }),
      deploy: (id) => management.actions.deploy({ id }),
      versions: async (id) => (await management.actions.getVersions({ action_id: id })).versions,
      version: (id, version) => management.actions.getVersion({ action_id: id, version_id: version }),
      test: (id, payload) => management.actions.test({ id }, { payload }),
      triggers: async () => (await management.actions.getAllTriggers()).triggers,
      bindings: async (trigger) => (await management.actions.getTriggerBindings({ trigger_id: trigger })).bindings,
      bind: (trigger, bindings) => management.actions.updateTriggerBindings({ trigger_id: trigger }, { bindings }),
    },
    logs: {
      list: async () => (await management.getLogs(page)).logs,
      get: (id) => management.getLog({ id }),
    },
    actionSource: {
      roles: '(await management.getUserRoles({ id: user })).map(({ id }) => id)',
      assign: 'management.roles.assignUsers({ id: defaultRole }, { users: [user] })',
    },
    refusal: (error) => {
      const { statusCode, originalError } = error as {
        statusCode?: number;
        originalError?: { response?: { body?: { errorCode?: string } } };
      };
      return { status: statusCode, code: originalError?.response?.body?.errorCode };
    },
  };
}
