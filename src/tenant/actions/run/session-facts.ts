import { deviceOf, REFRESH_TOKEN_DEVICE, SESSION_DEVICE } from '../../sessions/device-store.ts';
import {
  REFRESH_TOKEN_METADATA,
  refreshTokenLimits,
  SESSION_METADATA,
  sessionLimits,
} from '../../sessions/session-store.ts';
import type { JsonObject, JsonValue } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';
import type { LoginTransaction } from './login-transaction.ts';

/** Returns the stored data of the login's session, by the names of `event.session`. */
export function sessionFacts(store: Store, id: string | undefined): JsonObject {
  const stored = id === undefined ? undefined : store.artifacts.findByUid('Session', id);
  if (id === undefined || stored === undefined) return {};
  const limits = sessionLimits(store, id);
  const authorizations = stored.authorizations as JsonObject | undefined;
  return {
    clients: Object.keys(authorizations ?? {}).map((client_id) => ({ client_id })),
    cookie: { mode: stored.transient === true ? 'non-persistent' : 'persistent' },
    device: deviceOf(store, SESSION_DEVICE, id),
    expires_at: iso(limits.expiresAt) ?? seconds(stored.exp),
    idle_expires_at: iso(limits.idleExpiresAt) ?? seconds(stored.exp),
    metadata: store.artifacts.find(SESSION_METADATA, id)?.metadata ?? {},
  };
}

/** Returns the stored data of the exchanged refresh token, by the names of `event.refresh_token`. */
export function refreshTokenFacts(store: Store, { refreshToken, client }: LoginTransaction): JsonObject {
  const token = refreshToken === undefined ? undefined : store.artifacts.findByPublicId(refreshToken.id);
  if (token === undefined) return {};
  const { grantId, sessionUid, resource, scope, iat, iiat } = token.payload;
  const limits = refreshTokenLimits(store, String(grantId));
  const ends = client.refresh_token.expiration_type === 'expiring';
  return {
    device: deviceOf(store, REFRESH_TOKEN_DEVICE, String(grantId)),
    expires_at: iso(limits.expiresAt),
    idle_expires_at: iso(limits.idleExpiresAt) ?? (ends ? seconds(token.expiresAt) : undefined),
    last_exchanged_at: iiat === iat ? undefined : seconds(iat),
    metadata: store.artifacts.find(REFRESH_TOKEN_METADATA, String(grantId))?.metadata ?? {},
    resource_servers: typeof resource === 'string' ? [{ audience: resource, scopes: String(scope ?? '') }] : [],
    rotating: client.refresh_token.rotation_type === 'rotating',
    session_id: typeof sessionUid === 'string' ? sessionUid : undefined,
  };
}

function iso(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
}

function seconds(value: JsonValue | undefined): string | undefined {
  return typeof value === 'number' && value < 8.64e12 ? new Date(value * 1000).toISOString() : undefined;
}
