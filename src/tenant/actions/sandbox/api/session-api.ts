import type { ApiContext } from './api-context.ts';
import { moment, openMetadata } from './metadata.ts';

/** `api.session`: the browser's session, changed after the Actions have run. Its methods return nothing, so they do not chain. */
export function sessionApi({ collector, event }: ApiContext) {
  const metadata = openMetadata(event.session?.metadata, 'session');
  const { effects } = collector;
  function change(changes: NonNullable<typeof effects.session>): void {
    effects.session = { ...effects.session, ...changes };
  }
  function changeMetadata(next: Record<string, string> | undefined): void {
    if (next === undefined || event.session === undefined) return;
    event.session.metadata = { ...next };
    change({ metadata: next });
  }
  return {
    /** Revokes the session: this login is refused in any case. */
    revoke(reason: unknown, options?: { preserveRefreshTokens?: unknown }): void {
      effects.deny = { reason: typeof reason === 'string' ? reason : '' };
      collector.record('session.revoke', options === undefined ? [reason] : [reason, options]);
      change({ revoke: { preserveRefreshTokens: options?.preserveRefreshTokens === true } });
    },
    setExpiresAt(absolute: unknown): void {
      collector.record('session.setExpiresAt', [absolute]);
      change({ expiresAt: moment('session.setExpiresAt', absolute) });
    },
    setIdleExpiresAt(inactivity: unknown): void {
      collector.record('session.setIdleExpiresAt', [inactivity]);
      change({ idleExpiresAt: moment('session.setIdleExpiresAt', inactivity) });
    },
    setCookieMode(mode: unknown): void {
      collector.record('session.setCookieMode', [mode]);
      if (!mode) throw new Error('Cookie mode must be provided');
      if (mode !== 'persistent' && mode !== 'non-persistent') {
        throw new Error(`Invalid cookie mode: ${String(mode)}. Valid values are 'persistent' and 'non-persistent'.`);
      }
      change({ cookieMode: mode });
      if (event.session !== undefined) event.session.cookie = { ...event.session.cookie, mode };
    },
    setMetadata(key: unknown, value: unknown): void {
      collector.record('session.setMetadata', [key, value]);
      if (event.session === undefined) {
        throw new Error('Failed to set session metadata: Cannot set metadata on a session that does not exist.');
      }
      changeMetadata(metadata.set(key, value));
    },
    deleteMetadata(key: unknown): void {
      collector.record('session.deleteMetadata', [key]);
      changeMetadata(metadata.delete(key));
    },
    evictMetadata(): void {
      collector.record('session.evictMetadata', []);
      changeMetadata(metadata.evict());
    },
  };
}
