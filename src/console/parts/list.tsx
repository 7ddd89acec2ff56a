import { type ReactNode, useEffect, useEffectEvent } from 'react';
import { Loads } from './loads.tsx';
import { lastPageOf, Pager } from './pager.tsx';
import type { PagedList } from './use-list.ts';

/**
 * A list that is read a page at a time: that it is being read, why it could not be, what to do where it is empty, a page of
 * it, and the way to the others. Where the page is there no more, it is the last one.
 */
export function List<Row>(props: {
  of: PagedList<Row>;
  /** In the place of a list of nothing. */
  empty: ReactNode;
  /** `if needed`: none where everything is on one page. */
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
    <Loads of={list}>
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
    </Loads>
  );
}
