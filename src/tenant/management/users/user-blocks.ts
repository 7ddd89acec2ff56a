import { bruteForceProtection } from '../../authentication/accounts/attack-protection/brute-force-protection.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { findUser } from './users.ts';

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
  return effectiveOperations(
    { store },
    {
      'GET /user-blocks': { handle: ({ query }) => blocksOf(usersKnownAs(String(query.identifier))) },
      'DELETE /user-blocks': {
        description: 'Unblock a user by identifier',
        handle: ({ query }) => {
          for (const userId of usersKnownAs(String(query.identifier))) store.blocks.clear(userId);
        },
      },
      'GET /user-blocks/{id}': { handle: (call) => blocksOf([findUser(store, pathParameter(call, 'id')).user_id]) },
      'DELETE /user-blocks/{id}': {
        description: 'Unblock a user',
        handle: (call) => store.blocks.clear(findUser(store, pathParameter(call, 'id')).user_id),
      },
    },
  );
}
