/**
 * Each table has the columns for search and sorting, and `record`, the whole record as JSON.
 * `sequence` is the order of creation. Assignments refer to it, since there may be a million of them.
 */
export const version1 = `
CREATE TABLE clients (
  sequence INTEGER PRIMARY KEY,
  client_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  app_type TEXT NOT NULL,
  is_first_party INTEGER NOT NULL,
  is_global INTEGER NOT NULL,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX clients_by_name ON clients (name);

CREATE TABLE client_credentials (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  client_id TEXT NOT NULL REFERENCES clients (client_id) ON DELETE CASCADE,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX client_credentials_by_client ON client_credentials (client_id);

CREATE TABLE client_grants (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  client_id TEXT NOT NULL REFERENCES clients (client_id) ON DELETE CASCADE,
  audience TEXT NOT NULL,
  subject_type TEXT NOT NULL,
  record TEXT NOT NULL,
  UNIQUE (client_id, audience, subject_type)
) STRICT;
CREATE INDEX client_grants_by_audience ON client_grants (audience);

CREATE TABLE resource_servers (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  identifier TEXT NOT NULL UNIQUE,
  record TEXT NOT NULL
) STRICT;

CREATE TABLE connections (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  strategy TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;

CREATE TABLE connection_clients (
  sequence INTEGER PRIMARY KEY,
  connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
  client_id TEXT NOT NULL REFERENCES clients (client_id) ON DELETE CASCADE,
  UNIQUE (connection_id, client_id)
) STRICT;
CREATE INDEX connection_clients_by_client ON connection_clients (client_id);

CREATE TABLE users (
  sequence INTEGER PRIMARY KEY,
  user_id TEXT NOT NULL UNIQUE,
  email_key TEXT,
  profile_keys TEXT NOT NULL,
  logins_count INTEGER NOT NULL,
  last_login TEXT,
  last_ip TEXT,
  updated_at TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX users_by_email ON users (email_key) WHERE email_key IS NOT NULL;
-- The most frequent searches and sort orders among fields without a column of their own.
CREATE INDEX users_by_name ON users (json_extract(profile_keys, '$.name'));
CREATE INDEX users_by_username ON users (json_extract(record, '$.username'));
CREATE INDEX users_by_creation ON users (json_extract(record, '$.created_at'));
CREATE INDEX users_by_last_login ON users (last_login);

CREATE TABLE user_identities (
  connection TEXT NOT NULL,
  provider TEXT NOT NULL,
  identity_id TEXT NOT NULL,
  user_sequence INTEGER NOT NULL REFERENCES users (sequence) ON DELETE CASCADE,
  email_key TEXT,
  username_key TEXT,
  PRIMARY KEY (connection, user_sequence, identity_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_identities_by_user ON user_identities (user_sequence);
CREATE INDEX user_identities_by_identity ON user_identities (identity_id, provider);
CREATE INDEX user_identities_by_email ON user_identities (connection, email_key) WHERE email_key IS NOT NULL;
CREATE INDEX user_identities_by_username ON user_identities (connection, username_key) WHERE username_key IS NOT NULL;

CREATE TABLE user_passwords (
  user_sequence INTEGER PRIMARY KEY REFERENCES users (sequence) ON DELETE CASCADE,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE roles (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL
) STRICT;

CREATE TABLE user_roles (
  user_sequence INTEGER NOT NULL REFERENCES users (sequence) ON DELETE CASCADE,
  role_sequence INTEGER NOT NULL REFERENCES roles (sequence) ON DELETE CASCADE,
  PRIMARY KEY (user_sequence, role_sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_roles_by_role ON user_roles (role_sequence, user_sequence);

CREATE TABLE role_permissions (
  role_sequence INTEGER NOT NULL REFERENCES roles (sequence) ON DELETE CASCADE,
  resource_server_identifier TEXT NOT NULL REFERENCES resource_servers (identifier) ON DELETE CASCADE,
  permission_name TEXT NOT NULL,
  PRIMARY KEY (role_sequence, resource_server_identifier, permission_name)
) STRICT, WITHOUT ROWID;
CREATE INDEX role_permissions_by_resource_server ON role_permissions (resource_server_identifier);

CREATE TABLE user_permissions (
  user_sequence INTEGER NOT NULL REFERENCES users (sequence) ON DELETE CASCADE,
  resource_server_identifier TEXT NOT NULL REFERENCES resource_servers (identifier) ON DELETE CASCADE,
  permission_name TEXT NOT NULL,
  PRIMARY KEY (user_sequence, resource_server_identifier, permission_name)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_permissions_by_resource_server ON user_permissions (resource_server_identifier);

CREATE TABLE organizations (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  record TEXT NOT NULL
) STRICT;

CREATE TABLE organization_members (
  organization_sequence INTEGER NOT NULL REFERENCES organizations (sequence) ON DELETE CASCADE,
  user_sequence INTEGER NOT NULL REFERENCES users (sequence) ON DELETE CASCADE,
  PRIMARY KEY (organization_sequence, user_sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX organization_members_by_user ON organization_members (user_sequence);

CREATE TABLE organization_member_roles (
  organization_sequence INTEGER NOT NULL,
  user_sequence INTEGER NOT NULL,
  role_sequence INTEGER NOT NULL REFERENCES roles (sequence) ON DELETE CASCADE,
  PRIMARY KEY (organization_sequence, user_sequence, role_sequence),
  FOREIGN KEY (organization_sequence, user_sequence)
    REFERENCES organization_members (organization_sequence, user_sequence) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX organization_member_roles_by_role ON organization_member_roles (role_sequence);

CREATE TABLE actions (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  record TEXT NOT NULL
) STRICT;

CREATE TABLE action_versions (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  action_id TEXT NOT NULL REFERENCES actions (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  record TEXT NOT NULL,
  UNIQUE (action_id, number)
) STRICT;

CREATE TABLE bindings (
  id TEXT PRIMARY KEY,
  trigger_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  action_id TEXT NOT NULL REFERENCES actions (id) ON DELETE CASCADE,
  record TEXT NOT NULL,
  UNIQUE (trigger_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX bindings_by_action ON bindings (action_id);

CREATE TABLE executions (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  created_at TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX executions_by_time ON executions (created_at);

CREATE TABLE logs (
  sequence INTEGER PRIMARY KEY,
  log_id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  user_id TEXT,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX logs_by_type ON logs (type, log_id);
CREATE INDEX logs_by_date ON logs (json_extract(record, '$.date'), log_id);
CREATE INDEX logs_by_user ON logs (user_id, log_id) WHERE user_id IS NOT NULL;

CREATE TABLE signing_keys (
  kid TEXT PRIMARY KEY,
  created_at TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE artifacts (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  uid TEXT,
  user_code TEXT,
  grant_id TEXT,
  account_id TEXT,
  public_id TEXT,
  expires_at INTEGER,
  consumed_at INTEGER,
  payload TEXT NOT NULL,
  UNIQUE (kind, id)
) STRICT;
CREATE INDEX artifacts_by_uid ON artifacts (kind, uid) WHERE uid IS NOT NULL;
CREATE INDEX artifacts_by_user_code ON artifacts (kind, user_code) WHERE user_code IS NOT NULL;
CREATE INDEX artifacts_by_grant ON artifacts (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX artifacts_by_public_id ON artifacts (public_id) WHERE public_id IS NOT NULL;
CREATE INDEX artifacts_by_account ON artifacts (account_id) WHERE account_id IS NOT NULL;
-- A user who is created again under the same id must not get the sessions of the deleted user.
CREATE TRIGGER artifacts_go_with_user AFTER DELETE ON users BEGIN
  DELETE FROM artifacts WHERE account_id = OLD.user_id;
END;
CREATE INDEX artifacts_by_expiry ON artifacts (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- E-mails that are not sent, and jobs.
CREATE TABLE outbox (
  sequence INTEGER PRIMARY KEY,
  record TEXT NOT NULL
) STRICT;

CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  created_at TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX jobs_by_time ON jobs (created_at);

CREATE TABLE job_files (
  name TEXT PRIMARY KEY,
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  content BLOB NOT NULL
) STRICT;
CREATE INDEX job_files_by_job ON job_files (job_id);

-- The passwords with which linked database accounts still sign in.
CREATE TABLE linked_passwords (
  user_sequence INTEGER NOT NULL REFERENCES users (sequence) ON DELETE CASCADE,
  identity_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (user_sequence, identity_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE user_blocks (
  user_key TEXT NOT NULL,
  ip TEXT NOT NULL,
  identifier TEXT NOT NULL,
  failures INTEGER NOT NULL,
  failed_at INTEGER NOT NULL,
  PRIMARY KEY (user_key, ip)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_blocks_by_time ON user_blocks (failed_at);
CREATE TRIGGER user_blocks_go_with_user AFTER DELETE ON users BEGIN
  DELETE FROM user_blocks WHERE user_key = OLD.user_id;
END;
`;
