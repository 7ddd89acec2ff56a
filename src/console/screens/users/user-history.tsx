import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Empty } from '../../parts/empty.tsx';
import { Loads } from '../../parts/loads.tsx';
import { Pager } from '../../parts/pager.tsx';
import { LogTable } from '../logs/log-table.tsx';

const perPage = 25;

/** What the tenant's log tells of a user. */
export function UserHistory({ userId }: { userId: string }) {
  const [page, setPage] = useState(0);
  const logs = useLoaded(`logs of ${userId} ${page}`, (signal) =>
    manage.get<Management.UserListLogOffsetPaginatedResponseContent>(
      `users/${segment(userId)}/logs`,
      { page, per_page: perPage, include_totals: true },
      signal,
    ),
  );
  return (
    <Loads of={logs}>
      {({ logs: entries = [], total = 0 }) =>
        total === 0 ? (
          <Empty title="The log says nothing of this user.">
            <p>It will, from the first login on.</p>
          </Empty>
        ) : (
          <>
            <LogTable caption="Log entries of the user" entries={entries} />
            <Pager page={page} perPage={perPage} total={total} onPage={setPage} />
          </>
        )
      }
    </Loads>
  );
}
