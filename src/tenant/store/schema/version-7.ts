/**
 * Resources that nothing searches or joins: one table for all kinds. A record goes with its parent, which can be in any table:
 * triggers remove it.
 */
export const version7 = `
CREATE TABLE records (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  parent TEXT NOT NULL,
  id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  members TEXT NOT NULL,
  UNIQUE (kind, parent, id)
) STRICT;
CREATE INDEX records_by_parent ON records (parent) WHERE parent <> '';

CREATE TABLE record_keys (
  kind TEXT NOT NULL,
  parent TEXT NOT NULL,
  key TEXT NOT NULL,
  record INTEGER NOT NULL REFERENCES records (sequence) ON DELETE CASCADE,
  PRIMARY KEY (kind, parent, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_keys_by_record ON record_keys (record);

CREATE TRIGGER records_of_client AFTER DELETE ON clients
BEGIN DELETE FROM records WHERE parent = 'clients/' || old.client_id; END;
CREATE TRIGGER records_of_connection AFTER DELETE ON connections
BEGIN DELETE FROM records WHERE parent = 'connections/' || old.id; END;
CREATE TRIGGER records_of_organization AFTER DELETE ON organizations
BEGIN DELETE FROM records WHERE parent = 'organizations/' || old.id; END;
CREATE TRIGGER records_of_user AFTER DELETE ON users
BEGIN DELETE FROM records WHERE parent = 'users/' || old.user_id; END;
-- One level deep: '/hooks' has the id 'h', and its secrets the parent 'hooks/h'.
CREATE TRIGGER records_of_record AFTER DELETE ON records
BEGIN DELETE FROM records WHERE parent = substr(old.kind, 2) || '/' || old.id; END;
`;
