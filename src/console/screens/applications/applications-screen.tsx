import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Link } from '../../navigation/link.tsx';
import { setParameters, useAddress } from '../../navigation/location.ts';
import { Identifier } from '../../parts/copy-button.tsx';
import { Loads } from '../../parts/loads.tsx';
import { Pager, pageOf } from '../../parts/pager.tsx';
import { Screen } from '../../parts/screen.tsx';
import { Table } from '../../parts/table.tsx';
import { nameOfType } from './application-types.ts';
import { NewApplicationDialog } from './new-application-dialog.tsx';

const perPage = 25;

/** Applications > Applications. */
export function ApplicationsScreen() {
  const page = pageOf(useAddress());
  const [making, setMaking] = useState(false);
  const applications = useLoaded(`applications ${page}`, (signal) =>
    manage.get<Management.ListClientsOffsetPaginatedResponseContent>(
      'clients',
      { page, per_page: perPage, include_totals: true, is_global: false },
      signal,
    ),
  );
  return (
    <Screen
      title="Applications"
      introduction="What people sign in to, and programs that ask for tokens of their own."
      actions={
        <button type="button" className="primary" onClick={() => setMaking(true)}>
          Create Application
        </button>
      }
    >
      <Loads of={applications}>
        {({ clients = [], total = 0 }) => (
          <>
            <Table
              caption="Applications"
              rows={clients}
              keyOf={({ client_id = '' }) => client_id}
              columns={[
                {
                  label: 'Name',
                  cell: ({ client_id = '', name }) => (
                    <Link to={`/console/applications/${segment(client_id)}`}>{name}</Link>
                  ),
                },
                { label: 'Type', cell: ({ app_type }) => nameOfType(app_type) },
                {
                  label: 'Client ID',
                  cell: ({ client_id = '', name }) => <Identifier value={client_id} what={`client id of ${name}`} />,
                },
              ]}
            />
            <Pager
              page={page}
              perPage={perPage}
              total={total}
              onPage={(next) => setParameters({ page: String(next + 1) })}
            />
          </>
        )}
      </Loads>
      {making && <NewApplicationDialog onClose={() => setMaking(false)} />}
    </Screen>
  );
}
