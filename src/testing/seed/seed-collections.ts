import type { Members, Seed } from './seed.ts';
import { without } from './seed-access.ts';
import { ACTIONS } from './seed-actions.ts';
import type { Collection, SeedApi } from './seed-api.ts';
import { assertReferencesFound, type ReferencedKind, referencedKinds, withReferences } from './seed-references.ts';

type Kind = {
  [Name in keyof Seed]-?: NonNullable<Seed[Name]> extends readonly Members[] ? Name : never;
}[keyof Seed];

const named = (path: string, fixed: readonly string[] = []): Collection => ({
  path,
  identity: 'name',
  id: 'id',
  fixed,
});

/** Collections of resources that no others refer to, except later ones here. */
export const COLLECTIONS: { readonly [Name in Kind]?: Collection } = {
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
  rateLimitPolicies: { ...named('rate-limit-policies'), identity: 'consumer_selector' },
  tokenExchangeProfiles: named('token-exchange-profiles', ['type', 'action_id']),
  userAttributeProfiles: named('user-attribute-profiles'),
  selfServiceProfiles: named('self-service-profiles'),
};

/** Collections that the references lead to. */
export const REFERENCED: Readonly<Record<ReferencedKind, Collection>> = {
  actions: ACTIONS,
  flows: named('flows'),
  flowVaultConnections: named('flows/vault/connections'),
  userAttributeProfiles: named('user-attribute-profiles'),
};

/** Members of exported resources that a tenant decides. */
const OWN = [
  'id',
  'custom_domain_id',
  'created_at',
  'updated_at',
  'submitted_at',
  'embedded_at',
  'refreshed_at',
  'fingerprint',
  'executed_at',
  'verification',
  'account_name',
  'ready',
  'channel',
  'customizable',
  'tenant',
];
/** Members of some kinds that a tenant decides. */
const OWN_OF_KIND: Readonly<Record<string, readonly string[]>> = {
  customDomains: [
    'status',
    'primary',
    'is_default',
    'origin_domain_name',
    'cname_api_key',
    'certificate',
    'verification_method',
  ],
};
/** Members that only a change may have. */
const LATER: Readonly<Record<string, readonly string[]>> = { logStreams: ['status'] };

/**
 * Creates the resources that refer to few others.
 *
 * @throws {Problem} `seed_refused`
 * @example await seedCollections(api, { logStreams: [{ name: 'Mine', type: 'http', sink }] });
 */
export async function seedCollections(api: SeedApi, seed: Seed): Promise<void> {
  for (const [kind, collection] of Object.entries(COLLECTIONS)) {
    const resources = (seed[kind as Kind] ?? []) as readonly Members[];
    if (resources.length === 0) continue;
    const ids = await referencedIds(api, kind);
    for (const resource of resources) {
      const name = String(resource[collection.identity] ?? resource.name ?? kind);
      const place = { kind, name };
      if (kind === 'customDomains' && resource.is_default === true) {
        const reason = 'A local tenant verifies no custom domain, so this one is not the default.';
        api.omissions.push({ ...place, reason });
      }
      const content = contentOf(kind, resource);
      assertReferencesFound(kind, content, (of, value) => {
        const found = ids.get(of);
        return found?.has(value) === true || [...(found?.values() ?? [])].includes(value);
      });
      const body = withReferences(kind, content, (of, value) => ids.get(of)?.get(value));
      const later = LATER[kind] ?? [];
      const created = await api.put(collection, without(body, [...later, 'customText']), place);
      const path = `${collection.path}/${encodeURIComponent(String(created?.[collection.id]))}`;
      for (const [page, texts] of created === undefined ? [] : customTextsOf(body)) {
        await api.send('PUT', `${path}/custom-text/${page}`, texts, place);
      }
      const changes = Object.fromEntries(
        later.flatMap((member) => (body[member] === undefined ? [] : [[member, body[member]]])),
      );
      if (created === undefined || Object.keys(changes).length === 0) continue;
      await api.send('PATCH', path, changes, place);
    }
  }
}

/** The texts of a self-service profile by language and page, which are settings of their own: `[['en/get-started', texts]]`. */
function customTextsOf({ customText }: Members): readonly (readonly [string, unknown])[] {
  return Object.entries((customText ?? {}) as Readonly<Record<string, Members>>).flatMap(([language, pages]) =>
    Object.entries(pages ?? {}).map(([page, texts]) => [`${language}/${page}`, texts] as const),
  );
}

/**
 * A resource of a collection without what a tenant decides.
 *
 * @example contentOf('flows', { id: 'af_1', name: 'Ask' }) // { name: 'Ask' }
 */
export function contentOf(kind: string, resource: Members): Members {
  const { action, ...rest } = without(resource, [...OWN, ...(OWN_OF_KIND[kind] ?? [])]);
  if (action === undefined) return rest;
  // The deploy CLI's name for it.
  return kind === 'tokenExchangeProfiles' ? { ...rest, action_id: action } : { ...rest, action };
}

/** The IDs by name of all resources that a kind refers to. */
async function referencedIds(
  api: SeedApi,
  kind: string,
): Promise<ReadonlyMap<ReferencedKind, ReadonlyMap<string, string>>> {
  const ids = new Map<ReferencedKind, ReadonlyMap<string, string>>();
  for (const of of referencedKinds(kind)) {
    const { identity, id, ...collection } = REFERENCED[of];
    const found = await api.list({ identity, id, ...collection });
    ids.set(of, new Map(found.map((one) => [String(one[identity]), String(one[id])])));
  }
  return ids;
}
