import { consoleRegistration } from '../../administrator/console-access.ts';
import type { Order, Search } from '../../store/search/search.ts';
import { selectFields } from '../http/field-selection.ts';
import { pagingOf } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { parseQuery } from '../search/parse-query.ts';
import { userLanguage } from '../search/search-language.ts';
import { userOrderOf } from '../search/sort-parameter.ts';
import { userAnswer } from './user-record.ts';

/** Lists of users: `GET /users`, `/users-by-email`. The administrator of the console is no user of the tenant's applications. */
export function userSearchOperations({ store }: ManagementDependencies): Operation[] {
  return effectiveOperations(
    { store },
    {
      'GET /users': {
        // The other scope in the description adds members to a user. It is not enough by itself.
        scopes: { anyOf: ['read:users'] },
        handle: ({ query }) => {
          const paging = pagingOf(query);
          const requested = {
            search: parseQuery(query.q ?? '', userLanguage),
            order: userOrderOf(query.sort),
            except: consoleRegistration(store)?.userId,
            ...(typeof query.connection === 'string' && { connection: query.connection }),
          };
          const page = isPlain(requested) ? store.users.list(requested, paging) : store.users.search(requested, paging);
          const users = page.rows.map((record) => selectFields(userAnswer(record), query));
          if (query.include_totals !== true) return users;
          const start = paging.page * paging.perPage;
          return { start, limit: paging.perPage, length: users.length, users, total: page.total };
        },
      },
      'GET /users-by-email': {
        handle: ({ query }) => {
          const administrator = consoleRegistration(store)?.userId;
          const users = store.users.findByEmail(String(query.email)).filter(({ user_id }) => user_id !== administrator);
          return users.map((record) => selectFields(userAnswer(record), query));
        },
      },
    },
  );
}

/** All users in order of creation, or all users of a connection: the most frequent requests. */
function isPlain({ search, order }: { search: Search; order: Order | undefined }): boolean {
  return search.kind === 'everything' && order === undefined;
}
