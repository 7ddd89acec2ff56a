import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import type { JsonObject } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';

/** The detail of the error of an artifact that two requests use at once. */
export const USED_AT_ONCE = 'used by another request at the same time';

/**
 * Stores the artifacts of the OpenID Connect library in the tenant's store, so that a restart loses nothing.
 *
 * A single-use artifact is used only once, even by parallel requests: the second request fails, and everything that was
 * issued from the artifact is revoked.
 *
 * @param kind the library's name of the artifact's kind: `Session`, `Grant`, `AuthorizationCode`, …
 * @example
 * new Provider(issuer, { adapter: (kind) => createArtifactAdapter(store, kind) });
 * @see RFC 6749, sections 4.1.2 and 10.4; RFC 9700, section 4.14.2.
 */
export function createArtifactAdapter(store: Store, kind: string): Adapter {
  const { artifacts } = store;
  const now = () => Math.floor(Date.now() / 1000);
  return {
    async upsert(id, payload, expiresIn) {
      artifacts.upsert(kind, id, payload as JsonObject, expiresIn === undefined ? undefined : now() + expiresIn);
    },
    async find(id) {
      const found = artifacts.find(kind, id);
      return kind === 'RefreshToken' ? withLeeway(store, found) : (found as AdapterPayload | undefined);
    },
    async findByUid(uid) {
      return artifacts.findByUid(kind, uid) as AdapterPayload | undefined;
    },
    async findByUserCode(userCode) {
      return artifacts.findByUserCode(kind, userCode) as AdapterPayload | undefined;
    },
    async consume(id) {
      if (artifacts.consume(kind, id, now())) return;
      const used = artifacts.find(kind, id);
      if (used !== undefined && kind === 'RefreshToken' && withLeeway(store, used)?.consumed === undefined) return;
      if (typeof used?.grantId === 'string') revokeGrant(store, used.grantId);
      throw new errors.InvalidGrant({ detail: USED_AT_ONCE });
    },
    async destroy(id) {
      artifacts.remove(kind, id);
    },
    async revokeByGrantId(grantId) {
      artifacts.removeByGrant(grantId);
    },
  };
}

/** Deletes a grant and every token that was issued from it. */
function revokeGrant(store: Store, grantId: string): void {
  store.transaction(() => {
    store.artifacts.removeByGrant(grantId);
    store.artifacts.remove('Grant', grantId);
  });
}

/**
 * The token, shown as unused within the application's `leeway` after it was rotated, unless its successor was rotated too.
 *
 * @see Auth0 docs: "Configure Refresh Token Rotation", rotation overlap period: it applies to the previous token only.
 */
function withLeeway(store: Store, token: JsonObject | undefined): AdapterPayload | undefined {
  if (token === undefined || typeof token.consumed !== 'number') return token as AdapterPayload | undefined;
  const client = typeof token.clientId === 'string' ? store.clients.find(token.clientId) : undefined;
  const isOver = Date.now() / 1000 - token.consumed >= (client?.refresh_token.leeway ?? 0);
  if (isOver || !precedesNewest(store, token)) return token as AdapterPayload;
  const { consumed: _consumed, ...unused } = token;
  return unused as AdapterPayload;
}

/** Whether the newest tokens of the family were issued from that token or from one of its generation. */
function precedesNewest(store: Store, token: JsonObject): boolean {
  const family = store.artifacts.listByGrant('RefreshToken', String(token.grantId));
  return family.every(({ payload }) => rotationsOf(payload) <= rotationsOf(token) + 1);
}

function rotationsOf({ rotations }: JsonObject): number {
  return typeof rotations === 'number' ? rotations : 0;
}
