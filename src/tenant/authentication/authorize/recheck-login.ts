import { errors, type ResponseType } from 'oidc-provider';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { Store } from '../../store/store.ts';
import type { OidcContext } from '../http/web-context.ts';
import { callbackAllowed } from '../provider/callback-url.ts';
import type { Login } from './login.ts';
import { notAMember, organizationUrls } from './organization.ts';
import { originalRequest } from './original-request.ts';

/** Checks the callback URL again: the library checks it when a login begins, which may be an hour ago. */
export function recheckCallback(store: Store, ctx: OidcContext, client: ClientRecord): void {
  const { redirect_uri, response_type } = ctx.oidc.params ?? {};
  const { organization } = originalRequest(ctx.oidc.params);
  const allowed = organizationUrls(store, client, client.callbacks, organization);
  if (!callbackAllowed(allowed, String(redirect_uri))) throw new errors.InvalidRedirectUri();
  ctx.oidc.client?.responseTypeAllowed(response_type as ResponseType);
}

/**
 * Checks that the session still exists and still is the user's. While Actions run, the user may log out or sign in as another
 * user in another tab. The session that the library holds must not come back to life under its former identifier.
 *
 * @param mayBeLinked whether the user may have been linked to another user, who then owns the session
 */
export async function recheckSession(
  store: Store,
  { user, session }: Login,
  { reason, mayBeLinked }: { readonly reason?: string; readonly mayBeLinked: boolean },
): Promise<void> {
  // After a page, the library has already given the session a new identifier, but saves it only at the end.
  const { oldId = session.jti } = session as { readonly oldId?: string };
  const stored = store.artifacts.find('Session', oldId);
  if (stored?.uid === session.uid && stored.accountId === user.user_id) return;
  if (mayBeLinked && store.users.find(user.user_id) === undefined) return;
  await session.destroy();
  throw new errors.AccessDenied(reason ?? 'The session of this login ended before the login was complete.');
}

/** Checks that the user still exists, is not blocked and is a member: an Action may have changed that. */
export function recheckUser(store: Store, { user, organization }: Login): void {
  const now = store.users.find(user.user_id);
  if (now === undefined) throw new errors.AccessDenied('The user of this login is gone.');
  if (now.blocked === true) throw new errors.CustomOIDCProviderError('unauthorized', 'user is blocked');
  if (organization !== undefined && !store.organizations.isMember(organization.id, user.user_id)) {
    throw notAMember(user.user_id, organization.id);
  }
}
