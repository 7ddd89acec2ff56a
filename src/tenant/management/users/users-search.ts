import { z } from 'zod';
import { consoleRegistration } from '../../administrator/console-access.ts';
import type { Order, Search } from '../../store/search/search.ts';
import { formatted } from '../http/body-schemas.ts';
import { fieldParameters, selectFields } from '../http/field-selection.ts';
import { offsetParameters, pagingOf } from '../http/paged-list.ts';
import { booleanParameter } from '../http/query-parameters.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation } from '../operation.ts';
import { parseQuery } from '../search/parse-query.ts';
import { userLanguage } from '../search/search-language.ts';
import { userOrderOf, userSortParameter } from '../search/sort-parameter.ts';
import { userAnswer } from './user-record.ts';

/** A longer one would not fit into a request to Auth0. */
const longestQuery = 8000;

const listQuery = z.object({
  ...offsetParameters,
  ...fieldParameters,
  connection: z.string().min(1).optional(),
  q: z.string().max(longestQuery).optional(),
  sort: userSortParameter,
  search_engine: z.enum(['v1', 'v2', 'v3']).optional(),
  primary_order: booleanParameter().optional(),
});

const byEmailQuery = z.object({ ...fieldParameters, email: formatted('email', (text) => text.includes('@')) });

/** Lists of users: `GET /users`, `/users-by-email`. The administrator of the console is no user of the tenant's applications. */
export function userSearchOperations({ store }: ManagementDependencies): Operation[] {
  return [
    operation({
      method: 'GET',
      path: '/users',
      // The other scope in the description adds members to a user. It is not enough by itself.
      scopes: { anyOf: ['read:users'] },
      query: listQuery,
      handle: ({ query }) => {
        const paging = pagingOf(query);
        const requested = {
          search: parseQuery(query.q ?? '', userLanguage),
          order: userOrderOf(query.sort),
          except: consoleRegistration(store)?.userId,
          ...(query.connection !== undefined && { connection: query.connection }),
        };
        const page = isPlain(requested) ? store.users.list(requested, paging) : store.users.search(requested, paging);
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
        const administrator = consoleRegistration(store)?.userId;
        const users = store.users.findByEmail(query.email).filter(({ user_id }) => user_id !== administrator);
        return { status: 200, body: users.map((record) => selectFields(userAnswer(record), query)) };
      },
    }),
  ];
}

/** All users in order of creation, or all users of a connection: the most frequent requests. */
function isPlain({ search, order }: { search: Search; order: Order | undefined }): boolean {
  return search.kind === 'everything' && order === undefined;
}
