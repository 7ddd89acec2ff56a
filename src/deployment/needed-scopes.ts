/** The scopes that `plan`, `apply`, `verify` and `rollback` require. */
export const NEEDED_SCOPES: readonly string[] = [
  'read:clients',
  'create:clients',
  'update:clients',
  'read:client_keys',
  'read:client_grants',
  'create:client_grants',
  'update:client_grants',
  'read:roles',
  'create:roles',
  'read:actions',
  'create:actions',
  'update:actions',
];

/** Additional scopes of single commands. */
export const FURTHER_SCOPES: Readonly<Record<string, string>> = {
  'read:connections': 'verify (connections)',
  'read:users': 'plan --impact, backfill and logs',
  'update:roles': 'backfill',
  'read:logs': 'logs and plan --logins',
  'delete:actions': 'destroy',
  'delete:clients': 'destroy',
  'delete:roles': 'destroy',
};
