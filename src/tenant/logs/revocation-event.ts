import type { Artifact } from '../store/records/tokens/artifact-repository.ts';
import type { Store } from '../store/store.ts';
import type { LogEntry } from './tenant-log.ts';

/**
 * The log entry of a revoked refresh token: `srrt`. It names the token by its public id, which cannot be used as a token.
 *
 * @example
 * log.write({ ...revocationEvent(store, token), ip, hostname });
 * @see Auth0 docs: "Log Event Type Codes"
 */
export function revocationEvent(store: Store, { payload, publicId }: Artifact): LogEntry {
  const { accountId, sessionUid, resource } = payload;
  const user = typeof accountId === 'string' ? store.users.find(accountId) : undefined;
  return {
    type: 'srrt',
    description: 'Successfully revoked a refresh token',
    ...(user !== undefined && { user_id: user.user_id, user_name: user.email ?? user.username ?? user.user_id }),
    details: {
      credential_id: publicId ?? '',
      ...(typeof sessionUid === 'string' && { session_id: sessionUid }),
      ...(typeof resource === 'string' && { audience: resource }),
    },
  };
}
