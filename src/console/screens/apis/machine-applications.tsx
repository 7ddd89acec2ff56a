import type { Management } from 'auth0';
import { manage } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Empty } from '../../parts/empty.tsx';
import { List } from '../../parts/list.tsx';
import { usePageInComponent } from '../../parts/list-page.ts';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { useList } from '../../parts/use-list.ts';
import { MachineApplication } from './machine-application.tsx';

type Api = Management.GetResourceServerResponseContent;
type Grant = Management.ClientGrantResponseContent;

/** The applications that can be authorized for an API. Public clients are left out: they cannot keep a secret. */
export function MachineApplications({ api }: { api: Api }) {
  const audience = api.identifier ?? '';
  const clients = useList(usePageInComponent(), {
    path: 'clients',
    query: { is_global: false },
    rows: ({ clients }: Management.ListClientsOffsetPaginatedResponseContent) => clients,
  });
  const grants = useLoaded(`grants for ${audience}`, (signal) => grantsFor(audience, signal));
  const reload = () => {
    clients.reload();
    grants.reload();
  };
  const none = (
    <Empty title="No application on this page can keep a secret.">
      <p>Create a Machine to Machine or a Regular Web Application.</p>
    </Empty>
  );
  return (
    <LoadedContent of={grants}>
      {(granted) => (
        <List of={clients} empty={none}>
          {(rows) => {
            const able = rows.filter((client) => client.token_endpoint_auth_method !== 'none');
            return (
              <>
                {able.length === 0 && none}
                <ul className="machines">
                  {able.map((client) => (
                    <MachineApplication
                      key={client.client_id}
                      api={api}
                      client={client}
                      grant={granted.find(({ client_id }) => client_id === client.client_id)}
                      onChange={reload}
                    />
                  ))}
                </ul>
              </>
            );
          }}
        </List>
      )}
    </LoadedContent>
  );
}

/** All client grants for an audience, except those for users. Reads 100 at a time. */
async function grantsFor(audience: string, signal: AbortSignal): Promise<Grant[]> {
  const found: Grant[] = [];
  let from: string | undefined;
  do {
    const query = { audience, take: 100, ...(from !== undefined && { from }) };
    const page = await manage.get<Management.ListClientGrantPaginatedResponseContent>('client-grants', query, signal);
    found.push(...(page.client_grants ?? []));
    from = page.next;
  } while (from !== undefined);
  return found.filter(({ subject_type }) => subject_type !== 'user');
}
