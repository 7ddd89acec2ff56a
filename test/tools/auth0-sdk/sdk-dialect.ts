/** Any object that the Management API returns. */
export type Item = Readonly<Record<string, unknown>>;

export interface Permission {
  readonly resource_server_identifier: string;
  readonly permission_name: string;
}

/** A ManagementClient of any version: what Node's `require` returns has no type. */
export type Sdk = ReturnType<NodeJS.Require>;

interface Resource {
  create(body: Item): Promise<Item>;
  /** Lists all items, with the pagination of this SDK. */
  list(): Promise<Item[]>;
  get(id: string): Promise<Item>;
  update(id: string, body: Item): Promise<Item>;
  remove(id: string): Promise<unknown>;
}

/**
 * The everyday calls in the form of one generation of the SDK: names, arguments and answers changed with almost every major
 * version. A dialect contains only that difference.
 */
export interface SdkDialect {
  readonly roles: Resource & {
    permissions(id: string): Promise<Item[]>;
    addPermissions(id: string, permissions: Permission[]): Promise<unknown>;
    removePermissions(id: string, permissions: Permission[]): Promise<unknown>;
    users(id: string): Promise<Item[]>;
    assignUsers(id: string, users: string[]): Promise<unknown>;
  };
  readonly users: Resource & {
    search(q: string): Promise<Item[]>;
    byEmail(email: string): Promise<Item[]>;
    roles(id: string): Promise<Item[]>;
    assignRoles(id: string, roles: string[]): Promise<unknown>;
    removeRoles(id: string, roles: string[]): Promise<unknown>;
    permissions(id: string): Promise<Item[]>;
    assignPermissions(id: string, permissions: Permission[]): Promise<unknown>;
    removePermissions(id: string, permissions: Permission[]): Promise<unknown>;
  };
  readonly clients: Resource & { rotateSecret(id: string): Promise<Item> };
  readonly clientGrants: Omit<Resource, 'get'>;
  readonly resourceServers: Resource;
  readonly connections: Resource;
  readonly actions: Omit<Resource, 'remove'> & {
    /** Deletes the Action even if it is bound. */
    remove(id: string): Promise<unknown>;
    deploy(id: string): Promise<Item>;
    versions(id: string): Promise<Item[]>;
    version(id: string, version: string): Promise<Item>;
    test(id: string, payload: Item): Promise<Item>;
    triggers(): Promise<Item[]>;
    bindings(trigger: string): Promise<Item[]>;
    bind(trigger: string, bindings: Item[]): Promise<unknown>;
  };
  readonly logs: { list(): Promise<Item[]>; get(id: string): Promise<Item> };
  /** An Action's calls in this style: `roles`, the role IDs of `user`, and `assign`, which adds `defaultRole` to them. */
  readonly actionSource: { readonly roles: string; readonly assign: string };
  /** Status and Auth0's own error code of an error. */
  refusal(error: unknown): { readonly status: unknown; readonly code: unknown };
}
