import type { Management } from 'auth0';
import { segment } from '../../management/tenant-requests.ts';
import { Link } from '../../navigation/link.tsx';
import { Identifier } from '../../parts/copy-button.tsx';
import { DialogButton } from '../../parts/dialog-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Icon } from '../../parts/icon.tsx';
import { List } from '../../parts/list.tsx';
import { usePageInAddress } from '../../parts/list-page.ts';
import { Screen } from '../../parts/screen.tsx';
import { Table } from '../../parts/table.tsx';
import { useList } from '../../parts/use-list.ts';
import { iconOfType } from './application-icon.ts';
import { nameOfType } from './application-types.ts';
import { NewApplicationDialog } from './new-application-dialog.tsx';

/** Applications > Applications. */
export function ApplicationsScreen() {
  const applications = useList(usePageInAddress(), {
    path: 'clients',
    query: { is_global: false },
    rows: ({ clients }: Management.ListClientsOffsetPaginatedResponseContent) => clients,
  });
  return (
    <Screen
      title="Applications"
      introduction="Applications that users sign in to, and programs that request tokens for themselves."
      actions={
        <DialogButton
          label="Create Application"
          look="primary"
          dialog={(close) => <NewApplicationDialog onClose={close} />}
        />
      }
    >
      <List
        of={applications}
        empty={
          <Empty title="There are no applications yet.">
            <p>Create the application that users sign in to.</p>
          </Empty>
        }
      >
        {(rows) => (
          <Table
            caption="Applications"
            rows={rows}
            keyOf={({ client_id = '' }) => client_id}
            columns={[
              {
                label: 'Name',
                cell: ({ client_id = '', name, app_type }) => (
                  <div className="subject">
                    <span className="mark">
                      <Icon of={iconOfType(app_type)} />
                    </span>
                    <Link to={`/console/applications/${segment(client_id)}`}>{name}</Link>
                  </div>
                ),
              },
              { label: 'Type', cell: ({ app_type }) => nameOfType(app_type) },
              {
                label: 'Client ID',
                cell: ({ client_id = '', name }) => <Identifier value={client_id} what={`client id of ${name}`} />,
              },
            ]}
          />
        )}
      </List>
    </Screen>
  );
}
