import type { JsonObject } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';

const HOUR = 60 * 60;

/** The tenant's settings that logins depend on. */
export interface AuthenticationSettings {
  readonly allowedLogoutUrls: readonly string[];
  /** The connection for a password grant without a realm. */
  readonly defaultDirectory: string | undefined;
  readonly defaultAudience: string | undefined;
  /** Whether authorization requests may be pushed (RFC 9126); off on a new tenant. */
  readonly pushedRequests: boolean;
  /** Seconds. */
  readonly session: number;
  /** Seconds after which an unused session ends. */
  readonly idleSession: number;
}

/**
 * Reads the settings that `PATCH /api/v2/tenants/settings` has set. The defaults are those of a new Auth0 tenant.
 *
 * @example
 * authenticationSettings(store).session; // 604800
 * @see Auth0 docs: "Session Lifetime Limits", "Tenant Settings".
 */
export function authenticationSettings(store: Store): AuthenticationSettings {
  const stored = store.settings.get('tenant_settings');
  const settings: JsonObject = typeof stored === 'object' ? stored : {};
  const urls = settings.allowed_logout_urls;
  return {
    allowedLogoutUrls: Array.isArray(urls) ? urls.filter((url) => typeof url === 'string') : [],
    defaultDirectory: textOf(settings.default_directory),
    defaultAudience: textOf(settings.default_audience),
    pushedRequests: settings.pushed_authorization_requests_supported === true,
    session: seconds(settings.session_lifetime, 168),
    idleSession: seconds(settings.idle_session_lifetime, 72),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function seconds(hours: unknown, defaultHours: number): number {
  return Math.max(1, Math.round((typeof hours === 'number' && hours > 0 ? hours : defaultHours) * HOUR));
}
