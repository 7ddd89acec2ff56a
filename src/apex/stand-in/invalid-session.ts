import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { type ApexSession, rememberSignIn } from './apex-session.ts';
import type { Application } from './application.ts';
import { checkCallback } from './callback-check.ts';
import type { SymptomName } from './classic-mistake.ts';
import { pageAt } from './page-at.ts';
import type { SwitchableScheme } from './stand-in-knobs.ts';
import { reportSymptom } from './symptom.ts';

/**
 * Sends the browser to the provider, as Social Sign-In does when a page needs somebody signed in: the anonymous
 * session exists by now, and the state is bound to it.
 *
 * @param deepLink path and query of the page that was asked for
 * @throws {Problem} when the provider's discovery document cannot be had
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
    scope: wireScope(scheme.scope ?? app.settings.knobs.scope),
    state,
    extra: scheme.authUriParameters ?? '',
  });
  if (app.settings.options.checksCallback) void checkCallback(app);
  session.scheme = scheme.name;
  rememberSignIn(session, ajaxIdentifier, { state, scheme: scheme.name, deepLink, ...checks });
  return c.redirect(url, 302);
}

/**
 * What APEX does with a sign-in that failed: keeps a notification for the next page that can show it, and redirects
 * to the invalid-session target. With `LOGIN` that target is a protected page of the same scheme, so that the next
 * thing to happen is another sign-in. It is not ours to break the circle: APEX does not either.
 *
 * @param symptom what it is called where that target starts the next sign-in
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
  // There the scheme asks for the next sign-in: where nothing else ends it, round and round.
  if (pageAt(app, target)?.public === false) reportSymptom(app, symptom, session, notification);
  return c.redirect(target, 302);
}

function invalidSessionTarget({ addresses, settings }: Application, session: ApexSession, reason: string): string {
  const { knobs, landingPage } = settings;
  switch (knobs.invalidSessionType) {
    case 'LOGIN':
      return addresses.page('home', { session: session.id });
    case 'BUILTIN_LOGIN':
      return addresses.page('login', { session: session.id });
    case 'URL':
      if (knobs.invalidSessionUrl !== undefined) return addresses.resolve(knobs.invalidSessionUrl);
      return addresses.page(landingPage, { session: session.id, reason });
  }
}

/**
 * APEX separates scopes by commas and adds `openid` itself; the wire has blanks. A name with a blank in it is none. What a real
 * APEX makes of one is not known: asking for nothing is the worst that can come of it.
 */
function wireScope(scope: string): string {
  const names = scope
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'openid' && !/\s/.test(name));
  return ['openid', ...names].join(' ');
}
