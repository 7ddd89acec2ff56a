import type { Page, Paging } from '../../store/paging.ts';
import type { Query } from '../operation.ts';

/**
 * A list as the `actions` family returns it: always an object, without the paging members that are zero. An empty page
 * has no total.
 *
 * @param isCounted whether an empty page has a total, and a first page its number, as for modules and their versions
 * @example
 * actionListAnswer('bindings', { page: 1 }, readBindings, showBinding) // { bindings: [], page: 1, per_page: 20 }
 */
export function actionListAnswer<Row, Shown>(
  key: string,
  { page = 0, per_page: perPage = 20 }: Query,
  read: (paging: Paging) => Page<Row>,
  show: (row: Row) => Shown,
  isCounted = false,
): Record<string, unknown> {
  const { rows, total } = read({ page, perPage });
  return {
    [key]: rows.map(show),
    ...((isCounted || rows.length > 0) && { total: rows.length > 0 ? total : 0 }),
    ...((isCounted || page > 0) && { page }),
    per_page: perPage,
  };
}
