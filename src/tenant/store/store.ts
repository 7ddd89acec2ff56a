import type {
  ActionRecord,
  ActionVersionRecord,
  BindingRecord,
  ClientGrantRecord,
  ClientRecord,
  ConnectionRecord,
  ExecutionRecord,
  JsonObject,
  LogRecord,
  PermissionRecord,
  ResourceServerRecord,
  RoleRecord,
  SigningKeyRecord,
  UserRecord,
} from './records.ts';

/** A part of a list, and how long the whole list is. */
export interface Page<Row> {
  readonly rows: Row[];
  /** Counted when it is read for the first time. */
  readonly total: number;
}

/** Which part of a list: `page` counts from 0. */
export interface Paging {
  readonly page: number;
  readonly perPage: number;
}

/** Everything that a tenant keeps, one repository a resource. Every call is synchronous, as SQLite is. */
export interface Store {
  readonly clients: ClientRepository;
  readonly clientGrants: ClientGrantRepository;
  readonly resourceServers: ResourceServerRepository;
  readonly connections: ConnectionRepository;
  readonly users: UserRepository;
  readonly roles: RoleRepository;
  readonly actions: ActionRepository;
  readonly bindings: BindingRepository;
  readonly executions: ExecutionRepository;
  readonly logs: LogRepository;
  readonly signingKeys: SigningKeyRepository;
  readonly artifacts: ArtifactRepository;
  readonly settings: SettingsRepository;
  /** All or nothing; nested calls join the outer one. */
  transaction<Result>(work: () => Result): Result;
  close(): void;
}

export interface ClientRepository {
  list(filter: { global?: boolean; appType?: string[]; firstParty?: boolean }, paging: Paging): Page<ClientRecord>;
  find(clientId: string): ClientRecord | undefined;
  findByName(name: string): ClientRecord | undefined;
  insert(record: ClientRecord): void;
  update(record: ClientRecord): void;
  /** Takes its grants and its place in connections with it. Answers whether it was there. */
  remove(clientId: string): boolean;
}

export interface ClientGrantRepository {
  list(
    filter: { clientId?: string; audience?: string; subjectType?: ClientGrantRecord['subject_type'] },
    paging: Paging,
  ): Page<ClientGrantRecord>;
  find(id: string): ClientGrantRecord | undefined;
  /** The grant for the application itself (client credentials) unless said otherwise. */
  findFor(
    clientId: string,
    audience: string,
    subjectType?: ClientGrantRecord['subject_type'],
  ): ClientGrantRecord | undefined;
  insert(record: ClientGrantRecord): void;
  update(record: ClientGrantRecord): void;
  remove(id: string): boolean;
}

export interface ResourceServerRepository {
  list(paging: Paging): Page<ResourceServerRecord>;
  find(id: string): ResourceServerRecord | undefined;
  findByIdentifier(identifier: string): ResourceServerRecord | undefined;
  insert(record: ResourceServerRecord): void;
  update(record: ResourceServerRecord): void;
  remove(id: string): boolean;
}

export interface ConnectionRepository {
  list(filter: { strategy?: string[]; name?: string }, paging: Paging): Page<ConnectionRecord>;
  find(id: string): ConnectionRecord | undefined;
  findByName(name: string): ConnectionRecord | undefined;
  /** Those that the application may use, in order of creation. */
  enabledFor(clientId: string): ConnectionRecord[];
  insert(record: ConnectionRecord): void;
  update(record: ConnectionRecord): void;
  remove(id: string): boolean;
}

export interface UserRepository {
  list(filter: { connection?: string; email?: string }, paging: Paging): Page<UserRecord>;
  find(userId: string): UserRecord | undefined;
  /** E-mail addresses compare without regard to case. */
  findByEmail(email: string): UserRecord[];
  findInConnection(connection: string, login: { email?: string; username?: string }): UserRecord | undefined;
  /** Whose identity that is, be it the first or a linked one: `'google-oauth2', '1234'`. */
  findByIdentity(provider: string, identityId: string): UserRecord | undefined;
  insert(record: UserRecord, passwordHash?: string): void;
  /** Leaves the count, time and address of logins alone: a stale record must not undo a login. */
  update(record: UserRecord): void;
  passwordHash(userId: string): string | undefined;
  setPasswordHash(userId: string, hash: string): void;
  /** What the user may do, in order of API and name: given directly (no role), and through each role. */
  permissions(userId: string): (PermissionRecord & { readonly role?: RoleRecord })[];
  permit(userId: string, permissions: readonly PermissionRecord[]): void;
  forbid(userId: string, permissions: readonly PermissionRecord[]): void;
  /** Takes its roles, permissions and passwords with it. */
  remove(userId: string): boolean;
  /** One statement: the count, the time and the address of a login. */
  recordLogin(userId: string, at: string, ip: string): void;
}

export interface RoleRepository {
  list(filter: { nameFilter?: string }, paging: Paging): Page<RoleRecord>;
  find(id: string): RoleRecord | undefined;
  findByName(name: string): RoleRecord | undefined;
  insert(record: RoleRecord): void;
  update(record: RoleRecord): void;
  remove(id: string): boolean;
  /** Whom it was given to; those who hold it already are left as they are. */
  assign(roleId: string, userIds: readonly string[]): void;
  unassign(roleId: string, userIds: readonly string[]): void;
  members(roleId: string, paging: Paging): Page<UserRecord>;
  /** At most `count` members that come after the given one (from the first where it is undefined): no offset to skip. */
  membersAfter(roleId: string, userId: string | undefined, count: number): UserRecord[];
  /** In order of name. */
  ofUser(userId: string, paging?: Paging): Page<RoleRecord>;
  permissions(roleId: string, paging: Paging): Page<PermissionRecord>;
  permit(roleId: string, permissions: readonly PermissionRecord[]): void;
  forbid(roleId: string, permissions: readonly PermissionRecord[]): void;
}

export interface ActionRepository {
  list(filter: { triggerId?: string; name?: string; deployed?: boolean }, paging: Paging): Page<ActionRecord>;
  find(id: string): ActionRecord | undefined;
  findByName(name: string): ActionRecord | undefined;
  insert(record: ActionRecord): void;
  update(record: ActionRecord): void;
  /** Takes its versions and bindings with it. */
  remove(id: string): boolean;
  versions(actionId: string, paging: Paging): Page<ActionVersionRecord>;
  findVersion(versionId: string): ActionVersionRecord | undefined;
  insertVersion(record: ActionVersionRecord): void;
  updateVersion(record: ActionVersionRecord): void;
  removeVersion(versionId: string): boolean;
  highestVersionNumber(actionId: string): number;
}

export interface BindingRepository {
  /** In the order in which they run. */
  list(triggerId: string): BindingRecord[];
  /** Puts the whole list in place of what was there. */
  replace(triggerId: string, records: readonly BindingRecord[]): void;
  ofAction(actionId: string): BindingRecord[];
}

export interface ExecutionRepository {
  find(id: string): ExecutionRecord | undefined;
  insert(record: ExecutionRecord): void;
  update(record: ExecutionRecord): void;
  /** Auth0 keeps executions for ten days. */
  removeBefore(time: string): number;
}

export interface LogRepository {
  list(filter: { type?: string; userId?: string; from?: string }, paging: Paging): Page<LogRecord>;
  find(logId: string): LogRecord | undefined;
  insert(record: LogRecord): void;
}

export interface SigningKeyRepository {
  list(): SigningKeyRecord[];
  insert(record: SigningKeyRecord): void;
}

/** What the OpenID Connect library stores: sessions, grants, codes, tokens, interactions. */
export interface ArtifactRepository {
  upsert(kind: string, id: string, payload: JsonObject, expiresAt: number | undefined): void;
  find(kind: string, id: string): JsonObject | undefined;
  findByUid(kind: string, uid: string): JsonObject | undefined;
  findByUserCode(kind: string, userCode: string): JsonObject | undefined;
  /** Marks it used, once: answers false where it was used or gone already. */
  consume(kind: string, id: string, at: number): boolean;
  remove(kind: string, id: string): void;
  removeByGrant(grantId: string): void;
  /** Seconds since 1970. Answers how many went. */
  removeExpired(now: number): number;
}

/** Single values by name: the tenant's settings, and what it needs to remember about itself. */
export interface SettingsRepository {
  get(name: string): JsonValueOrNothing;
  set(name: string, value: JsonObject | string | number | boolean): void;
}

type JsonValueOrNothing = JsonObject | string | number | boolean | undefined;
