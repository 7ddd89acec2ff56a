import type { Management } from 'auth0';
import { segment } from '../../management/tenant-requests.ts';
import { Empty } from '../../parts/empty.tsx';
import { List } from '../../parts/list.tsx';
import { usePageInComponent } from '../../parts/list-page.ts';
import { useList } from '../../parts/use-list.ts';
import { LogTable } from '../logs/log-table.tsx';

/** The log entries of a user. */
export function UserHistory({ userId }: { userId: string }) {
  const logs = useList(usePageInComponent(), {
    path: `users/${segment(userId)}/logs`,
    rows: ({ logs }: Management.UserListLogOffsetPaginatedResponseContent) => logs,
  });
  return (
    <List
      of={logs}
      empty={
        <Empty title="There are no log entries for this user.">
          <p>The first login adds some.</p>
        </Empty>
      }
    >
      {(entries) => <LogTable caption="Log entries of the user" entries={entries} />}
    </List>
  );
}
