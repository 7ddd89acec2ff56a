import type { Members } from '../seed/seed.ts';
import { without } from '../seed/seed-access.ts';
import { ORGANIZATIONS } from '../seed/seed-organizations.ts';
import { byMember, compareTexts, type ExportContext } from './export-context.ts';
import { exportedAudience } from './exported-access.ts';

/** Exports organizations with their connections, grants, domains and applications. */
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
    const clients = (await applicationsOf(context, String(id))).flatMap(({ client_id, use_for_member_access }) => {
      const name = context.clients.get(String(client_id));
      return name === undefined ? [] : [{ client_id: name, use_for_member_access }];
    });
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
      ...(clients.length > 0 && { clients: clients.sort(byMember('client_id')) }),
    });
  }
  return { organizations: organizations.sort(byMember('name')) };
}

/** The list is read by checkpoint alone, and a tenant may not have it. */
async function applicationsOf({ api }: ExportContext, organization: string): Promise<readonly Members[]> {
  const found: Members[] = [];
  for (let from: unknown = ''; typeof from === 'string'; ) {
    const position = from === '' ? '' : `&from=${encodeURIComponent(from)}`;
    const path = `organizations/${organization}/clients?take=100${position}`;
    const answer = (await api.find(path)) as Members | undefined;
    found.push(...((answer?.clients ?? []) as readonly Members[]));
    from = answer?.next;
  }
  return found;
}
