import { useEffect, useEffectEvent } from 'react';
import { readDocument } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { setParameters, useAddress } from '../../navigation/location.ts';
import { Empty } from '../../parts/empty.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { SearchBox } from '../../parts/search-box.tsx';
import { LoginTable } from './login-table.tsx';
import type { LoginList } from './recorded-login.ts';

const pollMs = 2000;

/** All logins, one page at a time. The first page updates itself. */
export function Logins() {
  const { searchParams } = useAddress();
  const search = searchParams.get('search') ?? '';
  const before = searchParams.get('before') ?? undefined;
  const after = searchParams.get('after') ?? undefined;
  const list = useLoaded(`logins ${before} ${after} ${search}`, (signal) =>
    readDocument<LoginList>('logins', { search: search || undefined, before, after }, signal),
  );
  const isLatest = before === undefined && after === undefined;
  const poll = useEffectEvent(() => {
    // Results of a search and earlier pages do not update themselves.
    if (document.visibilityState === 'visible' && isLatest && search === '' && !list.loading) list.reload();
  });
  useEffect(() => {
    const timer = setInterval(poll, pollMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <h2>Logins</h2>
      <SearchBox
        label="Search the logins"
        hint="A part of the name, address or id of the user or the application"
        value={search}
        onSearch={(text) => setParameters({ search: text, before: undefined, after: undefined })}
      />
      <LoadedContent of={list}>
        {({ logins, earlier, later }) =>
          logins.length === 0 ? (
            <Empty title={search === '' && isLatest ? 'There are no logins yet.' : 'No login matches.'}>
              <p>{search === '' ? 'Start a login above, or open an application.' : 'Shorten the search.'}</p>
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
      </LoadedContent>
    </>
  );
}
