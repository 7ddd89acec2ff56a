import type { Management } from 'auth0';
import { useState } from 'react';
import { manage } from '../../management/management-api.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Empty } from '../../parts/empty.tsx';
import { Loads } from '../../parts/loads.tsx';
import { Pager } from '../../parts/pager.tsx';
import { MachineApplication } from './machine-application.tsx';

const perPage = 25;

type Api = Management.GetResourceServerResponseContent;

/** Which applications may ask an API for themselves, and for what. Those that cannot keep a secret may not. */
export function MachineApplications({ api }: { api: Api }) {
  const [page, setPage] = useState(0);
  const audience = api.identifier ?? '';
  const loaded = useLoaded(`machines ${audience} ${page}`, async (signal) => {
    const [clients, grants] = await Promise.all([
      manage.get<Management.ListClientsOffsetPaginatedResponseContent>(
        'clients',
        { page, per_page: perPage, include_totals: true, is_global: false },
        signal,
      ),
      grantsFor(audience, signal),
    ]);
    return { clients: clients.clients ?? [], total: clients.total ?? 0, grants };
  });
  return (
    <Loads of={loaded}>
      {({ clients, total, grants }) => {
        const able = clients.filter((client) => client.token_endpoint_auth_method !== 'none');
        return (
          <>
            {able.length === 0 && (
              <Empty title="No application here can keep a secret.">
                <p>Create a Machine to Machine or a Regular Web Application.</p>
              </Empty>
            )}
            <ul className="machines">
              {able.map((client) => (
                <MachineApplication
                  key={client.client_id}
                  api={api}
                  client={client}
                  grant={grants.find(({ client_id }) => client_id === client.client_id)}
                  onChange={loaded.reload}
                />
              ))}
            </ul>
            <Pager page={page} perPage={perPage} total={total} onPage={setPage} />
          </>
        );
      }}
    </Loads>
  );
}

/** Every grant for applications themselves, a hundred at a time. */
async function grantsFor(audience: string, signal: AbortSignal): Promise<Management.ClientGrantResponseContent[]> {
  const found: Management.ClientGrantResponseContent[] = [];
  let from: string | undefined;
  do {
    const query = { audience, take: 100, ...(from !== undefined && { from }) };
    const page = await manage.get<Management.ListClientGrantPaginatedResponseContent>('client-grants', query, signal);
    found.push(...(page.client_grants ?? []));
    from = page.next;
  } while (from !== undefined);
  return found.filter(({ subject_type }) => subject_type !== 'user');
}
