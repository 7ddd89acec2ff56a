import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import type { Application } from './application.ts';
import type { SwitchableScheme } from './options.ts';
import { rememberSignIn, type Session } from './session.ts';

/**
 * Sends the browser to the provider, as Social Sign-In does when a page needs somebody signed in: the anonymous
 * session exists by now, and the state is bound to it.
 *
 * @param deepLink path and query of the page that was asked for
 * @throws {ProviderError} when the provider's discovery document cannot be had
 * @see Oracle APEX, Social Sign-In; APEX_AUTHENTICATION.CALLBACK
 */
export async function startSignIn(
  app: Application,
  c: Context,
  session: Session,
  scheme: SwitchableScheme,
  page: string,
  deepLink: string,
): Promise<Response> {
  const ajaxIdentifier = randomBytes(16).toString('base64url');
  const state = app.states.seal({
    application: app.settings.options.application.id,
    page,
    session: session.id,
    ajaxIdentifier,
    issuedAt: app.settings.clock(),
  });
  const { url, ...checks } = await app.provider.authorize({
    redirectUri: app.addresses.callback,
    scope: wireScope(scheme.scope ?? app.settings.knobs.scope),
    state,
    extra: scheme.authUriParameters ?? '',
  });
  session.scheme = scheme.name;
  rememberSignIn(session, ajaxIdentifier, { state, scheme: scheme.name, deepLink, ...checks });
  return c.redirect(url, 302);
}

/**
 * What APEX does with a sign-in that failed: keeps a notification for the next page that can show it, and redirects
 * to the invalid-session target. With `LOGIN` that target is a protected page of the same scheme, so that the next
 * thing to happen is another sign-in. It is not ours to break the circle: APEX does not either.
 *
 * @see Oracle APEX API Reference, APEX_AUTHENTICATION (authentication errors redirect to the invalid session URL)
 */
export function redirectToInvalidSession(
  app: Application,
  c: Context,
  session: Session,
  notification: string,
  reason: string,
): Response {
  const { knobs, landingPage } = app.settings;
  session.notification = notification;
  switch (knobs.invalidSessionType) {
    case 'LOGIN':
      return c.redirect(app.addresses.page('home', { session: session.id }), 302);
    case 'BUILTIN_LOGIN':
      return c.redirect(app.addresses.page('login', { session: session.id }), 302);
    case 'URL':
      if (knobs.invalidSessionUrl !== undefined) return c.redirect(app.addresses.resolve(knobs.invalidSessionUrl), 302);
      return c.redirect(app.addresses.page(landingPage, { session: session.id, reason }), 302);
  }
}

/** APEX separates scopes by commas and adds `openid` itself; the wire has blanks. */
function wireScope(scope: string): string {
  const names = scope.split(/[\s,]+/).filter((name) => name !== '' && name !== 'openid');
  return ['openid', ...names].join(' ');
}
