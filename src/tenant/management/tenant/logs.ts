import { z } from 'zod';
import { logAnswer } from '../../logs/log-answer.ts';
import type { LogRecord } from '../../store/records/logs/log-record.ts';
import type { Order, Search } from '../../store/search/search.ts';
import { notFound } from '../http/api-error.ts';
import { fieldParameters, selectFields } from '../http/field-selection.ts';
import { offsetAnswer, offsetParameters, pagingOf, positiveOffsetParameters } from '../http/paged-list.ts';
import { integerParameter } from '../http/query-parameters.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { parseQuery } from '../search/parse-query.ts';
import { logLanguage } from '../search/search-language.ts';
import { logSortParameter, orderOf } from '../search/sort-parameter.ts';
import { findUser } from '../users/users.ts';

/** A longer one would not fit into a request to Auth0. */
const longestQuery = 8000;

const listQuery = z.object({
  ...offsetParameters,
  ...fieldParameters,
  sort: logSortParameter,
  from: z.string().max(100).optional(),
  take: integerParameter({ minimum: 1, maximum: 100 }).optional(),
  q: z.string().max(longestQuery).optional(),
  search: z.string().max(longestQuery).optional(),
});

/** The tenant's log: `/logs`, `/users/{id}/logs`. Newest first, or after a given entry in the order of writing. */
export function logOperations({ store }: ManagementDependencies): Operation[] {
  return [
    operation({
      method: 'GET',
      path: '/logs',
      // `read:logs_users` is for the entries of one user, below.
      scopes: { anyOf: ['read:logs'] },
      query: listQuery,
      handle: async ({ query, signal }) => {
        const show = (record: LogRecord) => selectFields(logAnswer(record), query);
        if (query.from !== undefined || query.take !== undefined) {
          // With a checkpoint all other parameters are ignored, as Auth0 documents.
          const { rows } = store.logs.list({ from: query.from ?? '' }, { page: 0, perPage: query.take ?? 50 });
          return { status: 200, body: rows.map(show) };
        }
        const paging = pagingOf(query);
        const search = searchOf(query.q, query.search);
        const counted = query.include_totals === true;
        const page = await store.logs.search({ search, order: latestFirst(query.sort), signal }, paging, counted);
        const body = offsetAnswer('logs', page, query, paging, show);
        return { status: 200, body: Array.isArray(body) ? body : { ...body, length: page.rows.length } };
      },
    }),
    operation({
      method: 'GET',
      path: '/logs/{id}',
      scopes: { anyOf: ['read:logs'] },
      handle: (call) => {
        const record = store.logs.find(pathParameter(call, 'id'));
        if (record === undefined) throw notFound('The log event does not exist.', 'inexistent_log');
        return { status: 200, body: logAnswer(record) };
      },
    }),
    operation({
      method: 'GET',
      path: '/users/{id}/logs',
      query: z.object({ ...positiveOffsetParameters, sort: logSortParameter }),
      handle: async (call) => {
        const { user_id } = findUser(store, pathParameter(call, 'id'));
        const paging = pagingOf(call.query);
        const search: Search = { kind: 'equals', field: 'user_id', value: user_id };
        const order = latestFirst(call.query.sort);
        const page = await store.logs.search({ search, order }, paging, call.query.include_totals === true);
        const body = offsetAnswer('logs', page, call.query, paging, logAnswer);
        return { status: 200, body: Array.isArray(body) ? body : { ...body, length: page.rows.length } };
      },
    }),
  ];
}

/** Both parameters use the same language. An entry must match each of them. */
function searchOf(q: string | undefined, search: string | undefined): Search {
  const searches = [q, search].filter((query) => query !== undefined).map((query) => parseQuery(query, logLanguage));
  const [only, ...more] = searches;
  if (only === undefined) return { kind: 'everything' };
  return more.length === 0 ? only : { kind: 'and', of: searches };
}

/** The order of writing equals the order of dates, unless the clock was set back. */
function latestFirst(sort: string | undefined): Order | undefined {
  return sort === 'date:-1' ? undefined : orderOf(sort);
}
