import { errors } from 'oidc-provider';
import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';

/**
 * The session still exists and still is the user's. While Actions run, the user may log out or sign in as another user in another
 * tab. The session that the library holds must not come back to life under its former identifier.
 */
export async function recheckSession(login: Readonly<LoginProgress>): Promise<StepResult> {
  const { tenant, user, session, outcome } = userLogin(login);
  if (session === undefined) return proceed();
  const { store } = tenant;
  // After a page, the library has already given the session a new identifier, but saves it only at the end.
  const { oldId = session.jti } = session as { readonly oldId?: string };
  const stored = store.artifacts.find('Session', oldId);
  if (stored?.uid === session.uid && stored.accountId === user.user_id) return proceed();
  // The user may have been linked to another user, who then owns the session.
  const mayBeLinked = outcome?.kind === 'continue' && outcome.effects.primaryUser !== undefined;
  if (mayBeLinked && store.users.find(user.user_id) === undefined) return proceed();
  await session.destroy();
  // If an Action ended the session, report the Action's reason, not ours.
  const reason = outcome?.kind === 'deny' ? outcome.reason : outcome?.kind === 'error' ? outcome.message : undefined;
  return refuse(new errors.AccessDenied(reason || 'The session of this login ended before the login was complete.'));
}
