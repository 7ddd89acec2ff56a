/** The organization that a role belongs to. It is deleted with the organization. */
export const version8 = `
ALTER TABLE roles ADD COLUMN owner_id TEXT;
CREATE INDEX roles_by_owner ON roles (owner_id) WHERE owner_id IS NOT NULL;
CREATE TRIGGER roles_of_organization AFTER DELETE ON organizations
BEGIN DELETE FROM roles WHERE owner_id = old.id; END;
`;
