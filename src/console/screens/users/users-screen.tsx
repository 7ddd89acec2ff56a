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
import { SearchBox } from '../../parts/search-box.tsx';
import { Table } from '../../parts/table.tsx';
import { NewUserDialog } from './new-user-dialog.tsx';
import { nameOfUser, userQuery } from './user-query.ts';

const perPage = 25;

type User = Management.UserResponseSchema;

/** User Management > Users: a search, and a page of those whom it found. */
export function UsersScreen() {
  const address = useAddress();
  const [making, setMaking] = useState(false);
  const page = pageOf(address);
  const text = address.searchParams.get('search') ?? '';
  const users = useLoaded(`users ${page} ${text}`, (signal) => {
    const query = { page, per_page: perPage, include_totals: true, ...(text && { q: userQuery(text) }) };
    return manage.get<Management.ListUsersOffsetPaginatedResponseContent>('users', query, signal);
  });
  return (
    <Screen
      title="Users"
      introduction="Everybody who may sign in, and everybody who has come from a social provider."
      actions={
        <button type="button" className="primary" onClick={() => setMaking(true)}>
          Create User
        </button>
      }
    >
      <SearchBox
        key={text}
        label="Search for users"
        hint="The beginning of a name or an address, or a query such as email_verified:false"
        value={text}
        onSearch={(search) => setParameters({ search, page: undefined })}
      />
      <Loads of={users}>
        {({ users: found = [], total = 0 }) =>
          total === 0 ? (
            <Empty title={text ? `Nobody is found by “${text}”.` : 'There is nobody yet.'}>
              <p>
                {text ? 'Search for less of the name, or for another.' : 'Create a user, or sign in to an application.'}
              </p>
            </Empty>
          ) : (
            <>
              <Table caption="Users" columns={columns} rows={found} keyOf={({ user_id }) => user_id ?? ''} />
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
      {making && <NewUserDialog onClose={() => setMaking(false)} />}
    </Screen>
  );
}

const columns = [
  {
    label: 'Name',
    cell: (user: User) => (
      <>
        <Link to={`/console/users/${segment(user.user_id ?? '')}`}>{nameOfUser(user)}</Link>
        {user.blocked && <span className="badge bad"> blocked</span>}
        {user.email !== undefined && user.email !== nameOfUser(user) && <div className="muted">{user.email}</div>}
      </>
    ),
  },
  { label: 'Connection', cell: (user: User) => user.identities?.map(({ connection }) => connection).join(', ') },
  { label: 'Logins', cell: (user: User) => (user.logins_count ?? 0).toLocaleString('en') },
  { label: 'Latest login', cell: (user: User) => <Moment at={user.last_login} /> },
];
