import type { Context } from 'hono';
import type { Addresses } from './addresses.ts';
import type { SignedInUser } from './apex-session.ts';
import { type Application, endSession, sessionOf } from './application.ts';
import { pageAt } from './page-at.ts';
import { terminalSafe } from './stand-in-event.ts';
import type { StandInSettings } from './stand-in-settings.ts';
import { reportSymptom } from './symptom.ts';

/**
 * `apex_authentication.logout`: closes APEX's own session first, then sends the browser on. To the provider's
 * `end_session_endpoint` where its discovery document has one; not when the post-logout address leads away from the
 * application, as `https://TENANT/v2/logout?…` does, since that address then is the provider's logout.
 *
 * A session id that is not the browser's own closes nothing: a link on some other page must not sign anybody out.
 *
 * @see Oracle APEX API Reference, APEX_AUTHENTICATION.LOGOUT; OpenID Connect RP-Initiated Logout 1.0
 */
export async function logoutRoute(app: Application, c: Context): Promise<Response> {
  const { knobs } = app.settings;
  const target = postLogoutTarget(app.settings, app.addresses);

  const session = sessionOf(app, c);
  const meant = session?.id === c.req.query('p_session_id') && isThisApplication(app, c.req.query('p_app_id'));
  if (session === undefined || !meant) return c.redirect(target, 302);
  endSession(app, c);
  if (pageAt(app, target)?.public === false) reportSymptom(app, 'post-logout-home', session);
  if (session.user === null) return c.redirect(target, 302);

  const ownTarget = new URL(target).origin === app.addresses.origin;
  const provider =
    knobs.endSession === 'auto' && ownTarget ? await endSessionUrl(app, session.user, target) : undefined;
  app.report({ type: 'logout', subject: terminalSafe(session.user.subject), endSession: provider !== undefined });
  return c.redirect(provider ?? target, 302);
}

/** Where the browser goes after a sign-out: *Post-Logout URL*. */
export function postLogoutTarget({ knobs }: StandInSettings, addresses: Addresses): string {
  if (knobs.postLogout === 'HOME') return addresses.page('home');
  return addresses.resolve(knobs.postLogoutUrl ?? addresses.page('signed-out'));
}

function isThisApplication(app: Application, id: string | undefined): boolean {
  return id === String(app.settings.options.application.id);
}

/** A provider that cannot be asked must not keep anybody signed in here. */
async function endSessionUrl(app: Application, user: SignedInUser, target: string): Promise<string | undefined> {
  try {
    return await app.provider.endSession(user.idToken, target);
  } catch {
    return undefined;
  }
}
