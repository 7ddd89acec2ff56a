import type {
  ActionModuleRepository,
  ActionRepository,
  BindingRepository,
  ExecutionRepository,
} from './action-repositories.ts';
import type { LoginRepository, LogRepository } from './log-repositories.ts';
import type {
  AuthenticationMethodRecord,
  ClientCredentialRecord,
  ClientGrantRecord,
  ClientRecord,
  ConnectionRecord,
  JobRecord,
  JsonObject,
  OrganizationRecord,
  OutboxRecord,
  PermissionRecord,
  ResourceServerRecord,
  RoleRecord,
  SigningKeyRecord,
  UserRecord,
} from './records.ts';
import type { Order, Search } from './search/search.ts';

/** A part of a list, and how long the whole list is. */
export interface Page<Row> {
  readonly rows: Row[];
  /** Counted when it is read for the first time. */
  readonly total: number;
  /** Where each row stands in the list, where it can be read on from. */
  readonly positions?: readonly ListPosition[];
}

/** A place in a list that stays where it is, whatever is put into the list or taken out of it. */
export type ListPosition = number | string;

/** Which part of a list: `page` counts from 0. */
export interface Paging {
  readonly page: number;
  readonly perPage: number;
  /** Counts the pages from behind this place on, in lists whose pages have positions. */
  readonly after?: ListPosition;
}

/** Everything that a tenant keeps, one repository a resource. Every call is synchronous, as SQLite is. */
export interface Store {
  readonly clients: ClientRepository;
  readonly clientCredentials: ClientCredentialRepository;
  readonly clientGrants: ClientGrantRepository;
  readonly resourceServers: ResourceServerRepository;
  readonly connections: ConnectionRepository;
  readonly users: UserRepository;
  readonly authenticationMethods: AuthenticationMethodRepository;
  readonly roles: RoleRepository;
  readonly organizations: OrganizationRepository;
  readonly organizationGrants: OrganizationGrantRepository;
  readonly actions: ActionRepository;
  readonly actionModules: ActionModuleRepository;
  readonly bindings: BindingRepository;
  readonly executions: ExecutionRepository;
  readonly logs: LogRepository;
  readonly logins: LoginRepository;
  readonly signingKeys: SigningKeyRepository;
  readonly artifacts: ArtifactRepository;
  readonly settings: SettingsRepository;
  readonly blocks: UserBlockRepository;
  readonly outbox: OutboxRepository;
  readonly jobs: JobRepository;
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

export interface ClientCredentialRepository {
  /** The latest first. */
  list(clientId: string): ClientCredentialRecord[];
  find(clientId: string, id: string): ClientCredentialRecord | undefined;
  insert(record: ClientCredentialRecord): void;
  update(record: ClientCredentialRecord): void;
  remove(clientId: string, id: string): boolean;
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
  /** In order of creation unless said otherwise. */
  search(asked: { search: Search; connection?: string; order?: Order | undefined }, paging: Paging): Page<UserRecord>;
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
  /** What a linked account of a database signs in with. */
  linkedPasswordHash(userId: string, identityId: string): string | undefined;
  setLinkedPasswordHash(userId: string, identityId: string, hash: string): void;
  removeLinkedPassword(userId: string, identityId: string): void;
  /** How many have signed in since then. */
  countActiveSince(time: string): number;
  /** What the user may do, in order of API and name: given directly (no role), and through each role. */
  permissions(userId: string): (PermissionRecord & { readonly role?: RoleRecord })[];
  permit(userId: string, permissions: readonly PermissionRecord[]): void;
  forbid(userId: string, permissions: readonly PermissionRecord[]): void;
  /** Takes its roles, permissions and passwords with it. */
  remove(userId: string): boolean;
  /** One statement: the count, the time and the address of a login. */
  recordLogin(userId: string, at: string, ip: string): void;
}

export interface AuthenticationMethodRepository {
  /** In order of enrolment. */
  list(userId: string): AuthenticationMethodRecord[];
  find(userId: string, id: string): AuthenticationMethodRecord | undefined;
  /** Whosever it is. */
  findById(id: string): AuthenticationMethodRecord | undefined;
  insert(record: AuthenticationMethodRecord): void;
  update(record: AuthenticationMethodRecord): void;
  remove(userId: string, id: string): boolean;
  removeAll(userId: string): void;
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
  /** In order of name. */
  ofUser(userId: string, paging?: Paging): Page<RoleRecord>;
  permissions(roleId: string, paging: Paging): Page<PermissionRecord>;
  permit(roleId: string, permissions: readonly PermissionRecord[]): void;
  forbid(roleId: string, permissions: readonly PermissionRecord[]): void;
}

export interface OrganizationRepository {
  list(paging: Paging): Page<OrganizationRecord>;
  /** Those that the user is a member of. */
  ofUser(userId: string, paging: Paging): Page<OrganizationRecord>;
  find(id: string): OrganizationRecord | undefined;
  findByName(name: string): OrganizationRecord | undefined;
  insert(record: OrganizationRecord): void;
  update(record: OrganizationRecord): void;
  /** Takes its memberships with it. */
  remove(id: string): boolean;
  members(id: string, paging: Paging): Page<UserRecord>;
  isMember(id: string, userId: string): boolean;
  addMembers(id: string, userIds: readonly string[]): void;
  /** Takes the roles that they have there with them. */
  removeMembers(id: string, userIds: readonly string[]): void;
  /** In order of name. */
  memberRoles(id: string, userId: string, paging: Paging): Page<RoleRecord>;
  assignMemberRoles(id: string, userId: string, roleIds: readonly string[]): void;
  unassignMemberRoles(id: string, userId: string, roleIds: readonly string[]): void;
}

export interface OrganizationGrantRepository {
  /** In the order in which they were added. */
  list(organizationId: string): ClientGrantRecord[];
  organizations(grantId: string, paging: Paging): Page<OrganizationRecord>;
  add(organizationId: string, grantId: string): void;
  remove(organizationId: string, grantId: string): boolean;
}

export interface SigningKeyRepository {
  list(): SigningKeyRecord[];
  insert(record: SigningKeyRecord): void;
}

/** A row of what the OpenID Connect library stores. */
export interface Artifact {
  readonly payload: JsonObject;
  /** Later ones have a greater one. */
  readonly sequence: number;
  readonly publicId: string | undefined;
  /** Seconds since 1970. */
  readonly expiresAt: number | undefined;
}

/** What the OpenID Connect library stores: sessions, grants, codes, tokens, interactions. */
export interface ArtifactRepository {
  upsert(kind: string, id: string, payload: JsonObject, expiresAt: number | undefined): void;
  find(kind: string, id: string): JsonObject | undefined;
  findByUid(kind: string, uid: string): JsonObject | undefined;
  findByUserCode(kind: string, userCode: string): JsonObject | undefined;
  /** A refresh token by the id that may be shown, which is none that it can be used with; used ones too. */
  findByPublicId(publicId: string): Artifact | undefined;
  /** Those of a user, in order of creation; used ones left out. */
  ofAccount(kind: string, accountId: string): Artifact[];
  /** Those of a grant, the latest last; used ones left out. */
  ofGrant(kind: string, grantId: string): Artifact[];
  removeKindOfGrant(kind: string, grantId: string): void;
  /** Marks it used, once: answers false where it was used or gone already. */
  consume(kind: string, id: string, at: number): boolean;
  remove(kind: string, id: string): void;
  removeByGrant(grantId: string): void;
  /** Everything that is a user's: sessions, codes, tokens, tickets. */
  removeByAccount(userId: string): void;
  /** Seconds since 1970. Answers how many went. */
  removeExpired(now: number): number;
}

/** Long-running work. */
export interface JobRepository {
  find(id: string): JobRecord | undefined;
  insert(record: JobRecord): void;
  update(record: JobRecord): void;
  unfinished(): JobRecord[];
  /** A file that came of a job, under a name that nobody can guess; it goes with the job. */
  keepFile(jobId: string, name: string, content: Uint8Array): void;
  findFile(name: string): Uint8Array | undefined;
  /** Auth0 keeps jobs for a day. Answers how many went. */
  removeBefore(time: string): number;
}

/** Mail that a real tenant would send. */
export interface OutboxRepository {
  insert(record: OutboxRecord): void;
  /** The latest first. */
  list(paging: Paging): Page<OutboxRecord>;
  /** Tells of every new message. Answers how to stop. */
  subscribe(listener: (record: OutboxRecord) => void): () => void;
}

/**
 * Wrong passwords in a row, by user and address. `userKey` is the user's id; where nobody has the name that was typed, a
 * key that no user's id can be.
 */
export interface UserBlockRepository {
  /** One more failure, of somebody who typed `identifier`. Answers how many there are now. */
  record(userKey: string, ip: string, identifier?: string): number;
  failures(userKey: string, ip: string): number;
  isBlocked(userKey: string, ip: string): boolean;
  /** From where the user is kept out. */
  list(userKey: string): { readonly identifier: string; readonly ip: string }[];
  /** Lets the user in from everywhere again. Answers whether anything was held against them. */
  clear(userKey: string): boolean;
  /** Forgets the failures from one address. */
  forgive(userKey: string, ip: string): void;
  removeExpired(): number;
}

/** Single values by name: the tenant's settings, and what it needs to remember about itself. */
export interface SettingsRepository {
  get(name: string): JsonValueOrNothing;
  set(name: string, value: JsonObject | string | number | boolean): void;
}

type JsonValueOrNothing = JsonObject | string | number | boolean | undefined;
