/** Milliseconds since 1970. `metadata` is complete. */
interface Changes {
  readonly expiresAt?: number;
  readonly idleExpiresAt?: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The changes of the browser's session that Actions request (`api.session`). Plain JSON. */
export interface SessionChanges extends Changes {
  readonly revoke?: { readonly preserveRefreshTokens: boolean };
  readonly cookieMode?: 'persistent' | 'non-persistent';
}

/** The changes of the refresh token that Actions request (`api.refreshToken`). Plain JSON. */
export interface RefreshTokenChanges extends Changes {
  readonly revoke?: true;
}
