/** Client grants of organizations. */
export const version4 = `
CREATE TABLE organization_client_grants (
  sequence INTEGER PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  grant_id TEXT NOT NULL REFERENCES client_grants (id) ON DELETE CASCADE,
  UNIQUE (organization_id, grant_id)
) STRICT;
CREATE INDEX organization_client_grants_by_grant ON organization_client_grants (grant_id);
`;
