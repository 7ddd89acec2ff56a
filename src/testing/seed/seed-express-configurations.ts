import type { Members, Seed } from './seed.ts';
import { CLIENTS, reference } from './seed-access.ts';
import type { Collection, SeedApi } from './seed-api.ts';

const named = (path: string): Collection => ({ path, identity: 'name', id: 'id', fixed: [] });

/** Members of an express configuration that refer to a resource, by its name in an export and by its ID in a tenant. */
export const EXPRESS_REFERENCES: Readonly<Record<string, { readonly collection: Collection; readonly what: string }>> =
  {
    user_attribute_profile_id: { collection: named('user-attribute-profiles'), what: 'user attribute profile' },
    connection_profile_id: { collection: named('connection-profiles'), what: 'connection profile' },
    okta_oin_client_id: { collection: CLIENTS, what: 'application' },
  };

/**
 * Writes the express configurations of applications, which refer to profiles and to other applications.
 *
 * Source: `auth0-deploy-cli` 8.44.0, the handler of applications.
 *
 * @throws {Problem} `seed_refused`, `seed_reference_missing`
 * @example await seedExpressConfigurations(api, { clients: [{ name: 'Branches', express_configuration }] });
 */
export async function seedExpressConfigurations(api: SeedApi, seed: Seed): Promise<void> {
  const clients = ((seed.clients ?? []) as unknown as readonly Members[]).filter(
    ({ express_configuration: one }) => typeof one === 'object' && one !== null,
  );
  if (clients.length === 0) return;
  const ids = new Map<string, ReadonlyMap<string, string>>();
  for (const [member, { collection }] of Object.entries(EXPRESS_REFERENCES)) {
    const found = await api.list(collection);
    ids.set(member, new Map(found.map((one) => [String(one[collection.identity]), String(one[collection.id])])));
  }
  const applications = ids.get('okta_oin_client_id') ?? new Map<string, string>();
  for (const { name, express_configuration } of clients) {
    const members = Object.entries(express_configuration as Members).map(([member, value]) => {
      const referenced = EXPRESS_REFERENCES[member];
      if (referenced === undefined || typeof value !== 'string') return [member, value];
      const at = `clients "${name}"`;
      return [member, reference(ids.get(member) ?? new Map(), at, value, member, referenced.what)];
    });
    const body = { express_configuration: Object.fromEntries(members) };
    const place = { kind: 'clients', name: String(name) };
    await api.send('PATCH', `clients/${applications.get(String(name))}`, body, place);
  }
}
