import type { Members } from '../seed/seed.ts';
import { without } from '../seed/seed-access.ts';
import { ORGANIZATIONS } from '../seed/seed-organizations.ts';
import { byMember, compareTexts, type ExportContext } from './export-context.ts';
import { exportedAudience } from './exported-access.ts';

/** Exports organizations with their connections, grants and domains. */
export async function exportOrganizations(context: ExportContext): Promise<Members> {
  const { api } = context;
  const organizations: Members[] = [];
  for (const { id, ...organization } of await api.list(ORGANIZATIONS)) {
    const under = (path: string) => api.list({ ...ORGANIZATIONS, path: `organizations/${id}/${path}` });
    const connections = (await under('connections')).map(({ connection_id: _, connection, ...options }) => ({
      name: (connection as Members).name,
      ...options,
    }));
    const grants = (await under('client-grants')).flatMap(({ client_id, audience }) => {
      const name = context.clients.get(String(client_id));
      return name === undefined ? [] : [{ client_id: name, audience: exportedAudience(context, audience) }];
    });
    const domains = ((await api.find(`organizations/${id}/discovery-domains`)) ?? { domains: [] }) as {
      readonly domains: readonly Members[];
    };
    organizations.push({
      ...organization,
      connections: connections.sort(byMember('name')),
      ...(grants.length > 0 && {
        client_grants: grants.sort((one, another) =>
          compareTexts(Object.values(one).join(), Object.values(another).join()),
        ),
      }),
      ...(domains.domains.length > 0 && {
        discovery_domains: domains.domains
          .map((domain) => without(domain, ['id', 'verification_host', 'verification_txt']))
          .sort(byMember('domain')),
      }),
    });
  }
  return { organizations: organizations.sort(byMember('name')) };
}
