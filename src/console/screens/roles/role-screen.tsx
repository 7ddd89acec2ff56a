import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Identifier } from '../../parts/copy-button.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { Screen } from '../../parts/screen.tsx';
import { Tabs, tabsAt } from '../../parts/tabs.tsx';
import { everythingTab } from '../resources/everything-tab.ts';
import { RoleMembers } from './role-members.tsx';
import { RolePermissions } from './role-permissions.tsx';
import { RoleSettings } from './role-settings.tsx';

const tabs = [
  ['settings', 'Settings'],
  ['permissions', 'Permissions'],
  ['users', 'Users'],
] as const;

/** One role. */
export function RoleScreen({ id, tab }: { id: string; tab: string }) {
  const role = useLoaded(`role ${id}`, (signal) =>
    manage.get<Management.GetRoleResponseContent>(`roles/${segment(id)}`, {}, signal),
  );
  const path = `/console/roles/${segment(id)}`;
  return (
    <Screen
      title={role.value?.name ?? 'Role'}
      up={{ label: 'Roles', path: '/console/roles' }}
      introduction={
        <>
          Role id <Identifier value={id} what="role id" />
        </>
      }
    >
      <Tabs label="Parts of the role" tabs={[...tabsAt(path, tabs, tab), everythingTab('roles', id)]} />
      <LoadedContent of={role}>
        {(found) => {
          if (tab === 'permissions') return <RolePermissions roleId={id} />;
          if (tab === 'users') return <RoleMembers roleId={id} roleName={found.name ?? ''} />;
          return <RoleSettings role={found} onChange={role.reload} />;
        }}
      </LoadedContent>
    </Screen>
  );
}
