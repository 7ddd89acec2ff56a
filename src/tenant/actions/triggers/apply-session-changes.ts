import { revocationEvent } from '../../logs/revocation-event.ts';
import type { TenantLog } from '../../logs/tenant-log.ts';
import {
  endSession,
  keepRefreshTokenLimits,
  keepRefreshTokenMetadata,
  keepSessionLimits,
  keepSessionMetadata,
  REFRESH_TOKEN_METADATA,
  recordMethods,
} from '../../sessions/session-store.ts';
import type { Artifact } from '../../store/records/tokens/artifact-repository.ts';
import type { Store } from '../../store/store.ts';
import type { LoginTransaction } from '../run/login-transaction.ts';
import type { PipelineState } from '../run/pipeline-state.ts';
import type { RefreshTokenChanges } from '../run/session-changes.ts';

/**
 * Applies the changes that the Actions requested to the login's session and to the exchanged refresh token, all at once.
 *
 * @param userId the user of the login after all Actions
 */
export function applySessionChanges(
  store: Store,
  log: TenantLog,
  { id: login, session, refreshToken, request }: LoginTransaction,
  userId: string,
  wanted: Pick<PipelineState, 'session' | 'refreshToken' | 'recordedMethods'>,
): void {
  const changesNothing =
    wanted.session === undefined && wanted.refreshToken === undefined && wanted.recordedMethods.length === 0;
  if (changesNothing) return;
  const revoked = store.transaction((): Artifact[] => {
    if (session !== undefined && wanted.recordedMethods.length > 0) {
      recordMethods(store, session.id, userId, wanted.recordedMethods);
    }
    const token = refreshToken === undefined ? undefined : store.artifacts.findByPublicId(refreshToken.id);
    const ended: Artifact[] = [];
    if (token !== undefined && wanted.refreshToken !== undefined) {
      if (wanted.refreshToken.revoke === true) ended.push(token);
      else applyRefreshTokenChanges(store, String(token.payload.grantId), userId, wanted.refreshToken);
    }
    if (session !== undefined && wanted.session !== undefined) {
      const { revoke, metadata, ...limits } = wanted.session;
      if (revoke !== undefined) {
        const tokens = revoke.preserveRefreshTokens ? [] : store.artifacts.listByAccount('RefreshToken', userId);
        ended.push(...tokens.filter(({ payload }) => payload.sessionUid === session.id));
        endSession(store, session.id);
      } else {
        if (metadata !== undefined) keepSessionMetadata(store, session.id, userId, { ...metadata });
        keepSessionLimits(store, session.id, userId, limits);
      }
    }
    for (const { payload } of ended) {
      store.artifacts.removeKindByGrant('RefreshToken', String(payload.grantId));
      store.artifacts.remove(REFRESH_TOKEN_METADATA, String(payload.grantId));
    }
    return [...new Map(ended.map((one) => [one.payload.grantId, one])).values()];
  });
  for (const token of revoked) {
    log.write({ ...revocationEvent(store, token), ip: request.ip, hostname: request.hostname, login });
  }
}

/** Applies requested changes to the refresh tokens of a grant. */
export function applyRefreshTokenChanges(
  store: Store,
  grantId: string,
  userId: string,
  { metadata, expiresAt, idleExpiresAt }: RefreshTokenChanges,
): void {
  if (metadata !== undefined) keepRefreshTokenMetadata(store, grantId, userId, { ...metadata });
  if (expiresAt !== undefined || idleExpiresAt !== undefined) {
    keepRefreshTokenLimits(store, grantId, userId, { expiresAt, idleExpiresAt });
  }
}
