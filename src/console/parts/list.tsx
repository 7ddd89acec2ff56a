import { type ReactNode, useEffect, useEffectEvent } from 'react';
import { LoadedContent } from './loaded-content.tsx';
import { lastPageOf, Pager } from './pager.tsx';
import type { PagedList } from './use-list.ts';

/**
 * A list that is read one page at a time. Shows that it is loading, why it could not be read, a placeholder if it is empty, or
 * the rows of a page with a pager. If the requested page no longer exists, it shows the last one.
 */
export function List<Row>(props: {
  of: PagedList<Row>;
  /** Placeholder of an empty list. */
  empty: ReactNode;
  /** `if needed`: no pager if all rows are on one page. */
  pager?: 'always' | 'if needed';
  children: (rows: readonly Row[]) => ReactNode;
}) {
  const { of: list, empty, pager = 'always', children } = props;
  const { rows, total, perPage } = list.value ?? { rows: [], total: 0, perPage: 1 };
  const isGone = list.page > 0 && total > 0 && rows.length === 0;
  const goBack = useEffectEvent(() => list.onPage(lastPageOf(total, perPage)));
  useEffect(() => {
    if (isGone) goBack();
  }, [isGone]);
  return (
    <LoadedContent of={list}>
      {({ rows, total, perPage }) =>
        total === 0 ? (
          empty
        ) : (
          <>
            {children(rows)}
            {(pager === 'always' || total > perPage) && (
              <Pager page={list.page} perPage={perPage} total={total} onPage={list.onPage} />
            )}
          </>
        )
      }
    </LoadedContent>
  );
}
