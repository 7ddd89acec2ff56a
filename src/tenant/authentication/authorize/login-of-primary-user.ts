import { errors, type Grant } from 'oidc-provider';
import { noteSessionDevice } from '../../sessions/device-store.ts';
import type { Store } from '../../store/store.ts';
import { loginProgress, type OidcContext, requestInfo } from '../http/web-context.ts';
import { tenantAccount } from '../provider/custom-claims.ts';
import type { LoginGrants } from '../tokens/login-grants.ts';
import type { Login } from './login.ts';

/**
 * The login as that of the user whom who signed in has become a part of: session, grant and tokens are that user's from here on.
 *
 * @param primary the user's id; the trigger has seen that who signed in is one of their identities
 * @throws `access_denied` where there is no such user
 * @example
 * const theirs = loginOfPrimaryUser(deps, ctx, login, effects.primaryUser);
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
  // What was kept of the session went with the user who is a part of this one now.
  noteSessionDevice(store, session.uid, primary, requestInfo(ctx));
  return { ...login, user };
}
