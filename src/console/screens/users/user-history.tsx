import type { Management } from 'auth0';
import { readDocument, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Link } from '../../navigation/link.tsx';
import { Empty } from '../../parts/empty.tsx';
import { List } from '../../parts/list.tsx';
import { usePageInComponent } from '../../parts/list-page.ts';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { useList } from '../../parts/use-list.ts';
import { LoginTable } from '../logins/login-table.tsx';
import { type LoginList, refusalOf } from '../logins/recorded-login.ts';
import { LogTable } from '../logs/log-table.tsx';

/** Logins above the log entries; the rest are one click away. */
const FEW = 5;

/** The latest logins of a user, each with what decided it, and the log entries. */
export function UserHistory({ userId }: { userId: string }) {
  const logs = useList(usePageInComponent(), {
    path: `users/${segment(userId)}/logs`,
    rows: ({ logs }: Management.UserListLogOffsetPaginatedResponseContent) => logs,
  });
  const logins = useLoaded(`logins of ${userId}`, (signal) =>
    readDocument<LoginList>('logins', { search: userId }, signal),
  );
  return (
    <LoadedContent of={logins}>
      {({ logins: recorded }) => (
        <>
          {recorded.length > 0 && (
            <>
              <h2>Logins</h2>
              <LoginTable logins={recorded.slice(0, FEW)} />
              {recorded.length > FEW && (
                <p>
                  <Link to={`/console/try?search=${encodeURIComponent(userId)}`}>All logins of the user</Link>
                </p>
              )}
              <h2>Log entries</h2>
            </>
          )}
          <List
            of={logs}
            empty={
              <Empty title="There are no log entries for this user.">
                <p>The first login adds some.</p>
              </Empty>
            }
          >
            {(entries) => {
              const refusals = refusalsBySession(recorded);
              return (
                <LogTable
                  caption="Log entries of the user"
                  entries={entries}
                  refusalOf={({ details }) => refusals.get(details?.session_id)}
                />
              );
            }}
          </List>
        </>
      )}
    </LoadedContent>
  );
}

/** A session ends after its last login. The logins are listed latest first. */
function refusalsBySession(logins: LoginList['logins']): ReadonlyMap<unknown, string | undefined> {
  const refusals = new Map<unknown, string | undefined>();
  for (const { session, passes } of logins) {
    if (session !== undefined && !refusals.has(session.id)) refusals.set(session.id, refusalOf(passes.at(-1)));
  }
  return refusals;
}
