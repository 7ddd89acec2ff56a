import type { FirstApplication } from '../tenant/seed-tenant.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { ManagementAccess } from './management-access.ts';
import { applySeed } from './seed/apply-seed.ts';
import { checkSeed } from './seed/check-seed.ts';
import type { Seed, SeedOmission, SeedSource, SeedUser } from './seed/seed.ts';
import { createSeedApi } from './seed/seed-api.ts';
import { keywordMappings } from './seed/seed-keywords.ts';
import type { PolicySource } from './test-policy.ts';

export interface SeedOptions {
  readonly seed?: SeedSource | readonly SeedSource[];
  readonly users?: readonly SeedUser[];
  readonly policy?: PolicySource;
  readonly keywords?: Readonly<Record<string, unknown>>;
  /** For relative paths. */
  readonly folder: string;
  /** Variables, for the keywords of the deploy CLI. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Seeds that have been read, and can be put on a tenant. */
export interface PreparedSeeds {
  readonly seeds: readonly Seed[];
  /** The application of a tenant for tests, if the seeds have none. */
  readonly application?: FirstApplication;
  /** @throws {Problem} `seed_refused`, `seed_reference_missing` */
  put(tenant: Tenant, management: ManagementAccess): Promise<readonly SeedOmission[]>;
}

/** The application of a tenant whose seed has none. */
const TEST_APPLICATION: FirstApplication = {
  name: 'Test Application',
  callbacks: ['http://localhost:3000/callback', 'http://localhost:3000/auth/callback'],
  logoutUrls: ['http://localhost:3000'],
};

/**
 * Reads seeds and a policy before a tenant is started, so that a mistake in them is found at once.
 *
 * @throws {Problem} `seed_unreadable`, `seed_invalid`, `seed_keyword_missing`, or of the policy
 * @example
 * const seeds = await prepareSeeds({ seed: './auth0', folder: process.cwd(), environment: process.env });
 * const omissions = await seeds.put(tenant, management);
 */
export async function prepareSeeds(options: SeedOptions): Promise<PreparedSeeds> {
  const { folder } = options;
  const keywords = options.keywords ?? keywordMappings(options.environment);
  const sources = [options.seed ?? []].flat() as readonly SeedSource[];
  const unread: SeedOmission[] = [];
  const read = async (source: SeedSource) => {
    if (typeof source !== 'string') return checkSeed(source, 'The seed', undefined);
    // The reader of YAML is loaded only for a seed in a file.
    const { readSeed } = await import('./seed/read-seed.ts');
    return readSeed(source, folder, keywords, (omission) => unread.push(omission));
  };
  const seeds = await Promise.all(sources.map(read));
  if (options.users !== undefined) seeds.push(await read({ users: options.users }));
  // A start without a policy does not load what deploys one.
  const policy =
    options.policy === undefined
      ? undefined
      : await (await import('./test-policy.ts')).readPolicy(options.policy, folder);
  if (policy !== undefined) seeds.unshift(policy.missingApplications(seeds));
  const hasApplication = seeds.some(({ clients = [] }) => clients.length > 0);
  return {
    seeds,
    ...(!hasApplication && { application: TEST_APPLICATION }),
    async put(tenant, management) {
      const api = createSeedApi(management, tenant.management.audience);
      for (const seed of seeds) await applySeed(api, seed);
      if (policy !== undefined) await policy.put(management.client(), tenant.domain, tenant.loopbackUrl);
      return [...unread, ...api.omissions];
    },
  };
}
