import type { Members, Seed } from './seed.ts';
import { CLIENTS, CONNECTIONS, reference, without } from './seed-access.ts';
import type { Collection, SeedApi } from './seed-api.ts';

export const ORGANIZATIONS: Collection = { path: 'organizations', identity: 'name', id: 'id', fixed: [] };

/**
 * Creates organizations with their connections, grants, domains and applications.
 *
 * @throws {Problem} `seed_refused`, `seed_reference_missing`
 * @example await seedOrganizations(api, { organizations: [{ name: 'acme' }] });
 */
export async function seedOrganizations(api: SeedApi, seed: Seed): Promise<void> {
  const organizations = seed.organizations ?? [];
  if (organizations.length === 0) return;
  const connections = new Map((await api.list(CONNECTIONS)).map(({ name, id }) => [String(name), String(id)]));
  const clients = new Map((await api.list(CLIENTS)).map(({ name, client_id }) => [String(name), String(client_id)]));
  for (const {
    connections: enabled,
    client_grants,
    discovery_domains,
    clients: entitled,
    ...organization
  } of organizations) {
    const place = { kind: 'organizations', name: organization.name };
    const created = await api.put(ORGANIZATIONS, without(organization, ['id']), place);
    if (created === undefined) continue;
    for (const { name, ...options } of enabled ?? []) {
      const connection_id = reference(
        connections,
        `organizations "${organization.name}"`,
        name,
        'connections',
        'connection',
      );
      await ignoringConflict(() =>
        api.send('POST', `organizations/${created.id}/connections`, { connection_id, ...options }, place),
      );
    }
    for (const { client_id, audience } of (client_grants ?? []) as { client_id: string; audience?: string }[]) {
      const id = reference(clients, `organizations "${organization.name}"`, client_id, 'client_grants', 'application');
      const grants = await api.list({ ...ORGANIZATIONS, path: 'client-grants' });
      for (const grant of grants.filter((one) => one.client_id === id && (audience ?? one.audience) === one.audience)) {
        const body = { grant_id: grant.id };
        await ignoringConflict(() => api.send('POST', `organizations/${created.id}/client-grants`, body, place));
      }
    }
    for (const domain of (discovery_domains ?? []) as Members[]) {
      const body = without(domain, ['id', 'verification_host', 'verification_txt']);
      await ignoringConflict(() => api.send('POST', `organizations/${created.id}/discovery-domains`, body, place));
    }
    for (const { client_id: name, use_for_member_access } of entitled ?? []) {
      const client_id = reference(clients, `organizations "${organization.name}"`, name, 'clients', 'application');
      const body = { clients: [{ client_id, use_for_member_access }] };
      await api.send('POST', `organizations/${created.id}/clients`, body, place);
    }
  }
}

/** Ignores that a second seed says again what is there. */
async function ignoringConflict(send: () => Promise<unknown>): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!(error instanceof Error) || !/already|exists/i.test(error.message)) throw error;
  }
}
