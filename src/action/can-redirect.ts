//! Whether the login has a browser that can be redirected.
import type { PostLoginApi } from './action-api.ts';
import type { PostLoginEvent } from './action-event.ts';

/** Protocols with a browser that follows redirects. Other protocols are not redirected. */
const INTERACTIVE = ['oidc-basic-profile', 'oidc-implicit-profile', 'oidc-hybrid-profile', 'samlp', 'wsfed'];

/**
 * Whether the login happens in a browser window that can be redirected to another page. False for `prompt=none`, for a
 * response that another window waits for (`web_message`), for a grant without a browser, and for an unknown protocol.
 *
 *
 * Source: Auth0 docs, "Redirect with Actions", restrictions and limitations.
 */
export function canRedirect(event: PostLoginEvent, api: PostLoginApi): boolean {
  const { transaction, request } = event;
  if (!INTERACTIVE.includes(transaction?.protocol ?? '')) return false;
  const prompts = [request.query?.prompt, request.body?.prompt, transaction?.prompt];
  if (prompts.some((prompt) => words(prompt).includes('none'))) return false;
  const modes = [request.query?.response_mode, request.body?.response_mode, transaction?.response_mode];
  if (modes.some((mode) => words(mode).includes('web_message'))) return false;
  // Deprecated by Auth0, but it may know newer limits: it can only forbid a redirect.
  return api.redirect.canRedirect?.() !== false;
}

/** Returns the words of a parameter that may be a text, a list, or anything else. */
function words(parameter: unknown): string[] {
  const texts: unknown[] = Array.isArray(parameter) ? parameter : [parameter];
  return texts.flatMap((text) => (typeof text === 'string' ? text.split(/\s+/) : []));
}
