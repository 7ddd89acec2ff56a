import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { type ApexSession, rememberSignIn } from './apex-session.ts';
import type { Application } from './application.ts';
import { checkCallback } from './callback-check.ts';
import type { SymptomName } from './classic-mistake.ts';
import { pageAt } from './page-at.ts';
import { reportSymptom } from './report-symptom.ts';
import type { SwitchableScheme } from './scheme-attributes.ts';

/**
 * Redirects the browser to the provider, as Social Sign-In does if a page needs a signed-in user. The anonymous
 * session exists already, and the state is bound to it.
 *
 * @param deepLink path and query of the requested page
 * @throws {Problem} if the provider's discovery document cannot be read
 * @see Oracle APEX, Social Sign-In; APEX_AUTHENTICATION.CALLBACK
 */
export async function startSignIn(
  app: Application,
  c: Context,
  session: ApexSession,
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
    scope: wireScope(scheme.scope ?? app.settings.attributes.scope),
    state,
    extra: scheme.authUriParameters ?? '',
  });
  // The parameters of the request are those of the scheme: APEX adds none of the page's.
  const link = new URL(deepLink, app.addresses.callback).searchParams;
  if (link.has('invitation') && !new URL(url).searchParams.has('invitation')) {
    app.report({ type: 'invitation-dropped' });
  }
  if (app.settings.options.checksCallback) void checkCallback(app);
  session.scheme = scheme.name;
  rememberSignIn(session, ajaxIdentifier, { state, scheme: scheme.name, deepLink, ...checks });
  return c.redirect(url, 302);
}

/**
 * Handles a failed sign-in as APEX does: keeps a notification for the next page that can show it, and redirects
 * to the invalid-session target. With `LOGIN` that target is a protected page of the same scheme, so the next
 * step is another sign-in. The loop is intended: APEX does not break it either.
 *
 * @param symptom the name of the symptom if that target starts the next sign-in
 * @see Oracle APEX API Reference, APEX_AUTHENTICATION (authentication errors redirect to the invalid session URL)
 */
export function redirectToInvalidSession(
  app: Application,
  c: Context,
  session: ApexSession,
  notification: string,
  reason: string,
  symptom: SymptomName = 'invalid-session-protected',
): Response {
  session.notification = notification;
  const target = invalidSessionTarget(app, session, reason);
  // The scheme starts the next sign-in on that page: an endless loop, unless another step ends it.
  if (pageAt(app, target)?.public === false) reportSymptom(app, symptom, session, notification);
  return c.redirect(target, 302);
}

function invalidSessionTarget({ addresses, settings }: Application, session: ApexSession, reason: string): string {
  const { attributes, landingPage } = settings;
  switch (attributes.invalidSessionType) {
    case 'LOGIN':
      return addresses.page('home', { session: session.id });
    case 'BUILTIN_LOGIN':
      return addresses.page('login', { session: session.id });
    case 'URL':
      if (attributes.invalidSessionUrl !== undefined) return addresses.resolve(attributes.invalidSessionUrl);
      return addresses.page(landingPage, { session: session.id, reason });
  }
}

/**
 * Turns APEX's scope into the one of the request: APEX separates scopes by commas and adds `openid` itself; the request
 * has blanks. A name with a blank in it is dropped: a real APEX's request is not known, and dropping is the worst case.
 */
function wireScope(scope: string): string {
  const names = scope
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'openid' && !/\s/.test(name));
  return ['openid', ...names].join(' ');
}
