import type { ManagementClient } from 'auth0';
import type { Members, SeedOmission } from '../seed/seed.ts';
import { createSeedApi } from '../seed/seed-api.ts';
import { createExportContext, isEmpty } from './export-context.ts';
import { exportAccess } from './exported-access.ts';
import { exportActions } from './exported-actions.ts';
import { exportCollections } from './exported-collections.ts';
import { exportOrganizations } from './exported-organizations.ts';
import { exportSettings } from './exported-settings.ts';
import { exportTenantUsers } from './exported-tenant-users.ts';

/** The options of {@link exportTenant}. */
export interface ExportTenantOptions {
  /** Host and port of the tenant. */
  readonly domain: string;
  /** Client ID of the application that reads the tenant, which is not exported. */
  readonly ownClientId: string;
  /** Whether users are exported. */
  readonly users: boolean;
  /** Called with what is read. */
  readonly onProgress?: ((subject: string) => void) | undefined;
}

/** The configuration of a tenant, with names in place of IDs and keywords in place of secrets. */
export interface ExportedTenant {
  /** Its kinds, by their names in the deploy CLI. */
  readonly seed: Members;
  /** Absent unless users are exported. */
  readonly users?: readonly Members[];
  /** Keywords that need values when the export is a seed. */
  readonly keywords: readonly string[];
  /** Parts of the tenant that the export does not have. */
  readonly omissions: readonly SeedOmission[];
}

/**
 * Reads the configuration of a tenant through its Management API. Two tenants with the same configuration have the same export.
 *
 * @throws {Problem} `tenant_refused`
 * @throws {ManagementError} of the `auth0` package, if the tenant cannot be reached
 * @example
 * const { seed } = await exportTenant(management, { domain, ownClientId, users: false });
 */
export async function exportTenant(
  management: ManagementClient,
  { domain, ownClientId, users: withUsers, onProgress }: ExportTenantOptions,
): Promise<ExportedTenant> {
  const keywords = new Set<string>();
  const audience = `https://${domain}/api/v2/`;
  const api = createSeedApi({ fetch: (path, init) => management.fetch(new URL(path, audience), init) }, audience);
  const context = createExportContext(api, ownClientId, keywords);
  onProgress?.('settings');
  const settings = await exportSettings(context);
  onProgress?.('applications and APIs');
  const access = await exportAccess(context);
  onProgress?.('Actions');
  const actions = await exportActions(context);
  onProgress?.('further resources');
  const collections = await exportCollections(context);
  const organizations = await exportOrganizations(context);
  const users = withUsers ? await exportTenantUsers(context, management, onProgress) : undefined;
  const kinds = Object.entries({ ...settings, ...access, ...organizations, ...actions, ...collections });
  return {
    seed: Object.fromEntries(kinds.filter(([, content]) => !isEmpty(content)).sort()),
    ...(users !== undefined && { users }),
    keywords: [...keywords].sort(),
    omissions: context.omissions,
  };
}
