import { z } from 'zod';
import type { Page, Paging } from '../../store/paging.ts';
import { integerParameter } from '../http/query-parameters.ts';

export const actionListParameters = {
  page: integerParameter({ minimum: 0 }).optional(),
  per_page: integerParameter({ minimum: 1, maximum: 100 }).optional(),
};

const parameters = z.object(actionListParameters);

export function actionPagingOf(query: z.output<typeof parameters>): Paging {
  return { page: query.page ?? 0, perPage: query.per_page ?? 20 };
}

/**
 * A list as the `actions` family returns it: always an object, without the paging members that are zero. An empty page
 * has no total.
 *
 * @example
 * actionListAnswer('bindings', page, { page: 1, perPage: 100 }, showBinding) // { bindings: [], page: 1, per_page: 100 }
 */
export function actionListAnswer<Row, Shown>(
  key: string,
  { rows, total }: Page<Row>,
  paging: Paging,
  show: (row: Row) => Shown,
): Record<string, unknown> {
  return {
    [key]: rows.map(show),
    ...(rows.length > 0 && { total }),
    ...(paging.page > 0 && { page: paging.page }),
    per_page: paging.perPage,
  };
}
