import { z } from 'zod';
import type { ListPosition, Page, Paging } from '../../store/paging.ts';
import { ApiError, invalidQuery } from './api-error.ts';
import { booleanParameter, integerParameter } from './query-parameters.ts';

/** Auth0 pages through the first 1000 of a list by offset, and no further. */
const furthest = 1000;

export const offsetParameters = {
  page: integerParameter({ minimum: 0 }).optional(),
  per_page: integerParameter({ minimum: 0, maximum: 100 }).optional(),
  include_totals: booleanParameter().optional(),
};

/** For lists that refuse `per_page=0`. */
export const positiveOffsetParameters = {
  ...offsetParameters,
  per_page: integerParameter({ minimum: 1, maximum: 100 }).optional(),
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
  return pagingWithin(query, `You can only page through the first ${furthest} records.`);
}

/** @throws ApiError 400 `invalid_paging` with this message beyond the first 1000 */
function pagingWithin(query: OffsetQuery, message: string): Paging {
  const paging = { page: query.page ?? 0, perPage: query.per_page ?? 50 };
  if (paging.page > 0 && (paging.page + 1) * paging.perPage > furthest) {
    throw new ApiError(400, message, 'invalid_paging');
  }
  return paging;
}

/** Auth0's answer beyond the first 1000 of a list that can be read by checkpoint. */
function checkpointHint(page: number | undefined): string {
  return (
    `Requesting page ${page} exceeds the allowed maximum of ${furthest} records. ` +
    `To fetch results beyond ${furthest}, use the checkpoint pagination method.`
  );
}

/**
 * A list in the requested form: bare, or with `start`, `limit` and `total`.
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
 * A list by checkpoint (`from`, `take`) if requested, otherwise by offset. `next` is present if there are more rows. It
 * is a place in the list, so that no row is skipped or repeated if the list changes in between.
 *
 * @param options.endsEmpty whether every page that has rows has a `next`, as for the members of an organization
 * @example
 * listAnswer('client_grants', query, (paging) => store.clientGrants.list({}, paging), showGrant)
 */
export function listAnswer<Row, Shown>(
  key: string,
  query: OffsetQuery & CheckpointQuery,
  read: (paging: Paging) => Page<Row>,
  show: (row: Row) => Shown,
  { endsEmpty = false }: { endsEmpty?: boolean } = {},
): Shown[] | Record<string, unknown> {
  if (query.take === undefined && query.from === undefined) {
    const paging = pagingWithin(query, checkpointHint(query.page));
    return offsetAnswer(key, read(paging), query, paging, show);
  }
  const take = query.take ?? 50;
  const after = query.from === undefined ? undefined : placeOf(query.from);
  // One more row than requested: it shows whether there is a next page.
  const { rows, positions } = read({ page: 0, perPage: take + 1, ...(after !== undefined && { after }) });
  const last = rows.length > take || endsEmpty ? positions?.slice(0, take).at(-1) : undefined;
  return {
    [key]: rows.slice(0, take).map(show),
    ...(last !== undefined && { next: checkpointOf(JSON.stringify([last])) }),
  };
}

/**
 * A page of rows in memory, in the order of their places.
 *
 * @example
 * listAnswer('sessions', query, (paging) => pageOf(sessions, ({ sequence }) => sequence, paging), sessionAnswer)
 */
export function pageOf<Row, Place extends ListPosition>(
  rows: readonly Row[],
  placed: (row: Row) => Place,
  paging: Paging,
): Page<Row> {
  const { page, perPage, after } = paging;
  const sorted = [...rows].sort((one, other) => (placed(one) < placed(other) ? -1 : 1));
  const remaining = after === undefined ? sorted : sorted.filter((row) => placed(row) > after);
  const visible = remaining.slice(page * perPage, (page + 1) * perPage);
  return { rows: visible, total: rows.length, positions: visible.map(placed) };
}

/** An opaque place in a list. */
export function checkpointOf(position: string): string {
  return Buffer.from(position, 'utf8').toString('base64url');
}

/** @throws ApiError 400 if the checkpoint is not valid */
export function positionOf(checkpoint: string): string {
  const position = Buffer.from(checkpoint, 'base64url').toString('utf8');
  if (position === '' || checkpointOf(position) !== checkpoint) throw badCheckpoint();
  return position;
}

/** @throws ApiError 400 if the checkpoint is not valid */
function placeOf(checkpoint: string): ListPosition {
  try {
    const places: unknown = JSON.parse(positionOf(checkpoint));
    const place: unknown = Array.isArray(places) && places.length === 1 ? places[0] : undefined;
    if (typeof place === 'string' || (typeof place === 'number' && Number.isSafeInteger(place))) return place;
  } catch {
    // Reported below.
  }
  throw badCheckpoint();
}

function badCheckpoint(): ApiError {
  return invalidQuery("Query validation error: 'Invalid checkpoint' on property from.");
}
