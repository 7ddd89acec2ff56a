import type { Management } from 'auth0';
import { segment } from '../../management/tenant-requests.ts';
import { Link } from '../../navigation/link.tsx';
import { setParameters, useAddress } from '../../navigation/location.ts';
import { Identifier } from '../../parts/copy-button.tsx';
import { DialogButton } from '../../parts/dialog-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { List } from '../../parts/list.tsx';
import { usePageInAddress } from '../../parts/list-page.ts';
import { Screen } from '../../parts/screen.tsx';
import { SearchBox } from '../../parts/search-box.tsx';
import { Table } from '../../parts/table.tsx';
import { useList } from '../../parts/use-list.ts';
import { NewRoleDialog } from './new-role-dialog.tsx';

/** User Management > Roles. */
export function RolesScreen() {
  const text = useAddress().searchParams.get('search') ?? '';
  const roles = useList(usePageInAddress(), {
    path: 'roles',
    query: { name_filter: text || undefined },
    rows: ({ roles }: Management.ListRolesOffsetPaginatedResponseContent) => roles,
  });
  return (
    <Screen
      title="Roles"
      introduction="A role stands for what its users may do. Actions assign roles and put them into tokens."
      actions={
        <DialogButton label="Create Role" look="primary" dialog={(close) => <NewRoleDialog onClose={close} />} />
      }
    >
      <SearchBox
        label="Part of a role's name"
        value={text}
        onSearch={(search) => setParameters({ search, page: undefined })}
      />
      <List
        of={roles}
        empty={
          <Empty title={text ? `No role matches “${text}”.` : 'There are no roles yet.'}>
            <p>Create a role, such as one for every user who signs in.</p>
          </Empty>
        }
      >
        {(rows) => (
          <Table
            caption="Roles"
            rows={rows}
            keyOf={({ id = '' }) => id}
            columns={[
              { label: 'Name', cell: ({ id = '', name }) => <Link to={`/console/roles/${segment(id)}`}>{name}</Link> },
              { label: 'Description', cell: ({ description }) => description },
              { label: 'Role id', cell: ({ id = '', name }) => <Identifier value={id} what={`id of ${name}`} /> },
            ]}
          />
        )}
      </List>
    </Screen>
  );
}
