//! Turns a person away: to the tenant's logout and the landing page, or with an error.
import type { RefusalReason } from '../policy/decision.ts';
import type { Policy } from '../policy/policy.ts';
import type { PostLoginApi } from './action-api.ts';
import type { PostLoginEvent } from './action-event.ts';
import type { ActionSettings } from './action-settings.ts';
import { redirectIsPossible } from './redirect-possible.ts';

export interface Refusal {
  /** Goes to the landing page as the parameter `reason`. */
  readonly reason: RefusalReason | 'internal_error';
  /** One sentence for the person. */
  readonly message: string;
}

/**
 * Refuses a login. In a browser the person is signed out of the tenant and ends on the landing page: a plain error
 * would leave the session alive, and an application that signs in by itself would come back at once, for ever.
 * Elsewhere the login ends with an error.
 *
 * Sources: Auth0 docs, "Redirect with Actions" (the session exists before Actions run), "Log Users Out of Auth0"
 * (`client_id`, `returnTo`, allowed logout URLs, which are compared without their query).
 */
export function refuseLogin(
  refusal: Refusal,
  policy: Policy,
  settings: ActionSettings,
  event: PostLoginEvent,
  api: PostLoginApi,
): void {
  try {
    if (redirectIsPossible(event, api)) {
      const query = {
        client_id: event.client.client_id,
        returnTo: withReason(policy.landingPage, refusal.reason),
      };
      api.redirect.sendUserTo(`${logoutOrigin(settings, event.request.hostname)}/v2/logout`, { query });
      return;
    }
  } catch {
    // Turned away without a landing page, but turned away.
  }
  api.access.deny(refusal.message);
}

/** The session's cookie belongs to the domain that the person is on, which may be a custom one. */
function logoutOrigin(settings: ActionSettings, hostname: string | undefined): string {
  const valid = typeof hostname === 'string' && /^[a-z0-9.-]+(:\d+)?$/i.test(hostname);
  const host = valid ? hostname : settings.domain;
  const known = Object.hasOwn(settings.logoutOrigins, host) ? settings.logoutOrigins[host] : undefined;
  return known ?? `https://${host}`;
}

/** Added by hand: taken apart and put together again, an address such as `f?p=100:REFUSED` would change. */
function withReason(landingPage: string, reason: string): string {
  const hash = landingPage.indexOf('#');
  const address = hash < 0 ? landingPage : landingPage.slice(0, hash);
  const separator = address.includes('?') ? '&' : '?';
  return `${address}${separator}reason=${reason}${hash < 0 ? '' : landingPage.slice(hash)}`;
}
