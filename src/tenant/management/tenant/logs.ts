import { logAnswer } from '../../logs/log-answer.ts';
import type { LogRecord } from '../../store/records/logs/log-record.ts';
import type { Order, Search } from '../../store/search/search.ts';
import { notFound } from '../http/api-error.ts';
import { selectFields } from '../http/field-selection.ts';
import { offsetAnswer, pagingOf } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { parseQuery } from '../search/parse-query.ts';
import { logLanguage } from '../search/search-language.ts';
import { orderOf } from '../search/sort-parameter.ts';
import { findUser } from '../users/users.ts';

/** The tenant's log: `/logs`, `/users/{id}/logs`. Newest first, or after a given entry in the order of writing. */
export function logOperations({ store }: ManagementDependencies): Operation[] {
  return effectiveOperations(
    { store },
    {
      'GET /logs': {
        // `read:logs_users` is for the entries of one user, below.
        scopes: { anyOf: ['read:logs'] },
        handle:
          ({ query, signal }) =>
          async () => {
            const show = (record: LogRecord) => selectFields(logAnswer(record), query);
            if (query.from !== undefined || query.take !== undefined) {
              // With a checkpoint all other parameters are ignored, as Auth0 documents.
              const { rows } = store.logs.list({ from: query.from ?? '' }, { page: 0, perPage: query.take ?? 50 });
              return rows.map(show);
            }
            const paging = pagingOf(query);
            const search = searchOf(query.q, query.search as string | undefined);
            const counted = query.include_totals === true;
            const page = await store.logs.search({ search, order: latestFirst(query.sort), signal }, paging, counted);
            const body = offsetAnswer('logs', query, () => page, show);
            return Array.isArray(body) ? body : { ...body, length: page.rows.length };
          },
      },
      'GET /logs/{id}': {
        scopes: { anyOf: ['read:logs'] },
        handle: (call) => {
          const record = store.logs.find(pathParameter(call, 'id'));
          if (record === undefined) throw notFound('The log event does not exist.', 'inexistent_log');
          return logAnswer(record);
        },
      },
      'GET /users/{id}/logs': {
        handle: (call) => async () => {
          const { user_id } = findUser(store, pathParameter(call, 'id'));
          const paging = pagingOf(call.query);
          const search: Search = { kind: 'equals', field: 'user_id', value: user_id };
          const order = latestFirst(call.query.sort);
          const page = await store.logs.search({ search, order }, paging, call.query.include_totals === true);
          const body = offsetAnswer('logs', call.query, () => page, logAnswer);
          return Array.isArray(body) ? body : { ...body, length: page.rows.length };
        },
      },
    },
  );
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
