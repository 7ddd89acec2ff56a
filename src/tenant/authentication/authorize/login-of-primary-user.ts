import { errors, type Grant } from 'oidc-provider';
import { recordSessionDevice } from '../../sessions/device-store.ts';
import type { Store } from '../../store/store.ts';
import { loginProgress, type OidcContext, requestInfo } from '../http/web-context.ts';
import { tenantAccount } from '../provider/custom-claims.ts';
import type { LoginGrants } from '../tokens/login-grants.ts';
import type { Login } from './login.ts';

/**
 * Moves the login to the primary user that the user was linked to. Session, grant and tokens now belong to that user.
 *
 * @param primary the primary user's id. The trigger has checked that the user is one of the primary user's identities
 * @throws `access_denied` if the primary user does not exist
 * @example
 * const moved = loginOfPrimaryUser(deps, ctx, login, effects.primaryUser);
 */
export function loginOfPrimaryUser(
  { store, grants }: { readonly store: Store; readonly grants: LoginGrants },
  ctx: OidcContext,
  login: Login,
  primary: string,
): Login {
  const user = store.users.find(primary);
  if (user === undefined) throw new errors.AccessDenied('The user of this login is gone.');
  const { session } = login;
  session.accountId = primary;
  (ctx.oidc.grant as Grant).accountId = primary;
  ctx.oidc.entity('Account', tenantAccount(store, grants, ctx, primary));
  loginProgress(ctx).user = user;
  // The session's device was deleted with the user that was linked.
  recordSessionDevice(store, session.uid, primary, requestInfo(ctx));
  return { ...login, user };
}
