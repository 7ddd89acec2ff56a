import { manage, type Query } from '../management/tenant-requests.ts';
import { type Loaded, useLoaded } from '../management/use-loaded.ts';
import type { ListPage } from './list-page.ts';
import { lastPageOf } from './pager.tsx';

/** A page of a list, and the total number of entries. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly perPage: number;
}

/** A list that is read one page at a time. */
export interface PagedList<Row> extends Loaded<Page<Row>>, ListPage {}

/**
 * Reads a list of the Management API, one page at a time.
 *
 * @param paging the current page: `usePageInAddress()` or `usePageInComponent()`
 * @param list the request, and a function that takes the rows from the response
 * @returns the page; `error` is set if it could not be read
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
    /** `false` for lists of Actions and of their versions: they always return `total` and refuse `include_totals`. */
    readonly includeTotals?: boolean;
    /** Any other value whose change makes the list reload. */
    readonly version?: string | undefined;
  },
): PagedList<Row> {
  const { path, rows, perPage = 25, includeTotals = true, version } = list;
  // The address may contain a page beyond the end of every list.
  const page = Math.min(paging.page, lastPageOf(Number.POSITIVE_INFINITY, perPage));
  const query = {
    page,
    per_page: perPage,
    ...(includeTotals && { include_totals: true }),
    ...list.query,
  };
  const loaded = useLoaded(JSON.stringify([path, query, version]), async (signal) => {
    const answer = await manage.get<Answer>(path, query, signal);
    return { rows: rows(answer) ?? [], total: answer.total ?? 0, perPage };
  });
  return { ...loaded, ...paging, page };
}
