import type { ManagementClient } from 'auth0';
import { GATE_NAME } from './desired-state.ts';

/**
 * Returns the sorted names of a tenant's applications that users sign in to, without machine-to-machine applications.
 *
 * @throws {ManagementError} of the `auth0` package, if the tenant refuses a call
 * @example await listApplications(management) // ['APEX', 'Portal']
 */
export async function listApplications(management: ManagementClient): Promise<string[]> {
  const names: string[] = [];
  const page = await management.clients.list({
    fields: 'name,app_type',
    include_fields: true,
    is_global: false,
    per_page: 100,
  });
  for await (const { name, app_type } of page) {
    if (name !== undefined && name !== GATE_NAME && app_type !== 'non_interactive') names.push(name);
  }
  return names.sort();
}
