import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Identifier } from '../../parts/copy-button.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { RawJson } from '../../parts/raw-json.tsx';
import { Screen } from '../../parts/screen.tsx';
import { Tabs, tabsAt } from '../../parts/tabs.tsx';
import { everythingTab } from '../resources/everything-tab.ts';
import { ApplicationConnections } from './application-connections.tsx';
import { ApplicationSettings } from './application-settings.tsx';

const tabs = [
  ['settings', 'Settings'],
  ['connections', 'Connections'],
  ['raw-json', 'Raw JSON'],
] as const;

/** One application. */
export function ApplicationScreen({ id, tab }: { id: string; tab: string }) {
  const application = useLoaded(`application ${id}`, (signal) =>
    manage.get<Management.GetClientResponseContent>(`clients/${segment(id)}`, {}, signal),
  );
  const path = `/console/applications/${segment(id)}`;
  return (
    <Screen
      title={application.value?.name ?? 'Application'}
      up={{ label: 'Applications', path: '/console/applications' }}
      introduction={
        <>
          Client ID <Identifier value={id} what="Client ID" />
        </>
      }
    >
      <Tabs label="Parts of the application" tabs={[...tabsAt(path, tabs, tab), everythingTab('clients', id)]} />
      <LoadedContent of={application}>
        {(found) => {
          if (tab === 'connections') return <ApplicationConnections clientId={id} />;
          if (tab === 'raw-json') {
            return <RawJson value={{ ...found, client_secret: '…' }} label="Raw JSON of the application" />;
          }
          return <ApplicationSettings application={found} onChange={application.reload} />;
        }}
      </LoadedContent>
    </Screen>
  );
}
