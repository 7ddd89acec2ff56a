/** Action modules: code that Actions share, and the versions that Actions use. */
export const version2 = `
CREATE TABLE action_modules (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  record TEXT NOT NULL
) STRICT;

CREATE TABLE action_module_versions (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  module_id TEXT NOT NULL REFERENCES action_modules (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  record TEXT NOT NULL,
  UNIQUE (module_id, number)
) STRICT;
`;
