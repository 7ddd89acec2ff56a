import type { Api, ApiContext } from './api-context.ts';
import { moment, openMetadata } from './metadata.ts';

/** `api.refreshToken`: the token that is exchanged, or the one that the login will issue. */
export function refreshTokenApi({ collector, event }: ApiContext, api: () => Api) {
  const metadata = openMetadata(event.refresh_token?.metadata);
  const { effects } = collector;
  function change(changes: NonNullable<typeof effects.refreshToken>): Api {
    effects.refreshToken = { ...effects.refreshToken, ...changes };
    return api();
  }
  function changeMetadata(next: Record<string, string>): Api {
    if (event.refresh_token !== undefined) event.refresh_token.metadata = { ...next };
    return change({ metadata: next });
  }
  return {
    /** Nobody gets a token by this exchange. */
    revoke(reason: unknown): Api {
      effects.deny = { reason: typeof reason === 'string' ? reason : '' };
      collector.note('refreshToken.revoke', [reason]);
      return change({ revoke: true });
    },
    setExpiresAt(absolute: unknown): Api {
      collector.note('refreshToken.setExpiresAt', [absolute]);
      return change({ expiresAt: moment('refreshToken.setExpiresAt', absolute) });
    },
    setIdleExpiresAt(inactivity: unknown): Api {
      collector.note('refreshToken.setIdleExpiresAt', [inactivity]);
      return change({ idleExpiresAt: moment('refreshToken.setIdleExpiresAt', inactivity) });
    },
    setMetadata(key: unknown, value: unknown): Api {
      collector.note('refreshToken.setMetadata', [key, value]);
      return changeMetadata(metadata.set(key, value));
    },
    deleteMetadata(key: unknown): Api {
      collector.note('refreshToken.deleteMetadata', [key]);
      return changeMetadata(metadata.delete(key));
    },
    evictMetadata(): Api {
      collector.note('refreshToken.evictMetadata', []);
      return changeMetadata(metadata.evict());
    },
  };
}
