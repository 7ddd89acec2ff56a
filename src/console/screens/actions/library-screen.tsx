import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Link } from '../../navigation/link.tsx';
import { setParameters, useAddress } from '../../navigation/location.ts';
import { Empty } from '../../parts/empty.tsx';
import { Loads } from '../../parts/loads.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Pager, pageOf } from '../../parts/pager.tsx';
import { Screen } from '../../parts/screen.tsx';
import { Table } from '../../parts/table.tsx';
import { ActionState } from './action-state.tsx';
import { NewActionDialog } from './new-action-dialog.tsx';
import { nameOfTrigger } from './triggers.ts';

const perPage = 20;

/** Actions > Library. */
export function LibraryScreen() {
  const page = pageOf(useAddress());
  const [making, setMaking] = useState(false);
  const actions = useLoaded(`actions ${page}`, (signal) =>
    manage.get<Management.ListActionsPaginatedResponseContent>('actions/actions', { page, per_page: perPage }, signal),
  );
  return (
    <Screen
      title="Library"
      introduction="Code that runs in a login or at another trigger, once it is deployed and put into the flow."
      actions={
        <button type="button" className="primary" onClick={() => setMaking(true)}>
          Build Custom
        </button>
      }
    >
      <h2>Custom</h2>
      <Loads of={actions}>
        {({ actions: found = [], total = 0 }) =>
          found.length === 0 && page === 0 ? (
            <Empty title="There is no Action yet.">
              <p>Build one: it could give everybody a role who signs in.</p>
            </Empty>
          ) : (
            <>
              <Table
                caption="Custom Actions"
                rows={found}
                keyOf={({ id = '' }) => id}
                columns={[
                  {
                    label: 'Name',
                    cell: ({ id = '', name }) => <Link to={`/console/actions/library/${segment(id)}`}>{name}</Link>,
                  },
                  {
                    label: 'Trigger',
                    cell: ({ supported_triggers = [] }) => supported_triggers.map(({ id }) => nameOfTrigger(id)).join(),
                  },
                  { label: 'State', cell: (action) => <ActionState action={action} /> },
                  { label: 'Changed', cell: ({ updated_at }) => <Moment at={updated_at} /> },
                ]}
              />
              <Pager
                page={page}
                perPage={perPage}
                total={total}
                onPage={(next) => setParameters({ page: String(next + 1) })}
              />
            </>
          )
        }
      </Loads>
      {making && <NewActionDialog onClose={() => setMaking(false)} />}
    </Screen>
  );
}
