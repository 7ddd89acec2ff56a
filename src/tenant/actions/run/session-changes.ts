/** Milliseconds since 1970. `metadata` is all of it. */
interface Changes {
  readonly expiresAt?: number;
  readonly idleExpiresAt?: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** What Actions want done to the browser's session (`api.session`). Plain JSON. */
export interface SessionChanges extends Changes {
  readonly revoke?: { readonly preserveRefreshTokens: boolean };
  readonly cookieMode?: 'persistent' | 'non-persistent';
}

/** What Actions want done to the refresh token (`api.refreshToken`). Plain JSON. */
export interface RefreshTokenChanges extends Changes {
  readonly revoke?: true;
}
