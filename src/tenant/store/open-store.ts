import { chmodSync, closeSync, openSync } from 'node:fs';
import { Problem } from '../../problem/problem.ts';
import { Database } from './database.ts';
import { createRecordTable } from './record-table.ts';
import { createActionModuleRepository } from './records/actions/action-module-repository.ts';
import { createActionRepository } from './records/actions/action-repository.ts';
import { createBindingRepository } from './records/actions/binding-repository.ts';
import { createExecutionRepository } from './records/actions/execution-repository.ts';
import { createClientCredentialRepository } from './records/applications/client-credential-repository.ts';
import { createClientGrantRepository } from './records/applications/client-grant-repository.ts';
import { createClientRepository } from './records/applications/client-repository.ts';
import { createResourceServerRepository } from './records/applications/resource-server-repository.ts';
import { createConnectionRepository } from './records/connection-repository.ts';
import { createLogRepository } from './records/logs/log-repository.ts';
import { createLoginRepository } from './records/logs/login-repository.ts';
import { createOrganizationGrantRepository } from './records/organizations/organization-grant-repository.ts';
import { createOrganizationRepository } from './records/organizations/organization-repository.ts';
import { createRoleRepository } from './records/roles/role-repository.ts';
import { createJobRepository } from './records/tenant/job-repository.ts';
import { createOutboxRepository } from './records/tenant/outbox-repository.ts';
import { createSettingsRepository } from './records/tenant/settings-repository.ts';
import { createArtifactRepository } from './records/tokens/artifact-repository.ts';
import { createSigningKeyRepository } from './records/tokens/signing-key-repository.ts';
import { createAuthenticationMethodRepository } from './records/users/authentication-method-repository.ts';
import { createUserBlockRepository } from './records/users/user-block-repository.ts';
import { createUserRepository } from './records/users/user-repository.ts';
import { migrate } from './schema/migrate.ts';
import type { Store } from './store.ts';

/** A tenant's data: a file or memory. The file is created if it does not exist; its folder must exist. */
export type StoreLocation = { readonly file: string } | { readonly memory: true };

/**
 * Opens a tenant's data, and creates or updates its schema. Only the file's owner can read it: it holds secrets.
 *
 * @throws Problem `foreign_file`, `newer_schema`, `not_a_database`, `unwritable`, `busy`, `corrupt`.
 *
 * @example
 * const store = openStore({ file: 'data/tenant.sqlite' });
 * store.roles.insert({ id: 'rol_1', name: 'Reader', description: '' });
 * store.close();
 */
export function openStore(location: StoreLocation): Store {
  if ('file' in location) restrictToOwner(location.file);
  const database = new Database('file' in location ? location.file : ':memory:');
  try {
    prepare(database);
    if ('file' in location) database.execute('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  } catch (error) {
    database.close();
    if (!('file' in location) || !(error instanceof Problem)) throw error;
    throw new Problem(error.code, `${location.file}: ${error.message}`, error.remedy, { cause: error.cause });
  }
  return {
    clients: createClientRepository(database),
    clientCredentials: createClientCredentialRepository(database),
    clientGrants: createClientGrantRepository(database),
    resourceServers: createResourceServerRepository(database),
    connections: createConnectionRepository(database),
    users: createUserRepository(database),
    authenticationMethods: createAuthenticationMethodRepository(database),
    roles: createRoleRepository(database),
    organizations: createOrganizationRepository(database),
    organizationGrants: createOrganizationGrantRepository(database),
    actions: createActionRepository(database),
    actionModules: createActionModuleRepository(database),
    bindings: createBindingRepository(database),
    executions: createExecutionRepository(database),
    logs: createLogRepository(database),
    logins: createLoginRepository(database),
    signingKeys: createSigningKeyRepository(database),
    artifacts: createArtifactRepository(database),
    settings: createSettingsRepository(database),
    blocks: createUserBlockRepository(database),
    outbox: createOutboxRepository(database),
    jobs: createJobRepository(database),
    records: createRecordTable(database),
    transaction: (work) => database.transaction(work),
    snapshot: () => database.serialize(),
    restore(snapshot) {
      if ('file' in location) {
        throw new Problem('snapshot_on_disk', `The tenant’s data is in ${location.file}, and not in memory.`);
      }
      database.deserialize(snapshot);
      prepare(database);
    },
    close: () => database.close(),
  };
}

/** Comes before any write: another program's file must stay unchanged. */
function prepare(database: Database): void {
  database.execute('PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000');
  database.first('PRAGMA schema_version');
  migrate(database);
}

/** SQLite gives its journal files the permissions of the database file. */
function restrictToOwner(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
  } catch (cause) {
    throw new Problem(
      'unwritable',
      `The tenant’s data cannot be kept in ${file}.`,
      'See that its folder exists and can be written.',
      { cause },
    );
  }
}
