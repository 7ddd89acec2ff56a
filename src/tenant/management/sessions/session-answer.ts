import { deviceOf, REFRESH_TOKEN_DEVICE, SESSION_DEVICE } from '../../sessions/device-store.ts';
import { REFRESH_TOKEN_METADATA, SESSION_METADATA } from '../../sessions/session-store.ts';
import { type JsonObject, objectOf } from '../../store/json-value.ts';
import type { Artifact } from '../../store/records/tokens/artifact-repository.ts';
import type { Store } from '../../store/store.ts';

/**
 * A browser session as the API returns it. Its id is the `sid` that applications know, never the value of the cookie.
 *
 * @example
 * sessionAnswer(store, session) // { id: 'hv0…', user_id: 'auth0|1', authenticated_at: '2026-11-23T08:00:00.000Z', … }
 */
export function sessionAnswer(store: Store, { payload, expiresAt }: Artifact): JsonObject {
  const id = String(payload.uid);
  const metadata = store.artifacts.find(SESSION_METADATA, id)?.metadata;
  const authenticatedAt = timeOf(payload.loginTs ?? payload.iat);
  const methods = Array.isArray(payload.amr) ? payload.amr : [];
  return {
    id,
    user_id: String(payload.accountId),
    created_at: timeOf(payload.iat),
    updated_at: authenticatedAt,
    authenticated_at: authenticatedAt,
    idle_expires_at: timeOf(expiresAt),
    expires_at: timeOf(payload.exp ?? expiresAt),
    last_interacted_at: authenticatedAt,
    device: deviceOf(store, SESSION_DEVICE, id),
    clients: Object.keys(objectOf(payload.authorizations)).map((client_id) => ({ client_id })),
    authentication: { methods: methods.map((name) => ({ name, timestamp: authenticatedAt })) },
    cookie: { mode: payload.transient === true ? 'non-persistent' : 'persistent' },
    ...(metadata !== undefined && { session_metadata: metadata }),
  };
}

/**
 * A refresh token as the API returns it. Its id cannot be used as a token.
 *
 * @example
 * refreshTokenAnswer(store, token) // { id: 'x3…', client_id: '…', rotating: true, … }
 */
export function refreshTokenAnswer(store: Store, { payload, publicId, expiresAt }: Artifact): JsonObject {
  const client = store.clients.find(String(payload.clientId));
  const grantId = String(payload.grantId);
  const metadata = store.artifacts.find(REFRESH_TOKEN_METADATA, grantId)?.metadata;
  const rotating = client?.refresh_token.rotation_type === 'rotating';
  const ends = client?.refresh_token.expiration_type === 'expiring';
  const first = typeof payload.iiat === 'number' ? payload.iiat : payload.iat;
  const audience = typeof payload.resource === 'string' ? payload.resource : undefined;
  return {
    id: publicId ?? '',
    user_id: String(payload.accountId),
    created_at: timeOf(first),
    idle_expires_at: ends ? timeOf(expiresAt) : null,
    expires_at: ends && client !== undefined ? absoluteEnd(first, client.refresh_token) : null,
    device: deviceOf(store, REFRESH_TOKEN_DEVICE, grantId),
    client_id: String(payload.clientId),
    session_id: typeof payload.sessionUid === 'string' ? payload.sessionUid : null,
    rotating,
    resource_servers: audience === undefined ? [] : [{ audience, scopes: String(payload.scope ?? '') }],
    last_exchanged_at: first === payload.iat ? null : timeOf(payload.iat),
    ...(metadata !== undefined && { refresh_token_metadata: metadata }),
  };
}

function absoluteEnd(
  since: unknown,
  settings: { readonly token_lifetime: number; readonly infinite_token_lifetime: boolean },
): string | null {
  if (settings.infinite_token_lifetime || typeof since !== 'number') return null;
  return timeOf(since + settings.token_lifetime);
}

/** @param seconds since 1970 */
function timeOf(seconds: unknown): string | null {
  return typeof seconds === 'number' && seconds < 8.64e12 ? new Date(seconds * 1000).toISOString() : null;
}
