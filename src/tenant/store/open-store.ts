import { chmodSync, closeSync, openSync } from 'node:fs';
import { createActionModuleRepository } from './action-module-repository.ts';
import { createActionRepository } from './action-repository.ts';
import { createArtifactRepository } from './artifact-repository.ts';
import { createAuthenticationMethodRepository } from './authentication-method-repository.ts';
import { createBindingRepository } from './binding-repository.ts';
import { createClientCredentialRepository } from './client-credential-repository.ts';
import { createClientGrantRepository } from './client-grant-repository.ts';
import { createClientRepository } from './client-repository.ts';
import { createConnectionRepository } from './connection-repository.ts';
import { Database } from './database.ts';
import { createExecutionRepository } from './execution-repository.ts';
import { createJobRepository } from './job-repository.ts';
import { createLogRepository } from './log-repository.ts';
import { createLoginRepository } from './login-repository.ts';
import { createOrganizationGrantRepository } from './organization-grant-repository.ts';
import { createOrganizationRepository } from './organization-repository.ts';
import { createOutboxRepository } from './outbox-repository.ts';
import { createResourceServerRepository } from './resource-server-repository.ts';
import { createRoleRepository } from './role-repository.ts';
import { migrate } from './schema/migrate.ts';
import { createSettingsRepository } from './settings-repository.ts';
import { createSigningKeyRepository } from './signing-key-repository.ts';
import type { Store } from './store.ts';
import { StoreError } from './store-error.ts';
import { createUserBlockRepository } from './user-block-repository.ts';
import { createUserRepository } from './user-repository.ts';

/** Where a tenant's data is. The file is made where it is missing; its folder must exist. */
export type StoreLocation = { readonly file: string } | { readonly memory: true };

/**
 * Opens a tenant's data, and makes or updates its schema. Only the file's owner can read it: it holds secrets.
 *
 * @throws StoreError `foreign_file`, `newer_schema`, `not_a_database`, `unwritable`, `busy`, `corrupt`.
 *
 * @example
 * const store = openStore({ file: 'data/tenant.sqlite' });
 * store.roles.insert({ id: 'rol_1', name: 'Reader', description: '' });
 * store.close();
 */
export function openStore(location: StoreLocation): Store {
  if ('file' in location) makePrivate(location.file);
  const database = new Database('file' in location ? location.file : ':memory:');
  try {
    // Before anything is written, the journal mode included: a file of somebody else's stays as it was.
    database.execute('PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000');
    database.first('PRAGMA schema_version');
    migrate(database);
    if ('file' in location) database.execute('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  } catch (error) {
    database.close();
    if ('file' in location && error instanceof StoreError) throw error.about(location.file);
    throw error;
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
    transaction: (work) => database.transaction(work),
    close: () => database.close(),
  };
}

/** SQLite gives its journal files the permissions of the database itself. */
function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
  } catch (cause) {
    throw new StoreError(
      'unwritable',
      `The tenant’s data cannot be kept in ${file}. See that its folder exists and can be written.`,
      { cause },
    );
  }
}
