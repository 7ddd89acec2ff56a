import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Identifier } from '../../parts/copy-button.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { Screen } from '../../parts/screen.tsx';
import { Tabs, tabsAt } from '../../parts/tabs.tsx';
import { everythingTab } from '../resources/everything-tab.ts';
import { ApiPermissions } from './api-permissions.tsx';
import { ApiSettings } from './api-settings.tsx';
import { MachineApplications } from './machine-applications.tsx';

const tabs = [
  ['settings', 'Settings'],
  ['permissions', 'Permissions'],
  ['machine-to-machine', 'Machine To Machine Applications'],
] as const;

/** One API. */
export function ApiScreen({ id, tab }: { id: string; tab: string }) {
  const api = useLoaded(`api ${id}`, (signal) =>
    manage.get<Management.GetResourceServerResponseContent>(`resource-servers/${segment(id)}`, {}, signal),
  );
  const path = `/console/apis/${segment(id)}`;
  return (
    <Screen
      title={api.value?.name || api.value?.identifier || 'API'}
      up={{ label: 'APIs', path: '/console/apis' }}
      introduction={
        api.value?.identifier && (
          <>
            Identifier <Identifier value={api.value.identifier} what="identifier" />
          </>
        )
      }
    >
      <Tabs label="Parts of the API" tabs={[...tabsAt(path, tabs, tab), everythingTab('resource-servers', id)]} />
      <LoadedContent of={api}>
        {(found) => {
          if (tab === 'permissions') return <ApiPermissions api={found} onChange={api.reload} />;
          if (tab === 'machine-to-machine') return <MachineApplications api={found} />;
          return <ApiSettings api={found} onChange={api.reload} />;
        }}
      </LoadedContent>
    </Screen>
  );
}
