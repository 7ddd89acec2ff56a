import { useEffect, useEffectEvent } from 'react';
import { readDocument } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { setParameters, useAddress } from '../../navigation/location.ts';
import { Empty } from '../../parts/empty.tsx';
import { Loads } from '../../parts/loads.tsx';
import { SearchBox } from '../../parts/search-box.tsx';
import { LoginTable } from './login-table.tsx';
import type { LoginList } from './recorded-login.ts';

const lookMs = 2000;

/** Every login, a page at a time; the latest as they come. */
export function Logins() {
  const { searchParams } = useAddress();
  const search = searchParams.get('search') ?? '';
  const before = searchParams.get('before') ?? undefined;
  const after = searchParams.get('after') ?? undefined;
  const list = useLoaded(`logins ${before} ${after} ${search}`, (signal) =>
    readDocument<LoginList>('logins', { search: search || undefined, before, after }, signal),
  );
  const isLatest = before === undefined && after === undefined;
  const look = useEffectEvent(() => {
    // What was searched for, or is long past, stays as it is.
    if (document.visibilityState === 'visible' && isLatest && search === '' && !list.loading) list.reload();
  });
  useEffect(() => {
    const timer = setInterval(look, lookMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <h2>Logins</h2>
      <SearchBox
        label="Search the logins"
        hint="A part of the person's or the application's name, address or id"
        value={search}
        onSearch={(text) => setParameters({ search: text, before: undefined, after: undefined })}
      />
      <Loads of={list}>
        {({ logins, earlier, later }) =>
          logins.length === 0 ? (
            <Empty title={search === '' && isLatest ? 'Nobody has signed in yet.' : 'No login is like that.'}>
              <p>{search === '' ? 'Start a login above, or open an application.' : 'Search for less.'}</p>
            </Empty>
          ) : (
            <>
              <LoginTable logins={logins} />
              <nav className="pager" aria-label="Pages">
                <button
                  type="button"
                  disabled={later === undefined}
                  onClick={() => setParameters({ before: undefined, after: String(later) })}
                >
                  Later logins
                </button>
                <button
                  type="button"
                  disabled={earlier === undefined}
                  onClick={() => setParameters({ after: undefined, before: String(earlier) })}
                >
                  Earlier logins
                </button>
              </nav>
            </>
          )
        }
      </Loads>
    </>
  );
}
