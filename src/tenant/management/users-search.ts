import { z } from 'zod';
import type { UserRecord } from '../store/records.ts';
import type { Page, Paging, Store } from '../store/store.ts';
import { ApiError } from './api-error.ts';
import { formatted } from './body-schemas.ts';
import { fieldParameters, selectFields } from './field-selection.ts';
import type { ManagementDependencies } from './management-dependencies.ts';
import { type Operation, operation } from './operation.ts';
import { offsetParameters, pagingOf } from './paging.ts';
import { userAnswer } from './user-record.ts';

const listQuery = z.object({
  ...offsetParameters,
  ...fieldParameters,
  connection: z.string().min(1).optional(),
  q: z.string().optional(),
  sort: z.string().optional(),
});

const byEmailQuery = z.object({ ...fieldParameters, email: formatted('email', (text) => text.includes('@')) });

/** Several users at once: `GET /users`, `/users-by-email`. */
export function userSearchOperations({ store }: ManagementDependencies): Operation[] {
  return [
    operation({
      method: 'GET',
      path: '/users',
      query: listQuery,
      handle: ({ query }) => {
        if (query.sort !== undefined && query.sort !== 'created_at:1') throw notSupported('sort');
        const paging = pagingOf(query);
        const page = findUsers(store, query.q, query.connection, paging);
        const users = page.rows.map((record) => selectFields(userAnswer(record), query));
        if (query.include_totals !== true) return { status: 200, body: users };
        const start = paging.page * paging.perPage;
        return {
          status: 200,
          body: { start, limit: paging.perPage, length: users.length, users, total: page.total },
        };
      },
    }),
    operation({
      method: 'GET',
      path: '/users-by-email',
      query: byEmailQuery,
      handle: ({ query }) => {
        const users = store.users.findByEmail(query.email);
        return { status: 200, body: users.map((record) => selectFields(userAnswer(record), query)) };
      },
    }),
  ];
}

/**
 * Of the search language, a single exact term: `email:"a@b.example"`, `username:…`, `user_id:…`. Anything more is refused
 * rather than answered wrongly.
 *
 * @see Auth0 docs: "User Search Query Syntax"
 */
function findUsers(
  store: Store,
  q: string | undefined,
  connection: string | undefined,
  paging: Paging,
): Page<UserRecord> {
  const inConnection = connection === undefined ? {} : { connection };
  if (q === undefined || q.trim() === '') return store.users.list(inConnection, paging);
  const term = /^\s*(email|username|user_id):(?:"([^"\\*]+)"|([^\s"\\*()]+))\s*$/.exec(q);
  const value = term?.[2] ?? term?.[3];
  if (term === null || value === undefined) throw notSupported('q');
  if (term[1] === 'email') return store.users.list({ ...inConnection, email: value }, paging);
  const found = term[1] === 'user_id' ? [store.users.find(value)] : findByUsername(store, value, connection);
  const rows = found.filter((record) => record !== undefined);
  const start = paging.page * paging.perPage;
  return { rows: rows.slice(start, start + paging.perPage), total: rows.length };
}

function findByUsername(store: Store, username: string, connection: string | undefined): (UserRecord | undefined)[] {
  const everywhere = store.connections.list({}, { page: 0, perPage: -1 }).rows.map(({ name }) => name);
  const found = (connection === undefined ? everywhere : [connection]).map((name) =>
    store.users.findInConnection(name, { username }),
  );
  return [...new Map(found.map((record) => [record?.user_id, record])).values()];
}

function notSupported(parameter: string): ApiError {
  return new ApiError(
    501,
    `This tenant does not evaluate this value of ${parameter}. It knows q=email:"…", username:"…", user_id:"…", and sort=created_at:1.`,
    'query_not_supported',
  );
}
