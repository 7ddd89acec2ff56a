import type { ListPosition, Page, Paging } from '../../store/paging.ts';
import { ApiError, invalidQuery } from './api-error.ts';

/** Auth0 pages through the first 1000 of a list by offset, and no further. */
const furthest = 1000;

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
 * offsetAnswer('roles', query, (paging) => store.roles.list({}, paging), roleAnswer) // { roles: [...], start: 0, limit: 50, total: 1 }
 */
export function offsetAnswer<Row, Shown>(
  key: string,
  query: OffsetQuery,
  read: (paging: Paging) => Page<Row>,
  show: (row: Row) => Shown,
  paging = pagingOf(query),
): Shown[] | Record<string, unknown> {
  const page = read(paging);
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
    return offsetAnswer(key, query, read, show, paging);
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
 * Reads pages of rows in memory, in the order of their places; by default in their own.
 *
 * @example
 * listAnswer('sessions', query, pagesOf(sessions, ({ sequence }) => sequence), sessionAnswer)
 */
export function pagesOf<Row>(rows: readonly Row[], placed?: (row: Row) => ListPosition): (paging: Paging) => Page<Row> {
  const places = rows.map((row, index) => ({ row, at: placed?.(row) ?? index }));
  return ({ page, perPage, after }) => {
    const remaining = places.filter(({ at }) => after === undefined || at > after);
    remaining.sort((one, other) => (one.at < other.at ? -1 : 1));
    const visible = remaining.slice(page * perPage, (page + 1) * perPage);
    return { rows: visible.map(({ row }) => row), total: rows.length, positions: visible.map(({ at }) => at) };
  };
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
