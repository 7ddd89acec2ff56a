import { errors, type ResponseType } from 'oidc-provider';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { Store } from '../../store/store.ts';
import type { OidcContext } from '../http/web-context.ts';
import { callbackAllowed } from '../provider/callback-url.ts';
import type { Login } from './login.ts';
import { notAMember } from './organization.ts';

/** The library looks at the application's settings when a login begins; it may be an hour until it ends. */
export function stillAnswerable(ctx: OidcContext, client: ClientRecord): void {
  const { redirect_uri, response_type } = ctx.oidc.params ?? {};
  if (!callbackAllowed(client.callbacks, String(redirect_uri))) throw new errors.InvalidRedirectUri();
  ctx.oidc.client?.responseTypeAllowed(response_type as ResponseType);
}

/**
 * Actions take their time: the person may have logged out in another tab meanwhile, or somebody may have signed in
 * there. Nor may the session that the library has in hand come back to life then, under an identifier of before.
 *
 * @param mayBeLinked whether the user may have become a part of another one, whose session it then is
 */
export async function stillSignedIn(
  store: Store,
  { user, session }: Login,
  { reason, mayBeLinked }: { readonly reason?: string; readonly mayBeLinked: boolean },
): Promise<void> {
  // On its way back from a page the library has given it a new identifier already, and saves it in the end.
  const { oldId = session.jti } = session as { readonly oldId?: string };
  const kept = store.artifacts.find('Session', oldId);
  if (kept?.uid === session.uid && kept.accountId === user.user_id) return;
  if (mayBeLinked && store.users.find(user.user_id) === undefined) return;
  await session.destroy();
  throw new errors.AccessDenied(reason ?? 'The session of this login has ended while it was under way.');
}

/** The person may have been blocked or deleted meanwhile, by an Action even. */
export function stillAdmissible(store: Store, { user, organization }: Login): void {
  const now = store.users.find(user.user_id);
  if (now === undefined) throw new errors.AccessDenied('The user of this login is gone.');
  if (now.blocked === true) throw new errors.CustomOIDCProviderError('unauthorized', 'user is blocked');
  if (organization !== undefined && !store.organizations.isMember(organization.id, user.user_id)) {
    throw notAMember(user.user_id, organization.id);
  }
}
