import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { useTask } from '../../management/use-task.ts';
import { Checkbox } from '../../parts/field.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { Table } from '../../parts/table.tsx';

type Connection = Management.ConnectionForList & { readonly enabled_clients?: readonly string[] };

/** The connections that are enabled for an application. */
export function ApplicationConnections({ clientId }: { clientId: string }) {
  const connections = useLoaded(`connections for ${clientId}`, (signal) =>
    manage.get<Connection[]>('connections', { per_page: 100 }, signal),
  );
  const change = useTask(async (id: string, status: boolean) => {
    await manage.patch(`connections/${segment(id)}/clients`, [
      { client_id: clientId, status },
    ] satisfies Management.UpdateEnabledClientConnectionsRequestContent);
    connections.reload();
  });
  return (
    <>
      <ProblemNotice error={change.error} />
      <LoadedContent of={connections}>
        {(found) => (
          <Table
            caption="Connections"
            rows={found}
            keyOf={({ id = '' }) => id}
            columns={[
              { label: 'Connection', cell: ({ name }) => name },
              { label: 'Strategy', cell: ({ strategy }) => strategy },
              {
                label: 'Users can sign in with it',
                cell: ({ id = '', name, enabled_clients = [] }) => (
                  <Checkbox
                    checked={enabled_clients.includes(clientId)}
                    disabled={change.busy}
                    onChange={(yes) => void change.run(id, yes)}
                  >
                    <span className="unseen">{name}: </span>enabled
                  </Checkbox>
                ),
              },
            ]}
          />
        )}
      </LoadedContent>
    </>
  );
}
