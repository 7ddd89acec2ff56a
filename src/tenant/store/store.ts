import type { RecordTable } from './record-table.ts';
import type { ActionModuleRepository } from './records/actions/action-module-repository.ts';
import type { ActionRepository } from './records/actions/action-repository.ts';
import type { BindingRepository } from './records/actions/binding-repository.ts';
import type { ExecutionRepository } from './records/actions/execution-repository.ts';
import type { ClientCredentialRepository } from './records/applications/client-credential-repository.ts';
import type { ClientGrantRepository } from './records/applications/client-grant-repository.ts';
import type { ClientRepository } from './records/applications/client-repository.ts';
import type { ResourceServerRepository } from './records/applications/resource-server-repository.ts';
import type { ConnectionRepository } from './records/connection-repository.ts';
import type { LogRepository } from './records/logs/log-repository.ts';
import type { LoginRepository } from './records/logs/login-repository.ts';
import type { OrganizationGrantRepository } from './records/organizations/organization-grant-repository.ts';
import type { OrganizationRepository } from './records/organizations/organization-repository.ts';
import type { RoleRepository } from './records/roles/role-repository.ts';
import type { JobRepository } from './records/tenant/job-repository.ts';
import type { OutboxRepository } from './records/tenant/outbox-repository.ts';
import type { SettingsRepository } from './records/tenant/settings-repository.ts';
import type { ArtifactRepository } from './records/tokens/artifact-repository.ts';
import type { SigningKeyRepository } from './records/tokens/signing-key-repository.ts';
import type { AuthenticationMethodRepository } from './records/users/authentication-method-repository.ts';
import type { UserBlockRepository } from './records/users/user-block-repository.ts';
import type { UserRepository } from './records/users/user-repository.ts';

/** All data of a tenant, one repository for each resource. Every call is synchronous, as SQLite is. */
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
  /** Resources that nothing searches or joins. */
  readonly records: RecordTable;
  /** All or nothing. A nested call joins the outer one. */
  transaction<Result>(work: () => Result): Result;
  /** A copy of everything, in SQLite's file format. */
  snapshot(): Uint8Array;
  /**
   * Replaces everything with a snapshot of a store of this version, of this tenant or of another.
   *
   * @throws {Problem} `snapshot_on_disk` if the store is a file
   */
  restore(snapshot: Uint8Array): void;
  close(): void;
}
