import { z } from 'zod';
import type { JsonObject, LogRecord } from '../store/records.ts';
import { ApiError, notFound } from './api-error.ts';
import { fieldParameters, selectFields } from './field-selection.ts';
import type { ManagementDependencies } from './management-dependencies.ts';
import { type Operation, operation, pathParameter } from './operation.ts';
import { offsetAnswer, offsetParameters, pagingOf } from './paging.ts';
import { integerParameter } from './query-parameters.ts';
import { findUser } from './users.ts';

const sort = z.string().optional();

const listQuery = z.object({
  ...offsetParameters,
  ...fieldParameters,
  sort,
  from: z.string().max(100).optional(),
  take: integerParameter({ minimum: 1, maximum: 100 }).optional(),
  q: z.string().optional(),
  search: z.string().optional(),
});

/** The tenant's log: `/logs`, `/users/{id}/logs`. The latest first; from a given entry on, in the order of writing. */
export function logOperations({ store }: ManagementDependencies): Operation[] {
  return [
    operation({
      method: 'GET',
      path: '/logs',
      // `read:logs_users` is for the entries of one user, below.
      scopes: { anyOf: ['read:logs'] },
      query: listQuery,
      handle: ({ query }) => {
        refuseSort(query.sort);
        const show = (record: LogRecord) => selectFields(logAnswer(record), query);
        if (query.from !== undefined || query.take !== undefined) {
          // By checkpoint everything else is left aside, as Auth0 documents it.
          const { rows } = store.logs.list({ from: query.from ?? '' }, { page: 0, perPage: query.take ?? 50 });
          return { status: 200, body: rows.map(show) };
        }
        const filter = filterOf(query.q ?? query.search);
        const paging = pagingOf(query);
        const page = store.logs.list(filter, paging);
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
      query: z.object({ ...offsetParameters, sort }),
      handle: (call) => {
        refuseSort(call.query.sort);
        const { user_id } = findUser(store, pathParameter(call, 'id'));
        const paging = pagingOf(call.query);
        const page = store.logs.list({ userId: user_id }, paging);
        return { status: 200, body: offsetAnswer('logs', page, call.query, paging, logAnswer) };
      },
    }),
  ];
}

/** An entry as the API answers it: every member is there, empty where it does not apply. */
export function logAnswer(record: LogRecord): JsonObject {
  return {
    _id: record.log_id,
    log_id: record.log_id,
    date: record.date,
    type: record.type,
    description: record.description,
    connection: record.connection ?? null,
    connection_id: record.connection_id ?? '',
    organization_id: null,
    organization_name: null,
    client_id: record.client_id ?? '',
    client_name: record.client_name ?? '',
    ip: record.ip ?? '',
    hostname: record.hostname ?? '',
    details: record.details ?? null,
    user_id: record.user_id ?? '',
    user_name: record.user_name ?? '',
    user_agent: record.user_agent ?? '',
    audience: record.audience ?? '',
    scope: record.scope ?? null,
    strategy: record.strategy ?? null,
    strategy_type: record.strategy_type ?? null,
    isMobile: false,
    location_info: null,
  };
}

/** Of the search language, one term: `type:s` or `user_id:"auth0|1"`. Anything more is refused rather than answered wrongly. */
function filterOf(q: string | undefined): { type?: string; userId?: string } {
  if (q === undefined || q.trim() === '') return {};
  const term = /^\s*(type|user_id):(?:"([^"\\*]+)"|([^\s"\\*()]+))\s*$/.exec(q);
  const value = term?.[2] ?? term?.[3];
  if (term === null || value === undefined) throw notSupported('q');
  return term[1] === 'type' ? { type: value } : { userId: value };
}

function refuseSort(given: string | undefined): void {
  if (given !== undefined && given !== 'date:-1') throw notSupported('sort');
}

function notSupported(parameter: string): ApiError {
  return new ApiError(
    501,
    `This tenant does not evaluate this value of ${parameter}. It knows q=type:…, q=user_id:"…", and sort=date:-1.`,
    'query_not_supported',
  );
}
