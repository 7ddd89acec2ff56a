import type { Management } from 'auth0';
import { segment } from '../../management/tenant-requests.ts';
import { Link } from '../../navigation/link.tsx';
import { DialogButton } from '../../parts/dialog-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { List } from '../../parts/list.tsx';
import { usePageInAddress } from '../../parts/list-page.ts';
import { Moment } from '../../parts/moment.tsx';
import { Screen } from '../../parts/screen.tsx';
import { Table } from '../../parts/table.tsx';
import { useList } from '../../parts/use-list.ts';
import { ActionState } from './action-state.tsx';
import { NewActionDialog } from './new-action-dialog.tsx';
import { nameOfTrigger } from './trigger-name.ts';

/** Actions > Library. */
export function LibraryScreen() {
  const actions = useList(usePageInAddress(), {
    path: 'actions/actions',
    includeTotals: false,
    perPage: 20,
    rows: ({ actions }: Management.ListActionsPaginatedResponseContent) => actions,
  });
  return (
    <Screen
      title="Library"
      introduction="Code that runs at a trigger, such as a login, once it is deployed and added to the flow."
      actions={
        <DialogButton label="Build Custom" look="primary" dialog={(close) => <NewActionDialog onClose={close} />} />
      }
    >
      <h2>Custom</h2>
      <List
        of={actions}
        empty={
          <Empty title="There are no Actions yet.">
            <p>Build one that assigns a role to every user who signs in, for example.</p>
          </Empty>
        }
      >
        {(rows) => (
          <Table
            caption="Custom Actions"
            rows={rows}
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
        )}
      </List>
    </Screen>
  );
}
