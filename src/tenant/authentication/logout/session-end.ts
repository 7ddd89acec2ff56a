import type Provider from 'oidc-provider';
import { announceSessionEnd } from '../../sessions/session-ends.ts';
import type { Store } from '../../store/store.ts';
import { destroySession, SESSION_COOKIE } from '../authorize/browser-session.ts';
import type { CookieAttributes, PendingLogins } from '../authorize/pending-logins.ts';
import type { WebContext } from '../http/web-context.ts';

/**
 * Ends the browser's session with the tenant, and every pending login of that browser. Refresh tokens stay valid, as on
 * Auth0.
 *
 * @returns the session that has ended; nothing if no user was signed in.
 * @example
 * const ended = await endSession(provider, store, pending, cookie, ctx);
 * @see Auth0 docs: "Log Users Out of Auth0".
 */
export async function endSession(
  provider: Provider,
  store: Store,
  pending: PendingLogins,
  cookie: CookieAttributes,
  ctx: WebContext,
): Promise<{ readonly id: string; readonly userId: string } | undefined> {
  const session = await provider.Session.get(ctx);
  pending.recordLogout(ctx);
  if (ctx.cookies.get(SESSION_COOKIE, { signed: false }) !== undefined) {
    ctx.cookies.set(SESSION_COOKIE, null, { ...cookie, signed: true });
  }
  if (session.accountId === undefined) return undefined;
  announceSessionEnd(store, session.uid, 'rp-logout');
  await destroySession(store, session);
  return { id: session.uid, userId: session.accountId };
}
