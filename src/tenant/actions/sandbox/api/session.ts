import type { Api, ApiContext } from './api-context.ts';
import { moment, openMetadata } from './metadata.ts';

/** `api.session`: the browser's session, changed once the Actions have run. */
export function sessionApi({ collector, event }: ApiContext, api: () => Api) {
  const metadata = openMetadata(event.session?.metadata);
  const { effects } = collector;
  function change(changes: NonNullable<typeof effects.session>): Api {
    effects.session = { ...effects.session, ...changes };
    return api();
  }
  function changeMetadata(next: Record<string, string>): Api {
    if (event.session !== undefined) event.session.metadata = { ...next };
    return change({ metadata: next });
  }
  return {
    /** Nobody gets in by this login, whatever becomes of the session. */
    revoke(reason: unknown, options?: { preserveRefreshTokens?: unknown }): Api {
      effects.deny = { reason: typeof reason === 'string' ? reason : '' };
      collector.note('session.revoke', options === undefined ? [reason] : [reason, options]);
      return change({ revoke: { preserveRefreshTokens: options?.preserveRefreshTokens === true } });
    },
    setExpiresAt(absolute: unknown): Api {
      collector.note('session.setExpiresAt', [absolute]);
      return change({ expiresAt: moment('session.setExpiresAt', absolute) });
    },
    setIdleExpiresAt(inactivity: unknown): Api {
      collector.note('session.setIdleExpiresAt', [inactivity]);
      return change({ idleExpiresAt: moment('session.setIdleExpiresAt', inactivity) });
    },
    setCookieMode(mode: unknown): Api {
      collector.note('session.setCookieMode', [mode]);
      if (mode !== 'persistent' && mode !== 'non-persistent') {
        throw new TypeError('session.setCookieMode takes "persistent" or "non-persistent".');
      }
      return change({ cookieMode: mode });
    },
    setMetadata(key: unknown, value: unknown): Api {
      collector.note('session.setMetadata', [key, value]);
      return changeMetadata(metadata.set(key, value));
    },
    deleteMetadata(key: unknown): Api {
      collector.note('session.deleteMetadata', [key]);
      return changeMetadata(metadata.delete(key));
    },
    evictMetadata(): Api {
      collector.note('session.evictMetadata', []);
      return changeMetadata(metadata.evict());
    },
  };
}
