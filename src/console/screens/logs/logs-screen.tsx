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
import { SavedSearches } from './saved-searches.tsx';

const pollMs = 2000;

/** Monitoring > Logs: latest entries first, with live updates. */
export function LogsScreen() {
  const address = useAddress();
  const [live, setLive] = useState(true);
  /** The latest entry that a poll has found, even if the list does not show it. */
  const latest = useRef<string>(undefined);
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
  /** Reloads the list when there are new entries. A text search is not repeated, because it can be slow in a long log. */
  const poll = useEffectEvent(async () => {
    if (document.visibilityState !== 'visible' || page > 0 || text !== '' || logs.loading) return;
    const query = { take: 1, ...(newest !== undefined && { from: latest.current ?? newest }) };
    const [next] = await manage.get<Management.Log[]>('logs', query);
    if (next === undefined) return;
    latest.current = next.log_id;
    logs.reload();
  });
  useEffect(() => {
    if (!live) return;
    // Ignore errors: the shell reports that the tenant does not answer.
    const timer = setInterval(() => void poll().catch(() => undefined), pollMs);
    return () => clearInterval(timer);
  }, [live]);
  return (
    <Screen title="Logs" introduction="Logins, token exchanges and changes on this tenant.">
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
          Live{text !== '' && ' (not during a search)'}
        </Checkbox>
      </div>
      <SavedSearches search={text} type={group} />
      <List
        of={logs}
        empty={
          <Empty title={q ? 'No entry matches.' : 'The log is empty.'}>
            <p>{q ? 'Shorten the search, or show everything.' : 'Sign in to an application.'}</p>
          </Empty>
        }
      >
        {(entries) => <LogTable caption="Log entries" entries={entries} />}
      </List>
    </Screen>
  );
}
