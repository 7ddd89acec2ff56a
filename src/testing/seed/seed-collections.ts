import type { Members, Seed } from './seed.ts';
import { without } from './seed-access.ts';
import type { Collection, SeedApi } from './seed-api.ts';

type Kind = {
  [Name in keyof Seed]-?: NonNullable<Seed[Name]> extends readonly Members[] ? Name : never;
}[keyof Seed];

const named = (path: string, fixed: readonly string[] = []): Collection => ({
  path,
  identity: 'name',
  id: 'id',
  fixed,
});

/** Collections whose resources refer to no others. */
const COLLECTIONS: { readonly [Name in Kind]?: Collection } = {
  connectionProfiles: named('connection-profiles'),
  customDomains: { ...named('custom-domains', ['domain', 'type']), identity: 'domain', id: 'custom_domain_id' },
  eventStreams: named('event-streams', ['destination']),
  flowVaultConnections: named('flows/vault/connections', ['app_id']),
  flows: named('flows'),
  forms: named('forms'),
  logStreams: named('log-streams', ['type']),
  networkACLs: { ...named('network-acls'), identity: 'description' },
  phoneProviders: named('branding/phone/providers'),
  phoneTemplates: { ...named('branding/phone/templates', ['type']), identity: 'type' },
  rateLimitPolicies: named('rate-limit-policies'),
  selfServiceProfiles: named('self-service-profiles'),
  themes: { ...named('branding/themes'), identity: 'displayName', id: 'themeId' },
  tokenExchangeProfiles: named('token-exchange-profiles', ['type', 'action_id']),
  userAttributeProfiles: named('user-attribute-profiles'),
};

/** Members of exported resources that a tenant decides. */
const OWN = [
  'id',
  'themeId',
  'custom_domain_id',
  'created_at',
  'updated_at',
  'status',
  'verification',
  'account_name',
  'ready',
];

/**
 * Creates the resources that refer to no others.
 *
 * @throws {Problem} `seed_refused`
 * @example await seedCollections(api, { logStreams: [{ name: 'Mine', type: 'http', sink }] });
 */
export async function seedCollections(api: SeedApi, seed: Seed): Promise<void> {
  for (const [kind, collection] of Object.entries(COLLECTIONS)) {
    for (const resource of (seed[kind as Kind] ?? []) as readonly Members[]) {
      const name = String(resource[collection.identity] ?? resource.name ?? kind);
      await api.put(collection, without(resource, OWN), { kind, name });
    }
  }
}
