import type { Management } from 'auth0';
import { useEffect, useEffectEvent, useState } from 'react';
import { manage } from '../../management/management-api.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { setParameters, useAddress } from '../../navigation/location.ts';
import { Empty } from '../../parts/empty.tsx';
import { Select, Tick } from '../../parts/field.tsx';
import { Loads } from '../../parts/loads.tsx';
import { Pager, pageOf } from '../../parts/pager.tsx';
import { Screen } from '../../parts/screen.tsx';
import { SearchBox } from '../../parts/search-box.tsx';
import { logGroups, logQuery } from './log-query.ts';
import { LogTable } from './log-table.tsx';

const perPage = 25;
const lookMs = 2000;

/** Monitoring > Logs: the latest first, and new ones as they come. */
export function LogsScreen() {
  const address = useAddress();
  const [live, setLive] = useState(true);
  const page = pageOf(address);
  const text = address.searchParams.get('search') ?? '';
  const group = address.searchParams.get('type') ?? '';
  const q = logQuery(text, group);
  const logs = useLoaded(`logs ${page} ${q}`, (signal) =>
    manage.get<Management.ListLogOffsetPaginatedResponseContent>(
      'logs',
      { page, per_page: perPage, include_totals: true, ...(q && { q }) },
      signal,
    ),
  );
  const look = useEffectEvent(() => {
    if (document.visibilityState === 'visible' && page === 0 && !logs.loading) logs.reload();
  });
  useEffect(() => {
    if (!live) return;
    const timer = setInterval(look, lookMs);
    return () => clearInterval(timer);
  }, [live]);
  return (
    <Screen title="Logs" introduction="What happened on this tenant: logins, exchanges of tokens, changes.">
      <SearchBox
        key={text}
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
        <Tick checked={live} onChange={setLive}>
          Live
        </Tick>
      </div>
      <Loads of={logs}>
        {({ logs: entries = [], total = 0 }) =>
          total === 0 ? (
            <Empty title={q ? 'No entry is like that.' : 'Nothing has happened yet.'}>
              <p>{q ? 'Search for less, or show everything.' : 'Sign in to an application.'}</p>
            </Empty>
          ) : (
            <>
              <LogTable caption="Log entries" entries={entries} />
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
    </Screen>
  );
}
