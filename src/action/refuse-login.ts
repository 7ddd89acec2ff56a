//! Refuses a user: by a redirect to the tenant's logout and the landing page, or with an error.
import type { RefusalReason } from '../policy/decision.ts';
import type { Policy } from '../policy/policy.ts';
import type { PostLoginApi } from './action-api.ts';
import type { PostLoginEvent } from './action-event.ts';
import type { ActionSettings } from './action-settings.ts';
import { canRedirect } from './can-redirect.ts';

export interface Refusal {
  /** The parameter `reason` of the landing page. */
  readonly reason: RefusalReason | 'internal_error';
  /** One sentence for the user. */
  readonly message: string;
  /** The rule that refuses. */
  readonly rule?: string;
}

/**
 * Refuses a login. In a browser the user is signed out of the tenant and ends on the landing page: a plain error
 * would leave the session alive, and an application that signs in by itself would come back at once, endlessly.
 * In other flows the login ends with an error.
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
    if (canRedirect(event, api)) {
      const query = {
        client_id: event.client.client_id,
        returnTo: withReason(landingPageOf(policy, event.client.client_id), refusal, policy),
      };
      api.redirect.sendUserTo(`${logoutOrigin(settings, event.request.hostname)}/v2/logout`, { query });
      return;
    }
  } catch {
    // Refused without a landing page, but refused.
  }
  api.access.deny(refusal.message);
}

/** The session's cookie belongs to the domain that the user is on, which may be a custom one. */
function logoutOrigin(settings: ActionSettings, hostname: string | undefined): string {
  const valid = typeof hostname === 'string' && /^[a-z0-9.-]+(:\d+)?$/i.test(hostname);
  const host = valid ? hostname : settings.domain;
  const known = Object.hasOwn(settings.logoutOrigins, host) ? settings.logoutOrigins[host] : undefined;
  return known ?? `https://${host}`;
}

/**
 * Returns the landing page of an application.
 *
 * @example landingPageOf(policy, 'b1Xk…') // 'https://apex.example.com/ords/r/team/hr/refused'
 */
function landingPageOf({ landingPage, landingPages = {} }: Policy, application: string): string {
  return (Object.hasOwn(landingPages, application) ? landingPages[application] : undefined) ?? landingPage;
}

/** Returns all landing pages of a policy. */
export function landingPagesOf({ landingPage, landingPages = {} }: Policy): string[] {
  return [...new Set([landingPage, ...Object.values(landingPages)])];
}

/**
 * Adds the reason as text: parsed and serialised again, an address such as `f?p=100:REFUSED` would change. The rule is named
 * only if it has a sentence for the user, so that the page can show it; other names of rules stay private.
 */
function withReason(landingPage: string, { reason, rule }: Refusal, policy: Policy): string {
  const hasSentence = policy.refuse?.some((one) => one.rule === rule && one.because !== undefined) === true;
  const hash = landingPage.indexOf('#');
  const address = hash < 0 ? landingPage : landingPage.slice(0, hash);
  const separator = address.includes('?') ? '&' : '?';
  return `${address}${separator}reason=${reason}${hasSentence ? `&rule=${encodeURIComponent(rule ?? '')}` : ''}${hash < 0 ? '' : landingPage.slice(hash)}`;
}
