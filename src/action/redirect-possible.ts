//! Whether there is a browser that can be sent elsewhere.
import type { PostLoginApi } from './action-api.ts';
import type { PostLoginEvent } from './action-event.ts';

/** Where a person sits in front of a browser that follows redirects. What is not listed is not redirected. */
const INTERACTIVE = ['oidc-basic-profile', 'oidc-implicit-profile', 'oidc-hybrid-profile', 'samlp', 'wsfed'];

/**
 * Whether the login happens in a browser window that can be sent to another page. Not with `prompt=none`, not for an
 * answer that another window waits for (`web_message`), not in a grant without a browser, not in a protocol that is
 * unknown.
 *
 * Source: Auth0 docs, "Redirect with Actions", restrictions and limitations.
 */
export function redirectIsPossible(event: PostLoginEvent, api: PostLoginApi): boolean {
  const { transaction, request } = event;
  if (!INTERACTIVE.includes(transaction?.protocol ?? '')) return false;
  const prompts = [request.query?.prompt, request.body?.prompt, transaction?.prompt];
  if (prompts.some((prompt) => words(prompt).includes('none'))) return false;
  const modes = [request.query?.response_mode, request.body?.response_mode, transaction?.response_mode];
  if (modes.some((mode) => words(mode).includes('web_message'))) return false;
  // Deprecated by Auth0, and younger limits may only be known there: it can say no, never yes.
  return api.redirect.canRedirect?.() !== false;
}

/** The words of a parameter that may be a text, a list, or anything. */
function words(parameter: unknown): string[] {
  const texts: unknown[] = Array.isArray(parameter) ? parameter : [parameter];
  return texts.flatMap((text) => (typeof text === 'string' ? text.split(/\s+/) : []));
}
