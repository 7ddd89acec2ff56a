import type { Context } from 'hono';
import { type ApexSession, type PendingSignIn, takeSignIn } from './apex-session.ts';
import { type Application, sendCookie, sessionOf } from './application.ts';
import { unacceptableParameter } from './callback-parameters.ts';
import { redirectToInvalidSession } from './invalid-session.ts';
import { postAuthenticate } from './post-authentication.ts';
import type { ProviderAnswer } from './provider.ts';
import { refuseInApex } from './refuse-in-apex.ts';
import { reportSymptom } from './report-symptom.ts';
import { terminalSafe } from './stand-in-event.ts';
import { username } from './username.ts';
import { gatewayErrorPage, sessionExpiredPage, signInErrorPage } from './views/notice-page.ts';

/**
 * `apex_authentication.callback`, which the browser calls with the provider's response. In this order: the gateway
 * refuses parameters that the procedure does not have; the state must be ours, this session's, fresh and unused; an
 * error goes to the invalid-session target; a code is exchanged, and only then is the user signed in.
 *
 * @throws {Problem} if the code cannot be exchanged; then no user is signed in
 * @see Oracle APEX API Reference, APEX_AUTHENTICATION.CALLBACK and POST_LOGIN
 */
export async function callbackRoute(app: Application, c: Context): Promise<Response> {
  const query = new URL(c.req.url).searchParams;
  const { attributes } = app.settings;
  const unacceptable = attributes.strictCallback ? unacceptableParameter(query, attributes.release) : undefined;
  if (unacceptable !== undefined) {
    const message = `The callback has no parameter "${terminalSafe(unacceptable)}".`;
    app.report({ type: 'error', code: 'unknown_callback_parameter', message });
    return c.html(gatewayErrorPage(app, unacceptable), 404);
  }

  const answered = answeredSignIn(app, c, query.get('state') ?? '');
  if (answered === undefined) return expired(app, c);
  const { session, signIn } = answered;

  const error = query.get('error');
  if (error !== null) return refused(app, c, session, error, query.get('error_description'));
  if (!query.get('code')) return expired(app, c);

  const answer = await app.provider.exchange(exchangeUrl(app, query), {
    state: signIn.state,
    ...(signIn.nonce === undefined ? {} : { nonce: signIn.nonce }),
    ...(signIn.codeVerifier === undefined ? {} : { codeVerifier: signIn.codeVerifier }),
  });
  // The session may have been closed in another tab while the provider was called.
  if (sessionOf(app, c, session.id) !== session) return expired(app, c);
  return finishSignIn(app, c, session, signIn, answer);
}

/** Returns the sign-in of a state, and removes it from its session so that it is answered once. */
function answeredSignIn(
  app: Application,
  c: Context,
  state: string,
): { session: ApexSession; signIn: PendingSignIn } | undefined {
  const content = app.states.open(state);
  if (content === undefined || content.application !== app.settings.options.application.id) return undefined;
  const session = sessionOf(app, c, content.session);
  if (session === undefined || session.id !== content.session) return undefined;
  const signIn = takeSignIn(session, content.ajaxIdentifier, state);
  const tooLate = app.settings.clock() - content.issuedAt > app.settings.limits.signInMs;
  return signIn === undefined || tooLate ? undefined : { session, signIn };
}

/** Returns the redirect URI that was registered and requested, regardless of which of the callback's names the browser called. */
function exchangeUrl(app: Application, query: URLSearchParams): URL {
  const url = new URL(app.addresses.callback);
  for (const name of ['code', 'state', 'iss']) {
    const value = query.get(name);
    if (value !== null) url.searchParams.set(name, value);
  }
  return url;
}

function expired(app: Application, c: Context): Response | Promise<Response> {
  const message = 'The state is forged, foreign, used or too old.';
  app.report({ type: 'error', code: 'invalid_state', message });
  return c.html(sessionExpiredPage(app), 400);
}

function refused(
  app: Application,
  c: Context,
  session: ApexSession,
  error: string,
  description: string | null,
): Response {
  app.report({
    type: 'refused-at-callback',
    error: terminalSafe(error),
    redirect: app.settings.attributes.invalidSessionType,
    ...(description === null ? {} : { description: terminalSafe(description) }),
  });
  return redirectToInvalidSession(app, c, session, terminalSafe(description ?? error), 'access_denied');
}

function finishSignIn(
  app: Application,
  c: Context,
  session: ApexSession,
  signIn: PendingSignIn,
  answer: ProviderAnswer,
): Response | Promise<Response> {
  const { attributes, options, clock } = app.settings;
  const name = username(answer.values, {
    attribute: attributes.usernameAttribute,
    uppercase: attributes.uppercaseUsername,
    verify: attributes.verifyAttributes,
    schemeName: signIn.scheme,
  });
  if (name.outcome === 'missing') {
    const message = `The provider sent no value for the username (${attributes.usernameAttribute}).`;
    app.report({ type: 'error', code: 'missing_username', message });
    if (attributes.scope.split(',').some((one) => /\s/.test(one.trim()))) reportSymptom(app, 'comma-scope');
    return c.html(signInErrorPage(app, 'missing_username', message), 502);
  }
  if (name.outcome === 'unverified') {
    const description = `${name.attribute} is not verified`;
    const redirect = attributes.invalidSessionType;
    app.report({ type: 'refused-at-callback', error: 'username_not_verified', description, redirect });
    const reason = name.attribute === 'email' ? 'email_not_verified' : 'access_denied';
    return redirectToInvalidSession(
      app,
      c,
      session,
      `The username was not accepted: ${description}.`,
      reason,
      'verify-clash',
    );
  }

  const { refusal, groups, organization, claimShape } = postAuthenticate(answer.values, options, clock());
  if (refusal !== undefined) return refuseInApex(app, c, refusal);
  if (groups.length > 0 && attributes.groupSource !== 'custom') reportSymptom(app, 'groups-not-custom', session);
  // A new id and a new cookie, so that knowledge of the anonymous session gives no access to this one.
  app.sessions.delete(session);
  const signedIn = app.sessions.create({
    name: name.name,
    subject: answer.subject,
    scheme: signIn.scheme,
    claims: answer.idTokenClaims,
    idToken: answer.idToken,
    claimShape,
    groups,
    organization,
  });
  sendCookie(app, c, signedIn);
  app.report({
    type: 'login',
    subject: terminalSafe(answer.subject),
    roles: groups.map(terminalSafe),
    ...(organization === null ? {} : { organization: terminalSafe(organization) }),
  });
  const target = new URL(signIn.deepLink, app.addresses.origin);
  target.searchParams.set('session', signedIn.id);
  return c.redirect(target.href, 302);
}
