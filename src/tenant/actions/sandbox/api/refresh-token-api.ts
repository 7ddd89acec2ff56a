import type { ApiContext } from './api-context.ts';
import { moment, openMetadata } from './metadata.ts';

/** `api.refreshToken`: the exchanged token, or the one that the login will issue. Its methods return nothing, so they do not chain. */
export function refreshTokenApi({ collector, event }: ApiContext) {
  const metadata = openMetadata(event.refresh_token?.metadata, 'refresh token');
  const { effects } = collector;
  function change(changes: NonNullable<typeof effects.refreshToken>): void {
    effects.refreshToken = { ...effects.refreshToken, ...changes };
  }
  function changeMetadata(next: Record<string, string> | undefined): void {
    if (next === undefined) return;
    if (event.refresh_token !== undefined) event.refresh_token.metadata = { ...next };
    change({ metadata: next });
  }
  return {
    /** Revokes the token: this exchange issues none. */
    revoke(reason: unknown): void {
      effects.deny = { reason: typeof reason === 'string' ? reason : '' };
      collector.record('refreshToken.revoke', [reason]);
      change({ revoke: true });
    },
    setExpiresAt(absolute: unknown): void {
      collector.record('refreshToken.setExpiresAt', [absolute]);
      change({ expiresAt: moment('refreshToken.setExpiresAt', absolute) });
    },
    setIdleExpiresAt(inactivity: unknown): void {
      collector.record('refreshToken.setIdleExpiresAt', [inactivity]);
      change({ idleExpiresAt: moment('refreshToken.setIdleExpiresAt', inactivity) });
    },
    setMetadata(key: unknown, value: unknown): void {
      collector.record('refreshToken.setMetadata', [key, value]);
      changeMetadata(metadata.set(key, value));
    },
    deleteMetadata(key: unknown): void {
      collector.record('refreshToken.deleteMetadata', [key]);
      changeMetadata(metadata.delete(key));
    },
    evictMetadata(): void {
      collector.record('refreshToken.evictMetadata', []);
      changeMetadata(metadata.evict());
    },
  };
}
