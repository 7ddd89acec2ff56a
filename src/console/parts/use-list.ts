import { manage, type Query } from '../management/tenant-requests.ts';
import { type Loaded, useLoaded } from '../management/use-loaded.ts';
import type { ListPage } from './list-page.ts';
import { lastPageOf } from './pager.tsx';

/** A page of a list, and how many there are in all. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly perPage: number;
}

/** A list that is read a page at a time. */
export interface PagedList<Row> extends Loaded<Page<Row>>, ListPage {}

/**
 * Reads a list of the Management API, a page at a time.
 *
 * @param paging where the page is kept: `usePageInAddress()` or `usePageHere()`
 * @param list what is asked for, and where in the answer the rows are
 * @returns `error` says why it could not be read
 * @see Auth0 docs: "Management API", parameters `page`, `per_page` and `include_totals`
 * @example
 * const roles = useList(usePageInAddress(), {
 *   path: 'roles',
 *   rows: ({ roles }: Management.ListRolesOffsetPaginatedResponseContent) => roles,
 * });
 */
export function useList<Answer extends { total?: number }, Row>(
  paging: ListPage,
  list: {
    readonly path: string;
    readonly query?: Query;
    readonly rows: (answer: Answer) => readonly Row[] | undefined;
    readonly perPage?: number;
    /** Lists of Actions and of their versions always tell how many there are, and take no `include_totals`. */
    readonly asksForTotals?: boolean;
    /** Whatever else makes it read anew, where it is another. */
    readonly version?: string | undefined;
  },
): PagedList<Row> {
  const { path, rows, perPage = 25, asksForTotals = true, version } = list;
  // An address may name a page that no list has.
  const page = Math.min(paging.page, lastPageOf(Number.POSITIVE_INFINITY, perPage));
  const query = {
    page,
    per_page: perPage,
    ...(asksForTotals && { include_totals: true }),
    ...list.query,
  };
  const loaded = useLoaded(JSON.stringify([path, query, version]), async (signal) => {
    const answer = await manage.get<Answer>(path, query, signal);
    return { rows: rows(answer) ?? [], total: answer.total ?? 0, perPage };
  });
  return { ...loaded, ...paging, page };
}
