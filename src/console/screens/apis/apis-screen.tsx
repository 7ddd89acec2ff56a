import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Link } from '../../navigation/link.tsx';
import { navigate, setParameters, useAddress } from '../../navigation/location.ts';
import { TextField } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Loads } from '../../parts/loads.tsx';
import { Pager, pageOf } from '../../parts/pager.tsx';
import { Screen } from '../../parts/screen.tsx';
import { Table } from '../../parts/table.tsx';

const perPage = 25;

/** Applications > APIs. */
export function ApisScreen() {
  const page = pageOf(useAddress());
  const [making, setMaking] = useState(false);
  const apis = useLoaded(`apis ${page}`, (signal) =>
    manage.get<Management.ListResourceServerOffsetPaginatedResponseContent>(
      'resource-servers',
      { page, per_page: perPage, include_totals: true },
      signal,
    ),
  );
  return (
    <Screen
      title="APIs"
      introduction="What access tokens are for. The Management API is the one that Actions and tools ask."
      actions={
        <button type="button" className="primary" onClick={() => setMaking(true)}>
          Create API
        </button>
      }
    >
      <Loads of={apis}>
        {({ resource_servers: found = [], total = 0 }) => (
          <>
            <Table
              caption="APIs"
              rows={found}
              keyOf={({ id = '' }) => id}
              columns={[
                {
                  label: 'Name',
                  cell: ({ id = '', name, identifier, is_system }) => (
                    <>
                      <Link to={`/console/apis/${segment(id)}`}>{name || identifier}</Link>
                      {is_system && <span className="badge muted"> system API</span>}
                    </>
                  ),
                },
                { label: 'API Audience', cell: ({ identifier }) => <code>{identifier}</code> },
                { label: 'Permissions', cell: ({ scopes = [] }) => scopes.length.toLocaleString('en') },
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
      {making && <NewApiDialog onClose={() => setMaking(false)} />}
    </Screen>
  );
}

function NewApiDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [identifier, setIdentifier] = useState('');
  const create = async () => {
    const body = { name, identifier } satisfies Management.CreateResourceServerRequestContent;
    const made = await manage.post<Management.CreateResourceServerResponseContent>('resource-servers', body);
    navigate(`/console/apis/${segment(made.id ?? '')}`);
  };
  return (
    <FormDialog title="Create API" action="Create" onSubmit={create} onClose={onClose}>
      <TextField label="Name" required value={name} onChange={setName} />
      <TextField
        label="Identifier"
        hint="The audience of its tokens: an address is usual, and nobody calls it. It cannot be changed later."
        required
        value={identifier}
        onChange={setIdentifier}
      />
    </FormDialog>
  );
}
