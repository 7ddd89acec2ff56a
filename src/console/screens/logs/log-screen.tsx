import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Link } from '../../navigation/link.tsx';
import { pageSettings } from '../../page-settings.ts';
import { Facts } from '../../parts/facts.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { Moment } from '../../parts/moment.tsx';
import { RawJson } from '../../parts/raw-json.tsx';
import { Screen } from '../../parts/screen.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { ActionDetails } from './action-details.tsx';
import { isTrouble, nameOfLogType } from './log-type.ts';

const tabs = [
  ['details', 'Details'],
  ['action-details', 'Action Details'],
  ['raw-json', 'Raw JSON'],
] as const;

/** A log entry. */
export function LogScreen({ id, tab }: { id: string; tab: string }) {
  const entry = useLoaded(`log ${id}`, (signal) => manage.get<Management.Log>(`logs/${segment(id)}`, {}, signal));
  const path = `/console/logs/${segment(id)}`;
  return (
    <Screen
      title={entry.value === undefined ? 'Log entry' : nameOfLogType(entry.value.type ?? '')}
      up={{ label: 'Logs', path: '/console/logs' }}
    >
      <Tabs
        label="Parts of the entry"
        tabs={tabs.map(([name, label]) => ({
          label,
          path: name === 'details' ? path : `${path}/${name}`,
          current: name === tab,
        }))}
      />
      <LoadedContent of={entry}>
        {(found) => {
          if (tab === 'action-details') return <ActionDetails entry={found} />;
          if (tab === 'raw-json') return <RawJson value={found} label="Raw JSON of the entry" />;
          return <LogDetails entry={found} />;
        }}
      </LoadedContent>
    </Screen>
  );
}

function LogDetails({ entry }: { entry: Management.Log }) {
  const { type = '', user_id, client_id } = entry;
  return (
    <Facts
      facts={[
        [
          'Type',
          <span key="type" className={isTrouble(type) ? 'bad' : ''}>
            {nameOfLogType(type)} (<code>{type}</code>)
          </span>,
        ],
        ['Description', entry.description],
        ['Date', <Moment key="date" at={entry.date} />],
        [
          'User',
          user_id && (
            <Link key="user" to={`/console/users/${segment(user_id)}`}>
              {entry.user_name || user_id}
            </Link>
          ),
        ],
        [
          'Logins',
          user_id && pageSettings.documents.includes('logins') ? (
            <Link key="logins" to={`/console/try?search=${segment(user_id)}`}>
              Logins of this user
            </Link>
          ) : undefined,
        ],
        [
          'Application',
          client_id && (
            <Link key="client" to={`/console/applications/${segment(client_id)}`}>
              {entry.client_name || client_id}
            </Link>
          ),
        ],
        ['Connection', entry.connection],
        ['IP address', entry.ip],
        ['Domain', entry.hostname],
        ['Browser', entry.user_agent],
        ['Audience', entry.audience],
        ['Scope', Array.isArray(entry.scope) ? entry.scope.join(' ') : entry.scope],
      ]}
    />
  );
}
