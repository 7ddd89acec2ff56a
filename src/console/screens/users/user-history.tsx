import type { Management } from 'auth0';
import { readDocument, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Empty } from '../../parts/empty.tsx';
import { List } from '../../parts/list.tsx';
import { usePageInComponent } from '../../parts/list-page.ts';
import { useList } from '../../parts/use-list.ts';
import { type LoginList, refusalOf } from '../logins/recorded-login.ts';
import { LogTable } from '../logs/log-table.tsx';

/** Milliseconds until a refused browser has reached the logout. */
const LOGOUT_MS = 15_000;

/** The log entries of a user. */
export function UserHistory({ userId }: { userId: string }) {
  const logs = useList(usePageInComponent(), {
    path: `users/${segment(userId)}/logs`,
    rows: ({ logs }: Management.UserListLogOffsetPaginatedResponseContent) => logs,
  });
  const logins = useLoaded(`logins of ${userId}`, (signal) =>
    readDocument<LoginList>('logins', { search: userId }, signal),
  );
  const refusals = (logins.value?.logins ?? []).flatMap(({ passes }) => {
    const last = passes.at(-1);
    const reason = refusalOf(last);
    return last === undefined || reason === undefined ? [] : [{ reason, at: Date.parse(last.at) }];
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
      {(entries) => (
        <LogTable
          caption="Log entries of the user"
          entries={entries}
          refusalOf={({ date }) => {
            const at = Date.parse(String(date));
            return refusals.find((refusal) => refusal.at <= at && at - refusal.at < LOGOUT_MS)?.reason;
          }}
        />
      )}
    </List>
  );
}
