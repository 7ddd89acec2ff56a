import { createHash } from 'node:crypto';
import type { Grant } from 'oidc-provider';
import type { LoginEffects, LoginTransaction } from '../../actions/run/login-transaction.ts';
import type { JsonObject, JsonValue } from '../../store/json-value.ts';
import type { ResourceServerRecord } from '../../store/records/applications/resource-server-repository.ts';
import type { Store } from '../../store/store.ts';
import { scopesForUsers } from './api-audience.ts';
import { STANDARD_SCOPES } from './profile-claims.ts';

/** What a login came to, kept beside the library's grant for as long as the grant: its tokens are made from it. */
export interface LoginGrant {
  /** Scopes that were granted, before any Action had a say. */
  readonly baseScopes: readonly string[];
  /** What the tokens carry. */
  readonly scopes: readonly string[];
  readonly idTokenClaims: Readonly<Record<string, JsonValue>>;
  readonly accessTokenClaims: Readonly<Record<string, JsonValue>>;
  /** The organization that the login was for. */
  readonly organizationId?: string;
  /** What its person had proven beside the password. */
  readonly factors?: LoginTransaction['authenticationMethods'];
}

const KIND = 'LoginGrant';
const TOKEN_KIND = 'IssuedAccessToken';

/** The claims and scopes of logins, by the grant that they belong to. They go when it is revoked. */
export class LoginGrants {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * @param grant the library's, saved.
   * @example
   * grants.keep(grant, loginGrant(scopes, outcome.effects));
   */
  keep(grant: Grant, login: LoginGrant): void {
    const payload = { ...login, grantId: grant.jti } as unknown as JsonObject;
    // The library gives a grant its end only when it is read again.
    const expiresAt = grant.exp ?? Math.floor(Date.now() / 1000) + grant.expiration;
    this.#store.artifacts.upsert(KIND, grant.jti, payload, expiresAt);
  }

  find(grantId: string | undefined): LoginGrant | undefined {
    if (grantId === undefined) return undefined;
    return this.#store.artifacts.find(KIND, grantId) as unknown as LoginGrant | undefined;
  }

  /** A signed access token says nothing of the login that it came from; its digest leads back there. */
  rememberToken(token: string, grantId: string, expiresAt: number): void {
    this.#store.artifacts.upsert(TOKEN_KIND, digest(token), { grantId }, expiresAt);
  }

  /** The grant that a signed access token came from; nothing where it was revoked. */
  grantOfToken(token: string): string | undefined {
    const grantId = this.#store.artifacts.find(TOKEN_KIND, digest(token))?.grantId;
    return typeof grantId === 'string' ? grantId : undefined;
  }
}

/**
 * What a login with these scopes comes to once the Actions' wishes are applied. An Action may add any scope, but for
 * the Management API's own: what is meant for another API must not make an administrator of whoever names that one.
 *
 * @param api the API that the login is for.
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
