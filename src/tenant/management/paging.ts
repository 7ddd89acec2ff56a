import { z } from 'zod';
import type { Page, Paging } from '../store/store.ts';
import { ApiError, invalidQuery } from './api-error.ts';
import { booleanParameter, integerParameter } from './query-parameters.ts';

/** Auth0 answers the first 1000 of a list by offset, and no more. */
const furthest = 1000;

export const offsetParameters = {
  page: integerParameter({ minimum: 0 }).optional(),
  per_page: integerParameter({ minimum: 0, maximum: 100 }).optional(),
  include_totals: booleanParameter().optional(),
};

export const checkpointParameters = {
  from: z.string().max(1000).optional(),
  take: integerParameter({ minimum: 1, maximum: 100 }).optional(),
};

interface OffsetQuery {
  page?: number | undefined;
  per_page?: number | undefined;
  include_totals?: boolean | undefined;
}

interface CheckpointQuery {
  from?: string | undefined;
  take?: number | undefined;
}

/**
 * @throws ApiError 400 `invalid_paging` beyond the first 1000
 * @example
 * pagingOf({ page: 2, per_page: 10 }) // { page: 2, perPage: 10 }
 */
export function pagingOf(query: OffsetQuery): Paging {
  const paging = { page: query.page ?? 0, perPage: query.per_page ?? 50 };
  if (paging.page > 0 && (paging.page + 1) * paging.perPage > furthest) {
    throw new ApiError(400, `You can only page through the first ${furthest} records.`, 'invalid_paging');
  }
  return paging;
}

/**
 * A list in the form that was asked for: bare, or with `start`, `limit` and `total`.
 *
 * @example
 * offsetAnswer('roles', roles, query, paging) // { roles: [...], start: 0, limit: 50, total: 1 }
 */
export function offsetAnswer<Row, Shown>(
  key: string,
  page: Page<Row>,
  query: OffsetQuery,
  paging: Paging,
  show: (row: Row) => Shown,
): Shown[] | Record<string, unknown> {
  const rows = page.rows.map(show);
  if (query.include_totals !== true) return rows;
  return { [key]: rows, start: paging.page * paging.perPage, limit: paging.perPage, total: page.total };
}

/**
 * A list by checkpoint (`from`, `take`) where that was asked for, else by offset. `next` is there as long as there is more.
 *
 * @example
 * listAnswer('client_grants', query, (paging) => store.clientGrants.list({}, paging), showGrant)
 */
export function listAnswer<Row, Shown>(
  key: string,
  query: OffsetQuery & CheckpointQuery,
  read: (paging: Paging) => Page<Row>,
  show: (row: Row) => Shown,
): Shown[] | Record<string, unknown> {
  if (query.take === undefined && query.from === undefined) {
    const paging = pagingOf(query);
    return offsetAnswer(key, read(paging), query, paging, show);
  }
  const take = query.take ?? 50;
  const page = query.from === undefined ? 0 : pageOfCheckpoint(query.from, take);
  const { rows, total } = read({ page, perPage: take });
  const more = (page + 1) * take < total;
  return { [key]: rows.map(show), ...(more && { next: checkpointOf(`${(page + 1) * take}`) }) };
}

/** An opaque place in a list. */
export function checkpointOf(position: string): string {
  return Buffer.from(position, 'utf8').toString('base64url');
}

/** @throws ApiError 400 where it is none of ours */
export function positionOf(checkpoint: string): string {
  const position = Buffer.from(checkpoint, 'base64url').toString('utf8');
  if (position === '' || checkpointOf(position) !== checkpoint) throw badCheckpoint();
  return position;
}

function pageOfCheckpoint(checkpoint: string, take: number): number {
  const position = Number(positionOf(checkpoint));
  if (!Number.isSafeInteger(position) || position < 0 || position % take !== 0) throw badCheckpoint();
  return position / take;
}

function badCheckpoint(): ApiError {
  return invalidQuery("Query validation error: 'Invalid checkpoint' on property from.");
}
