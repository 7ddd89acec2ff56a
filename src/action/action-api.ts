import type { PostLoginEvent } from './action-event.ts';
import type { SamlResponse } from './saml-response-api.ts';

/** The handler that a post-login Action exports as `onExecutePostLogin` and `onContinuePostLogin`. Auth0 requires a native async function. */
export type PostLoginHandler = (event: PostLoginEvent, api: PostLoginApi) => Promise<void>;

/**
 * The `api` that Auth0 passes to a post-login Action, version 3. Methods of the type `PostLoginApi` return the `api` itself.
 *
 * Auth0 docs: Actions, "Post-login Triggers: API Object". `groups` and `roles` are newer than the trigger and
 * missing from older runtimes, hence optional; so is the deprecated `canRedirect`.
 */
export interface PostLoginApi {
  readonly access: {
    /** Refuses the login when this Action ends. `reason` becomes the `error_description` of the response. */
    deny(reason: string): PostLoginApi;
  };
  readonly accessToken: {
    /** Throws for `scope`; other restricted names are silently dropped later. */
    setCustomClaim(name: string, value: unknown): PostLoginApi;
    addScope(scope: string): PostLoginApi;
    removeScope(scope: string): PostLoginApi;
  };
  readonly authentication: {
    challengeWith(factor: Factor, options?: { additionalFactors?: Factor[] }): void;
    challengeWithAny(factors: Factor[]): void;
    enrollWith(factor: Factor, options?: { additionalFactors?: Factor[] }): void;
    enrollWithAny(factors: Factor[]): void;
    /** Only in `onContinuePostLogin`. */
    recordMethod(providerUrl: string): PostLoginApi;
    setPrimaryUser(userId: string): void;
  };
  readonly cache: ActionCache;
  readonly groups?: {
    getUserGroups(page?: CheckpointPage): Promise<{ groups: readonly { id: string; name: string }[]; next?: string }>;
    hasGroupMembership(groups: { ids: string[] } | { names: string[] }): Promise<boolean>;
  };
  readonly idToken: {
    /** Throws for `scope`; other restricted names are silently dropped later. */
    setCustomClaim(name: string, value: unknown): PostLoginApi;
  };
  readonly multifactor: {
    enable(
      provider: 'any' | 'duo' | 'google-authenticator' | 'guardian' | 'none',
      options?: { allowRememberBrowser?: boolean; providerOptions?: Readonly<Record<string, unknown>> },
    ): PostLoginApi;
  };
  readonly prompt: {
    /** Shows a form. Not in the same Action as a redirect. */
    render(id: string, options?: { fields?: Record<string, unknown>; vars?: Record<string, unknown> }): PostLoginApi;
  };
  readonly redirect: {
    /** Deprecated by Auth0: whether `prompt` and protocol allow a redirect. */
    canRedirect?(): boolean;
    encodeToken(options: { secret: string; payload: Record<string, unknown>; expiresInSeconds?: number }): string;
    /** Suspends the login and redirects the browser; `query` values are encoded and `state` is added. Throws for an invalid URL. */
    sendUserTo(url: string, options?: { query?: Record<string, string> }): PostLoginApi;
    validateToken(options: { secret: string; tokenParameterName?: string }): Record<string, unknown>;
  };
  readonly refreshToken: {
    deleteMetadata(key: string): PostLoginApi;
    evictMetadata(): PostLoginApi;
    revoke(reason?: string): PostLoginApi;
    setExpiresAt(absolute: number): PostLoginApi;
    setIdleExpiresAt(inactivity: number): PostLoginApi;
    setMetadata(key: string, value: string | null): PostLoginApi;
  };
  readonly roles?: EffectiveRoles;
  readonly rules: { wasExecuted(ruleId: string): boolean };
  readonly samlResponse: SamlResponse;
  readonly session: {
    deleteMetadata(key: string): PostLoginApi;
    evictMetadata(): PostLoginApi;
    revoke(reason: string, options?: { preserveRefreshTokens?: boolean }): PostLoginApi;
    setCookieMode(mode: 'persistent' | 'non-persistent'): PostLoginApi;
    setExpiresAt(absolute: number): PostLoginApi;
    setIdleExpiresAt(inactivity: number): PostLoginApi;
    setMetadata(key: string, value: string | null): PostLoginApi;
  };
  readonly transaction: {
    /** Kept across redirects; `null` removes the key. */
    setMetadata(key: string, value: string | number | boolean | null): PostLoginApi;
  };
  readonly user: {
    /** Written once, at the end of the flow; `null` removes the key. */
    setAppMetadata(name: string, value: unknown): PostLoginApi;
    setUserMetadata(name: string, value: unknown): PostLoginApi;
  };
  readonly validation: { error(code: string, message: string): PostLoginApi };
}

export interface Factor {
  readonly type: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface CheckpointPage {
  /** At most 100. */
  readonly take?: number;
  /** The `next` of the previous page. */
  readonly from?: string;
}

export interface EffectiveRole {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

/** The roles held directly or through a group, read without the Management API. */
export interface EffectiveRoles {
  getUserEffectiveRoles(page?: CheckpointPage): Promise<{ roles: readonly EffectiveRole[]; next?: string }>;
  getUserEffectiveRolesByIds(ids: string[]): Promise<{ roles: readonly EffectiveRole[] }>;
  getUserEffectiveRolesByNames(names: string[]): Promise<{ roles: readonly EffectiveRole[] }>;
}

export interface CacheRecord {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly expires_at: number;
}

export type CacheResult =
  | { readonly type: 'success'; readonly record?: CacheRecord }
  | { readonly type: 'error'; readonly code: string };

/** Shared by the executions of a trigger, without a guarantee that an entry stays. Errors are values. */
export interface ActionCache {
  get(key: string): CacheRecord | undefined;
  /** Key up to 64 bytes, value up to 4 KB, lifetime up to 24 hours; `ttl` and `expires_at` in milliseconds. */
  set(key: string, value: string, options?: { ttl?: number; expires_at?: number }): CacheResult;
  delete(key: string): CacheResult;
}
