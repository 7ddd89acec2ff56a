import { consoleRegistration } from '../../administrator/console-access.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';

/**
 * The first application that users sign in to; `undefined` if the tenant has none.
 *
 * @example
 * sampleClient(store)?.name // 'Orders'
 */
export function sampleClient(store: Store): ClientRecord | undefined {
  const except = consoleRegistration(store)?.clientId;
  const { rows } = store.clients.list({ global: false, except }, { page: 0, perPage: 50 });
  return rows.find(({ app_type }) => app_type !== 'non_interactive');
}

/**
 * The tenant's first user, or one that is made up.
 *
 * @example
 * sampleUser(store).email // 'ada@example.com'
 */
export function sampleUser(store: Store): UserRecord {
  const except = consoleRegistration(store)?.userId;
  const [first] = store.users.list({ except }, { page: 0, perPage: 1 }).rows;
  const now = new Date().toISOString();
  return (
    first ?? {
      user_id: 'auth0|sample',
      email: 'ada@example.com',
      email_verified: false,
      name: 'Ada Lovelace',
      nickname: 'ada',
      given_name: 'Ada',
      family_name: 'Lovelace',
      user_metadata: {},
      app_metadata: {},
      identities: [],
      created_at: now,
      updated_at: now,
      logins_count: 0,
    }
  );
}
