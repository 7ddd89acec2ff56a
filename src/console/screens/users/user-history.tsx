import type { Management } from 'auth0';
import { segment } from '../../management/tenant-requests.ts';
import { Empty } from '../../parts/empty.tsx';
import { List } from '../../parts/list.tsx';
import { usePageHere } from '../../parts/list-page.ts';
import { useList } from '../../parts/use-list.ts';
import { LogTable } from '../logs/log-table.tsx';

/** What the tenant's log tells of a user. */
export function UserHistory({ userId }: { userId: string }) {
  const logs = useList(usePageHere(), {
    path: `users/${segment(userId)}/logs`,
    rows: ({ logs }: Management.UserListLogOffsetPaginatedResponseContent) => logs,
  });
  return (
    <List
      of={logs}
      empty={
        <Empty title="The log says nothing of this user.">
          <p>It will, from the first login on.</p>
        </Empty>
      }
    >
      {(entries) => <LogTable caption="Log entries of the user" entries={entries} />}
    </List>
  );
}
