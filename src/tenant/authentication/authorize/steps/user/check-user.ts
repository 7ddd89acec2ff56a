import { errors } from 'oidc-provider';
import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';

/** The user still exists and is not blocked: an Action or an administrator may have changed that. */
export function checkUser(login: Readonly<LoginProgress>): StepResult {
  const { tenant, user } = userLogin(login);
  const now = tenant.store.users.find(user.user_id);
  if (now === undefined) return refuse(userIsGone(login));
  if (now.blocked === true) return refuse(new errors.CustomOIDCProviderError('unauthorized', 'user is blocked'));
  return proceed();
}

/** Auth0's error for a user who was deleted during the login, by its kind. */
export function userIsGone({ kind }: Readonly<LoginProgress>): Error {
  if (kind === 'refresh') return new errors.InvalidGrant({ detail: 'the user is gone' });
  if (kind === 'password') return new errors.CustomOIDCProviderError('unauthorized', 'user is blocked');
  return new errors.AccessDenied('The user of this login is gone.');
}
