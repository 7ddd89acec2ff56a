import { z } from 'zod';
import { bruteForceProtection } from '../../authentication/accounts/attack-protection/brute-force-protection.ts';
import { booleanParameter } from '../http/query-parameters.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { findUser } from './users.ts';

const consideration = { consider_brute_force_enablement: booleanParameter().optional() };
const identifier = z.string().min(1).max(1000);

/** Users who are blocked after too many wrong passwords, and from which address: `/user-blocks`. */
export function userBlockOperations({ store }: ManagementDependencies): Operation[] {
  /** Users who sign in with that e-mail address or username. */
  const usersKnownAs = (name: string): string[] => {
    const databases = store.connections.list({ strategy: ['auth0'] }, { page: 0, perPage: 1000 }).rows;
    const found = databases.flatMap((connection) => [
      store.users.findInConnection(connection.name, { email: name }),
      store.users.findInConnection(connection.name, { username: name }),
    ]);
    return [...new Set(found.flatMap((user) => (user === undefined ? [] : [user.user_id])))];
  };
  const blocksOf = (userIds: readonly string[]) => {
    const { enabled, blocks, maxAttempts, countsByAddress } = bruteForceProtection(store);
    const found = enabled && blocks ? userIds.flatMap((userId) => store.blocks.list(userId, maxAttempts)) : [];
    // Rows of the other way of counting stay, without effect.
    const inForce = found.filter(({ ip }) => (ip !== '') === countsByAddress);
    return { blocked_for: inForce.map(({ identifier, ip }) => ({ identifier, ...(ip !== '' && { ip }) })) };
  };
  return [
    operation({
      method: 'GET',
      path: '/user-blocks',
      query: z.object({ ...consideration, identifier }),
      handle: ({ query }) => ({ status: 200, body: blocksOf(usersKnownAs(query.identifier)) }),
    }),
    operation({
      method: 'DELETE',
      path: '/user-blocks',
      description: 'Unblock a user by identifier',
      query: z.object({ identifier }),
      handle: ({ query }) => {
        store.transaction(() => {
          for (const userId of usersKnownAs(query.identifier)) store.blocks.clear(userId);
        });
        return { status: 204 };
      },
    }),
    operation({
      method: 'GET',
      path: '/user-blocks/{id}',
      query: z.object(consideration),
      handle: (call) => ({ status: 200, body: blocksOf([findUser(store, pathParameter(call, 'id')).user_id]) }),
    }),
    operation({
      method: 'DELETE',
      path: '/user-blocks/{id}',
      description: 'Unblock a user',
      handle: (call) => {
        store.blocks.clear(findUser(store, pathParameter(call, 'id')).user_id);
        return { status: 204 };
      },
    }),
  ];
}
