import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { RawJson } from '../../parts/raw-json.tsx';
import { Screen } from '../../parts/screen.tsx';
import { Tabs, tabsAt } from '../../parts/tabs.tsx';
import { everythingTab } from '../resources/everything-tab.ts';
import { UserDetails } from './user-details.tsx';
import { UserHistory } from './user-history.tsx';
import { nameOfUser } from './user-query.ts';
import { UserRoles } from './user-roles.tsx';

const tabs = [
  ['details', 'Details'],
  ['history', 'History'],
  ['raw-json', 'Raw JSON'],
  ['roles', 'Roles'],
] as const;

/** One user. */
export function UserScreen({ id, tab }: { id: string; tab: string }) {
  const user = useLoaded(`user ${id}`, (signal) =>
    manage.get<Management.GetUserResponseContent>(`users/${segment(id)}`, {}, signal),
  );
  const path = `/console/users/${segment(id)}`;
  return (
    <Screen
      title={user.value === undefined ? 'User' : nameOfUser(user.value)}
      up={{ label: 'Users', path: '/console/users' }}
      mark={user.value && <Avatar name={nameOfUser(user.value)} />}
      introduction={user.value !== undefined && user.value.email !== nameOfUser(user.value) && user.value.email}
    >
      <Tabs label="Parts of the user" tabs={[...tabsAt(path, tabs, tab), everythingTab('users', id)]} />
      <LoadedContent of={user}>
        {(found) => {
          if (tab === 'roles') return <UserRoles userId={id} />;
          if (tab === 'history') return <UserHistory userId={id} />;
          if (tab === 'raw-json') return <RawJson value={found} label="Raw JSON of the user" />;
          return <UserDetails user={found} onChange={user.reload} />;
        }}
      </LoadedContent>
    </Screen>
  );
}
