import type { Seed } from './seed.ts';
import { seedAccess } from './seed-access.ts';
import { seedActions } from './seed-actions.ts';
import type { SeedApi } from './seed-api.ts';
import { seedCollections } from './seed-collections.ts';
import { seedExpressConfigurations } from './seed-express-configurations.ts';
import { OBSOLETE_KINDS } from './seed-kinds.ts';
import { seedOrganizations } from './seed-organizations.ts';
import { seedSettings } from './seed-settings.ts';
import { seedUsers } from './seed-users.ts';

/**
 * Puts a seed on a tenant through its Management API: what others refer to comes first. Existing resources are changed, and
 * none is deleted.
 *
 * @throws {Problem} `seed_refused`, `seed_reference_missing`
 * @example
 * await applySeed(api, readSeed('./auth0', folder, mappings));
 */
export async function applySeed(api: SeedApi, seed: Seed): Promise<void> {
  for (const [kind, content] of Object.entries(seed)) {
    const reason = OBSOLETE_KINDS[kind];
    const isEmpty = Array.isArray(content) && content.length === 0;
    if (reason !== undefined && content && !isEmpty) api.omissions.push({ kind, reason });
  }
  await seedAccess(api, seed);
  await seedActions(api, seed);
  await seedCollections(api, seed);
  await seedExpressConfigurations(api, seed);
  await seedOrganizations(api, seed);
  await seedSettings(api, seed);
  await seedUsers(api, seed.users ?? []);
}
