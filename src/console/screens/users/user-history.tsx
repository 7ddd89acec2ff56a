import type { Management } from 'auth0';
import { readDocument, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Empty } from '../../parts/empty.tsx';
import { List } from '../../parts/list.tsx';
import { usePageInComponent } from '../../parts/list-page.ts';
import { useList } from '../../parts/use-list.ts';
import { type LoginList, refusalOf } from '../logins/recorded-login.ts';
import { LogTable } from '../logs/log-table.tsx';

/** The log entries of a user. */
export function UserHistory({ userId }: { userId: string }) {
  const logs = useList(usePageInComponent(), {
    path: `users/${segment(userId)}/logs`,
    rows: ({ logs }: Management.UserListLogOffsetPaginatedResponseContent) => logs,
  });
  const logins = useLoaded(`logins of ${userId}`, (signal) =>
    readDocument<LoginList>('logins', { search: userId }, signal),
  );
  // A session ends after its last login. The logins are listed latest first.
  const refusals = new Map<unknown, string | undefined>();
  for (const { session, passes } of logins.value?.logins ?? []) {
    if (session !== undefined && !refusals.has(session.id)) refusals.set(session.id, refusalOf(passes.at(-1)));
  }
  return (
    <List
      of={logs}
      empty={
        <Empty title="There are no log entries for this user.">
          <p>The first login adds some.</p>
        </Empty>
      }
    >
      {(entries) => (
        <LogTable
          caption="Log entries of the user"
          entries={entries}
          refusalOf={({ details }) => refusals.get(details?.session_id)}
        />
      )}
    </List>
  );
}
