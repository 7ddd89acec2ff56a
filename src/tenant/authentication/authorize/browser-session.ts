import type Provider from 'oidc-provider';
import type { Session } from 'oidc-provider';
import { secondsLeft, sessionLimits } from '../../sessions/session-store.ts';
import type { Store } from '../../store/store.ts';
import type { WebContext } from '../http/web-context.ts';
import { authenticationSettings } from '../provider/authentication-settings.ts';
import type { CookieAttributes } from './pending-logins.ts';

/** Auth0's name of the cookie. */
export const SESSION_COOKIE = 'auth0';

/** The user of a session, and how and when the user signed in. */
export interface SessionLogin {
  readonly accountId: string;
  readonly loginTs: number;
  readonly amr: string[];
  readonly acr: string;
}

/**
 * Starts the browser's session with the tenant, before any Action runs. A login that the Actions deny leaves its session
 * behind, as on Auth0. A session of another user ends. The cookie's value is new every time.
 *
 * @example
 * await startSession(provider, store, cookie, ctx, { accountId, loginTs, amr: ['pwd'], acr });
 * @see Auth0 docs: "Redirect with Actions"; OWASP, "Session Fixation".
 */
export async function startSession(
  provider: Provider,
  store: Store,
  cookie: CookieAttributes,
  ctx: WebContext,
  login: SessionLogin,
): Promise<void> {
  let session = await provider.Session.get(ctx);
  if (session.accountId === login.accountId) {
    session.resetIdentifier();
  } else {
    // An anonymous session never becomes a user's session: an attacker may have planted its identifier in this browser.
    if (!isNew(session)) await destroySession(store, session);
    session = new provider.Session();
  }
  session.loginAccount(login);
  await session.save(sessionLifetime(store, session));
  ctx.cookies.set(SESSION_COOKIE, session.jti, {
    ...cookie,
    signed: true,
    overwrite: true,
    expires: new Date(session.exp * 1000),
  });
}

/** Whether the browser brought no session: there is nothing to end then. */
function isNew(session: Session): boolean {
  return (session as { readonly new?: boolean }).new === true;
}

/**
 * Ends a session under all its identifiers: parallel requests may each have given it a new one.
 *
 * @example
 * await destroySession(store, await provider.Session.get(ctx));
 */
export async function destroySession(store: Store, session: Session): Promise<void> {
  await session.destroy();
  const next = () => store.artifacts.findByUid('Session', session.uid)?.jti;
  for (let id = next(); typeof id === 'string'; id = next()) store.artifacts.remove('Session', id);
}

/**
 * Seconds from now until an idle session ends, never beyond its absolute end.
 *
 * @see Auth0 docs: "Session Lifetime Limits".
 */
export function sessionLifetime(store: Store, session: Pick<Session, 'iat' | 'uid'>): number {
  const now = Math.floor(Date.now() / 1000);
  const { idleSession, session: absolute } = authenticationSettings(store);
  // An Action may have set an earlier end.
  const limit = secondsLeft(sessionLimits(store, session.uid)) ?? idleSession;
  return Math.max(1, Math.min(idleSession, limit, absolute - (now - (session.iat ?? now))));
}
