import type { Context } from 'hono';
import type { Addresses } from './addresses.ts';
import type { SignedInUser } from './apex-session.ts';
import { type Application, endSession, sessionOf } from './application.ts';
import { pageAt } from './page-at.ts';
import { reportSymptom } from './report-symptom.ts';
import { terminalSafe } from './stand-in-event.ts';
import type { StandInSettings } from './stand-in-settings.ts';

/**
 * `apex_authentication.logout`: closes APEX's own session first, then redirects the browser: to the provider's
 * `end_session_endpoint` if its discovery document has one; but not if the post-logout address leads away from the
 * application, as `https://TENANT/v2/logout?…` does, since that address is the provider's logout.
 *
 * A session id that is not the browser's own closes nothing: a link on another page must not sign the user out.
 *
 * @see Oracle APEX API Reference, APEX_AUTHENTICATION.LOGOUT; OpenID Connect RP-Initiated Logout 1.0
 */
export async function logoutRoute(app: Application, c: Context): Promise<Response> {
  const { attributes } = app.settings;
  const target = postLogoutTarget(app.settings, app.addresses);

  const session = sessionOf(app, c);
  const isOwnSession = session?.id === c.req.query('p_session_id') && isThisApplication(app, c.req.query('p_app_id'));
  if (session === undefined || !isOwnSession) return c.redirect(target, 302);
  endSession(app, c);
  if (pageAt(app, target)?.public === false) reportSymptom(app, 'post-logout-home', session);
  if (session.user === null) return c.redirect(target, 302);

  const ownTarget = new URL(target).origin === app.addresses.origin;
  const provider =
    attributes.endSession === 'auto' && ownTarget ? await endSessionUrl(app, session.user, target) : undefined;
  app.report({ type: 'logout', subject: terminalSafe(session.user.subject), endSession: provider !== undefined });
  return c.redirect(provider ?? target, 302);
}

/** Returns the address after a sign-out: *Post-Logout URL*. */
export function postLogoutTarget({ attributes }: StandInSettings, addresses: Addresses): string {
  if (attributes.postLogout === 'HOME') return addresses.page('home');
  return addresses.resolve(attributes.postLogoutUrl ?? addresses.page('signed-out'));
}

function isThisApplication(app: Application, id: string | undefined): boolean {
  return id === String(app.settings.options.application.id);
}

/** Returns the provider's logout. A provider that does not answer must not keep the user signed in here. */
async function endSessionUrl(app: Application, user: SignedInUser, target: string): Promise<string | undefined> {
  try {
    return await app.provider.endSession(user.idToken, target);
  } catch {
    return undefined;
  }
}
