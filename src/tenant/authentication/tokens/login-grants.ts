import { createHash } from 'node:crypto';
import type { Grant } from 'oidc-provider';
import type { LoginEffects, LoginTransaction } from '../../actions/run/login-transaction.ts';
import type { JsonObject, JsonValue } from '../../store/json-value.ts';
import type { ResourceServerRecord } from '../../store/records/applications/resource-server-repository.ts';
import type { Store } from '../../store/store.ts';
import { scopesForUsers } from './api-audience.ts';
import { STANDARD_SCOPES } from './profile-claims.ts';

/** The result of a login, from which its tokens are made. It is stored beside the library's grant and ends with it. */
export interface LoginGrant {
  /** Scopes that were granted before the Actions ran. */
  readonly baseScopes: readonly string[];
  /** Scopes that the tokens carry. */
  readonly scopes: readonly string[];
  readonly idTokenClaims: Readonly<Record<string, JsonValue>>;
  readonly accessTokenClaims: Readonly<Record<string, JsonValue>>;
  /** Id of the login, for the log entry of the exchange. */
  readonly loginId?: string;
  /** The domain of the login, for logout tokens. */
  readonly issuer?: string;
  /** The organization that the login was for. */
  readonly organizationId?: string;
  /** Factors that the user passed besides the password. */
  readonly factors?: LoginTransaction['authenticationMethods'];
}

const KIND = 'LoginGrant';
const TOKEN_KIND = 'IssuedAccessToken';

/** The claims and scopes of logins, by their grant. They are deleted when the grant is revoked. */
export class LoginGrants {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Stores the result of a login.
   *
   * @param grant the library's grant, already saved.
   * @example
   * grants.keep(grant, loginGrant(scopes, outcome.effects));
   */
  keep(grant: Grant, login: LoginGrant): void {
    const payload = { ...login, grantId: grant.jti } as unknown as JsonObject;
    // The library sets a grant's end only when it reads the grant again.
    const expiresAt = grant.exp ?? Math.floor(Date.now() / 1000) + grant.expiration;
    this.#store.artifacts.upsert(KIND, grant.jti, payload, expiresAt);
  }

  find(grantId: string | undefined): LoginGrant | undefined {
    if (grantId === undefined) return undefined;
    return this.#store.artifacts.find(KIND, grantId) as unknown as LoginGrant | undefined;
  }

  /** Stores the digest of a signed access token, which itself does not name the login that it came from. */
  rememberToken(token: string, grantId: string, expiresAt: number): void {
    this.#store.artifacts.upsert(TOKEN_KIND, digest(token), { grantId }, expiresAt);
  }

  /** The grant that a signed access token came from; nothing if it was revoked. */
  grantOfToken(token: string): string | undefined {
    const grantId = this.#store.artifacts.find(TOKEN_KIND, digest(token))?.grantId;
    return typeof grantId === 'string' ? grantId : undefined;
  }
}

/**
 * The result of a login with these scopes after the Actions' effects. An Action may add any scope except those of the
 * Management API: a scope that is meant for another API must not make the user an administrator.
 *
 * @param api the API of the login.
 * @example
 * grants.keep(grant, loginGrant(scopes, outcome.effects, api));
 */
export function loginGrant(
  baseScopes: readonly string[],
  effects: LoginEffects,
  api: ResourceServerRecord | undefined,
): LoginGrant {
  const removed = new Set(effects.removedScopes);
  const added = api?.is_system === true ? withoutScopesOf(api, effects.addedScopes) : effects.addedScopes;
  return {
    baseScopes,
    scopes: [...new Set([...baseScopes, ...added])].filter((scope) => !removed.has(scope)),
    idTokenClaims: effects.idTokenClaims,
    accessTokenClaims: effects.accessTokenClaims,
  };
}

function withoutScopesOf(api: ResourceServerRecord, scopes: readonly string[]): string[] {
  const ofUsers = new Set<string>([...STANDARD_SCOPES, ...scopesForUsers(api)]);
  return scopes.filter((scope) => ofUsers.has(scope));
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
