import type { Database } from '../../database.ts';
import type { Page, Paging } from '../../paging.ts';
import type { ClientGrantRecord } from '../applications/client-grant-repository.ts';
import type { OrganizationRecord } from './organization-repository.ts';

export interface OrganizationGrantRepository {
  /** In the order in which they were added. */
  list(organizationId: string): ClientGrantRecord[];
  organizations(grantId: string, paging: Paging): Page<OrganizationRecord>;
  add(organizationId: string, grantId: string): void;
  remove(organizationId: string, grantId: string): boolean;
}

/** The client grants of each organization. */
export function createOrganizationGrantRepository(database: Database): OrganizationGrantRepository {
  return {
    list: (organizationId) =>
      database
        .all(
          `SELECT client_grants.record FROM organization_client_grants AS added
           JOIN client_grants ON client_grants.id = added.grant_id
           WHERE added.organization_id = ? ORDER BY added.sequence`,
          organizationId,
        )
        .map((row) => JSON.parse(String(row.record)) as ClientGrantRecord),
    organizations: (grantId, paging) =>
      database.page(
        {
          select: 'organizations.record',
          from: `organization_client_grants AS added JOIN organizations ON organizations.id = added.organization_id
            WHERE added.grant_id = ?`,
          key: 'added.sequence',
          values: [grantId],
        },
        paging,
        (row) => JSON.parse(String(row.record)),
      ),
    add(organizationId, grantId) {
      database.run(
        'INSERT INTO organization_client_grants (organization_id, grant_id) VALUES (?, ?)',
        organizationId,
        grantId,
      );
    },
    remove: (organizationId, grantId) =>
      database.run(
        'DELETE FROM organization_client_grants WHERE organization_id = ? AND grant_id = ?',
        organizationId,
        grantId,
      ) > 0,
  };
}
