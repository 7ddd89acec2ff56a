import type { Management } from 'auth0';
import { segment } from '../../management/tenant-requests.ts';
import { Link } from '../../navigation/link.tsx';
import { DialogButton } from '../../parts/dialog-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { List } from '../../parts/list.tsx';
import { usePageInAddress } from '../../parts/list-page.ts';
import { Screen } from '../../parts/screen.tsx';
import { Table } from '../../parts/table.tsx';
import { useList } from '../../parts/use-list.ts';
import { NewApiDialog } from './new-api-dialog.tsx';

/** Applications > APIs. */
export function ApisScreen() {
  const apis = useList(usePageInAddress(), {
    path: 'resource-servers',
    rows: ({ resource_servers }: Management.ListResourceServerOffsetPaginatedResponseContent) => resource_servers,
  });
  return (
    <Screen
      title="APIs"
      introduction="The APIs that applications get access tokens for. Actions and tools call the Management API."
      actions={<DialogButton label="Create API" look="primary" dialog={(close) => <NewApiDialog onClose={close} />} />}
    >
      <List
        of={apis}
        empty={
          <Empty title="There are no APIs yet.">
            <p>Create the API that your applications call.</p>
          </Empty>
        }
      >
        {(rows) => (
          <Table
            caption="APIs"
            rows={rows}
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
        )}
      </List>
    </Screen>
  );
}
