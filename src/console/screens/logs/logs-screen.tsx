import type { Management } from 'auth0';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { manage } from '../../management/tenant-requests.ts';
import { setParameters, useAddress } from '../../navigation/location.ts';
import { Empty } from '../../parts/empty.tsx';
import { Checkbox, Select } from '../../parts/field.tsx';
import { List } from '../../parts/list.tsx';
import { usePageInAddress } from '../../parts/list-page.ts';
import { Screen } from '../../parts/screen.tsx';
import { SearchBox } from '../../parts/search-box.tsx';
import { useList } from '../../parts/use-list.ts';
import { logGroups, logQuery } from './log-query.ts';
import { LogTable } from './log-table.tsx';

const lookMs = 2000;

/** Monitoring > Logs: the latest first, and new ones as they come. */
export function LogsScreen() {
  const address = useAddress();
  const [live, setLive] = useState(true);
  /** The latest entry that a look has found, whether the list shows it or not. */
  const seen = useRef<string>(undefined);
  const paging = usePageInAddress();
  const { page } = paging;
  const text = address.searchParams.get('search') ?? '';
  const group = address.searchParams.get('type') ?? '';
  const q = logQuery(text, group);
  const logs = useList(paging, {
    path: 'logs',
    query: { q: q || undefined },
    rows: ({ logs }: Management.ListLogOffsetPaginatedResponseContent) => logs,
  });
  const newest = logs.value?.rows[0]?.log_id;
  /** A search through a long log is not made again and again, and the list is read anew only where something is new. */
  const look = useEffectEvent(async () => {
    if (document.visibilityState !== 'visible' || page > 0 || text !== '' || logs.loading) return;
    const behind = { take: 1, ...(newest !== undefined && { from: seen.current ?? newest }) };
    const [next] = await manage.get<Management.Log[]>('logs', behind);
    if (next === undefined) return;
    seen.current = next.log_id;
    logs.reload();
  });
  useEffect(() => {
    if (!live) return;
    // While nothing answers there is nothing to tell; the shell says that.
    const timer = setInterval(() => void look().catch(() => undefined), lookMs);
    return () => clearInterval(timer);
  }, [live]);
  return (
    <Screen title="Logs" introduction="What happened on this tenant: logins, exchanges of tokens, changes.">
      <SearchBox
        label="Search the log"
        hint="The beginning of a user's or an application's name, or a query such as type:f"
        value={text}
        onSearch={(search) => setParameters({ search, page: undefined })}
      />
      <div className="row filters">
        <Select
          label="Show"
          value={group}
          onChange={(type) => setParameters({ type, page: undefined })}
          options={logGroups.map(({ name, label }) => ({ value: name, label }))}
        />
        <Checkbox checked={live && text === ''} disabled={text !== ''} onChange={setLive}>
          Live{text !== '' && ' (not while something is searched for)'}
        </Checkbox>
      </div>
      <List
        of={logs}
        empty={
          <Empty title={q ? 'No entry is like that.' : 'Nothing has happened yet.'}>
            <p>{q ? 'Search for less, or show everything.' : 'Sign in to an application.'}</p>
          </Empty>
        }
      >
        {(entries) => <LogTable caption="Log entries" entries={entries} />}
      </List>
    </Screen>
  );
}
