import type { Management } from 'auth0';
import { segment } from '../../management/tenant-requests.ts';
import { Link } from '../../navigation/link.tsx';
import { setParameters, useAddress } from '../../navigation/location.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { DialogButton } from '../../parts/dialog-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { List } from '../../parts/list.tsx';
import { usePageInAddress } from '../../parts/list-page.ts';
import { Moment } from '../../parts/moment.tsx';
import { Screen } from '../../parts/screen.tsx';
import { SearchBox } from '../../parts/search-box.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { useList } from '../../parts/use-list.ts';
import { NewUserDialog } from './new-user-dialog.tsx';
import { nameOfUser, userQuery } from './user-query.ts';

/** User Management > Users: a search, and a page of its results. */
export function UsersScreen() {
  const text = useAddress().searchParams.get('search') ?? '';
  const users = useList(usePageInAddress(), {
    path: 'users',
    query: { q: text ? userQuery(text) : undefined },
    rows: ({ users }: Management.ListUsersOffsetPaginatedResponseContent) => users,
  });
  return (
    <Screen
      title="Users"
      introduction="All users who can sign in, and those who have signed in through a social provider."
      actions={
        <DialogButton label="Create User" look="primary" dialog={(close) => <NewUserDialog onClose={close} />} />
      }
    >
      <SearchBox
        label="Search for users"
        hint="The beginning of a name or an address, or a query such as email_verified:false"
        value={text}
        onSearch={(search) => setParameters({ search, page: undefined })}
      />
      <List
        of={users}
        empty={
          <Empty title={text ? `No user matches “${text}”.` : 'There are no users yet.'}>
            <p>
              {text
                ? 'Search for a shorter part of the name, or for another name.'
                : 'Create a user, or sign in to an application.'}
            </p>
          </Empty>
        }
      >
        {(rows) => <Table caption="Users" columns={columns} rows={rows} keyOf={({ user_id = '' }) => user_id} />}
      </List>
    </Screen>
  );
}

const columns: readonly Column<Management.UserResponseSchema>[] = [
  {
    label: 'Name',
    cell: (user) => (
      <div className="subject">
        <Avatar name={nameOfUser(user)} />
        <div>
          <Link to={`/console/users/${segment(user.user_id ?? '')}`}>{nameOfUser(user)}</Link>{' '}
          {user.blocked && <span className="badge bad">blocked</span>}
          {user.email !== undefined && user.email !== nameOfUser(user) && <div className="muted">{user.email}</div>}
        </div>
      </div>
    ),
  },
  { label: 'Connection', cell: ({ identities }) => identities?.map(({ connection }) => connection).join(', ') },
  { label: 'Logins', cell: ({ logins_count = 0 }) => logins_count.toLocaleString('en') },
  { label: 'Latest login', cell: ({ last_login }) => <Moment at={last_login} /> },
];
