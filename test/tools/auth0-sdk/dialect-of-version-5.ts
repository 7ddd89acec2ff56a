import type { Item, Sdk, SdkDialect } from './sdk-dialect.ts';

/** `auth0` 5, 6 and 7: a client for each resource and its parts, plain arguments, and pages that iterate. */
export function dialectOfVersion5(management: Sdk): SdkDialect {
  const all = async (page: Promise<AsyncIterable<Item>>) => {
    const items: Item[] = [];
    for await (const item of await page) items.push(item);
    return items;
  };
  return {
    roles: {
      create: (body) => management.roles.create(body),
      // Smaller than the list, so that the SDK requests a further page.
      list: () => all(management.roles.list({ per_page: 2 })),
      get: (id) => management.roles.get(id),
      update: (id, body) => management.roles.update(id, body),
      remove: (id) => management.roles.delete(id),
      permissions: (id) => all(management.roles.permissions.list(id)),
      addPermissions: (id, permissions) => management.roles.permissions.add(id, { permissions }),
      removePermissions: (id, permissions) => management.roles.permissions.delete(id, { permissions }),
      users: (id) => all(management.roles.users.list(id)),
      assignUsers: (id, users) => management.roles.users.assign(id, { users }),
    },
    users: {
      create: (body) => management.users.create(body),
      list: () => all(management.users.list()),
      get: (id) => management.users.get(id),
      update: (id, body) => management.users.update(id, body),
      remove: (id) => management.users.delete(id),
      search: (q) => all(management.users.list({ q, search_engine: 'v3' })),
      byEmail: (email) => management.users.listUsersByEmail({ email }),
      roles: (id) => all(management.users.roles.list(id)),
      assignRoles: (id, roles) => management.users.roles.assign(id, { roles }),
      removeRoles: (id, roles) => management.users.roles.delete(id, { roles }),
      permissions: (id) => all(management.users.permissions.list(id)),
      assignPermissions: (id, permissions) => management.users.permissions.create(id, { permissions }),
      removePermissions: (id, permissions) => management.users.permissions.delete(id, { permissions }),
    },
    clients: {
      create: (body) => management.clients.create(body),
      list: () => all(management.clients.list()),
      get: (id) => management.clients.get(id),
      update: (id, body) => management.clients.update(id, body),
      remove: (id) => management.clients.delete(id),
      rotateSecret: (id) => management.clients.rotateSecret(id),
    },
    clientGrants: {
      create: (body) => management.clientGrants.create(body),
      list: () => all(management.clientGrants.list()),
      update: (id, body) => management.clientGrants.update(id, body),
      remove: (id) => management.clientGrants.delete(id),
    },
    resourceServers: {
      create: (body) => management.resourceServers.create(body),
      list: () => all(management.resourceServers.list()),
      get: (id) => management.resourceServers.get(id),
      update: (id, body) => management.resourceServers.update(id, body),
      remove: (id) => management.resourceServers.delete(id),
    },
    connections: {
      create: (body) => management.connections.create(body),
      list: () => all(management.connections.list()),
      get: (id) => management.connections.get(id),
      update: (id, body) => management.connections.update(id, body),
      remove: (id) => management.connections.delete(id),
    },
    actions: {
      create: (body) => management.actions.create(body),
      list: () => all(management.actions.list()),
      get: (id) => management.actions.get(id),
      update: (id, body) => management.actions.update(id, body),
      remove: (id) => management.actions.delete(id, { force: true }),
      deploy: (id) => management.actions.deploy(id),
      versions: (id) => all(management.actions.versions.list(id)),
      version: (id, version) => management.actions.versions.get(id, version),
      test: (id, payload) => management.actions.test(id, { payload }),
      triggers: async () => (await management.actions.triggers.list()).triggers,
      bindings: (trigger) => all(management.actions.triggers.bindings.list(trigger)),
      bind: (trigger, bindings) => management.actions.triggers.bindings.updateMany(trigger, { bindings }),
    },
    logs: {
      list: () => all(management.logs.list()),
      get: (id) => management.logs.get(id),
    },
    actionSource: {
      roles: '(await management.users.roles.list(user)).data.map(({ id }) => id)',
      assign: 'management.roles.users.assign(defaultRole, { users: [user] })',
    },
    refusal: (error) => {
      const { statusCode, body } = error as { statusCode?: number; body?: { errorCode?: string } };
      return { status: statusCode, code: body?.errorCode };
    },
  };
}
