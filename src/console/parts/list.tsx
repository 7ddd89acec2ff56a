import type { ReactNode } from 'react';
import { Loads } from './loads.tsx';
import { Pager } from './pager.tsx';
import type { PagedList } from './use-list.ts';

/**
 * A list that is read a page at a time: that it is being read, why it could not be, what to do where it is empty, a page of
 * it, and the way to the others.
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
