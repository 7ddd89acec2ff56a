import type { Context } from 'hono';
import type { Application } from './application.ts';

/**
 * Refuses a user as the post-authentication procedure does: the engine stops, the session stays without
 * a user, and the browser goes to the tenant's logout, and from there to the landing page with the reason.
 *
 * @param refusal the reason of the decision, and the rule that refuses; the page learns the rule if it has a sentence
 * @see Oracle APEX API Reference, APEX_UTIL.REDIRECT_URL; Auth0, Log Users Out, `/v2/logout`
 */
export function refuseInApex(
  app: Application,
  c: Context,
  { reason, rule }: { readonly reason: string; readonly rule?: string | undefined },
): Response {
  const { options, landingPage } = app.settings;
  const hasSentence = rule !== undefined && Object.hasOwn(options.ruleSentences ?? {}, rule);
  const logout = new URL('v2/logout', options.issuer.endsWith('/') ? options.issuer : `${options.issuer}/`);
  logout.searchParams.set('client_id', options.clientId);
  logout.searchParams.set('returnTo', app.addresses.page(landingPage, hasSentence ? { reason, rule } : { reason }));
  app.report({ type: 'refused-in-apex', reason });
  return c.redirect(logout.href, 302);
}
