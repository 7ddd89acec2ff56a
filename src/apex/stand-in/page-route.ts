import type { Context } from 'hono';
import type { ApexSession } from './apex-session.ts';
import { type Application, endedSession, endSession, sendCookie, sessionOf } from './application.ts';
import type { AuthorizationScheme } from './authorization-scheme.ts';
import { startSignIn } from './invalid-session.ts';
import { findPage, type Page } from './page.ts';
import type { PageRequest } from './page-request.ts';
import { isKnownReason } from './refusal-sentence.ts';
import { reportSymptom } from './report-symptom.ts';
import { terminalSafe } from './stand-in-event.ts';
import { currentScheme, switchableScheme } from './stand-in-settings.ts';
import { authorizationSchemes, isAuthorized } from './user-authorization.ts';
import { homePage } from './views/home-page.ts';
import { membersPage } from './views/members-page.ts';
import { forbiddenPage, notFoundPage } from './views/notice-page.ts';
import { landingPage, loginPage, signedOutPage } from './views/public-page.ts';

/**
 * Serves a page as APEX does: first a session, anonymous if necessary; then, for a protected page or on request, the
 * provider; then the page's authorization scheme, which shows its message on a page if it fails, without a redirect.
 *
 * @throws {Problem} if a sign-in has to start and the provider does not answer
 * @see Oracle APEX, Social Sign-In, Authorization Schemes, Switch in Session
 */
export async function pageRoute(app: Application, c: Context, request: PageRequest): Promise<Response> {
  const { application } = app.settings.options;
  const known = [application.alias, String(application.id)].includes(request.application.toLowerCase());
  const page = known ? findPage(app.settings.pages, request.page) : undefined;
  if (page === undefined) return c.html(notFoundPage(app), 404);
  if (page.kind === 'landing' && page.public && !isBlocked(app, page)) return serveLandingPage(app, c, request);
  const timeout = page.public ? undefined : timeoutUrl(app, c);
  if (timeout !== undefined) return c.redirect(timeout, 302);

  const session = sessionOf(app, c, request.session) ?? newSession(app, c);
  const requested =
    request.scheme === undefined ? undefined : switchableScheme(app.settings.attributes, request.scheme);
  if (requested !== undefined) {
    // A user who is signed in already starts over in a new session.
    return startSignIn(
      app,
      c,
      session.user === null ? session : replaced(app, c, session),
      requested,
      ...link(app, page, request),
    );
  }
  const everywhere = app.settings.attributes.applicationAuthorization;
  if (page.public && isBlocked(app, page) && everywhere !== undefined) {
    const passes = session.user !== null && isAuthorized(everywhere, session.user, app.settings.attributes);
    if (!passes) return forbidden(app, c, everywhere, session);
  }
  if (page.public && page.kind === 'landing') return serveLandingPage(app, c, request);
  if (page.public) return servePublicPage(app, c, page, session);
  if (session.user === null) {
    if (page.kind === 'landing') reportSymptom(app, 'landing-protected', session);
    const remembered = session.scheme === null ? undefined : switchableScheme(app.settings.attributes, session.scheme);
    const scheme = remembered ?? currentScheme(app.settings.attributes);
    return startSignIn(app, c, session, scheme, ...link(app, page, request));
  }
  const { user } = session;
  const failed = [everywhere, page.authorization].find(
    (scheme) => scheme !== undefined && !isAuthorized(scheme, user, app.settings.attributes),
  );
  if (failed !== undefined) return forbidden(app, c, failed, session);
  const viewer = { id: session.id, user };
  if (page.kind === 'landing') return c.html(landingPage(app, request.query, null));
  if (page.kind === 'members') return c.html(membersPage(app, viewer));
  return c.html(homePage(app, viewer, authorizationSchemes(app.settings.options, user.groups)));
}

/** Whether the application's own authorization scheme protects a public page, including the page for refused users. */
function isBlocked({ settings }: Application, page: Page): boolean {
  return (
    page.public &&
    settings.attributes.authorizePublicPages &&
    settings.attributes.applicationAuthorization !== undefined
  );
}

function forbidden(app: Application, c: Context, scheme: AuthorizationScheme, session: ApexSession) {
  const viewer = session.user === null ? undefined : { id: session.id, user: session.user };
  return c.html(forbiddenPage(app, scheme, viewer), 403);
}

/** Returns the page for a session that has timed out, if the application names one. */
function timeoutUrl(app: Application, c: Context): string | undefined {
  const ended = endedSession(app, c);
  if (ended === undefined || ended.session.user === null) return undefined;
  const { sessionTimeoutUrl, idleTimeoutUrl } = app.settings.attributes;
  const url = ended.why === 'length' ? sessionTimeoutUrl : idleTimeoutUrl;
  if (url === undefined) return undefined;
  app.sessions.delete(ended.session);
  endSession(app, c);
  return app.addresses.resolve(url);
}

/** Serves the page for refused users: it ends the session here and never redirects, regardless of the address. */
function serveLandingPage(app: Application, c: Context, request: PageRequest): Response | Promise<Response> {
  const notification = sessionOf(app, c)?.notification ?? null;
  endSession(app, c);
  const reason = request.query.get('reason') ?? undefined;
  app.report({ type: 'landing-page', ...(isKnownReason(reason) ? { reason: terminalSafe(reason) } : {}) });
  return c.html(landingPage(app, request.query, notification));
}

function servePublicPage(app: Application, c: Context, page: Page, session: ApexSession): Response | Promise<Response> {
  if (page.kind === 'signed-out') return c.html(signedOutPage(app, session.user !== null));
  const { notification } = session;
  session.notification = null;
  return c.html(loginPage(app, notification));
}

function newSession(app: Application, c: Context): ApexSession {
  const session = app.sessions.create();
  sendCookie(app, c, session);
  return session;
}

function replaced(app: Application, c: Context, session: ApexSession): ApexSession {
  app.sessions.delete(session);
  return newSession(app, c);
}

/** Returns the page and the deep link: the requested address without session and without the request to sign in. */
function link(app: Application, page: Page, request: PageRequest): [page: string, deepLink: string] {
  const url = new URL(app.addresses.page(page.alias, request.query));
  return [page.alias, `${url.pathname}${url.search}`];
}
