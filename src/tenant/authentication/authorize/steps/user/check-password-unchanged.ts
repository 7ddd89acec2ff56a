import { errors } from 'oidc-provider';
import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';

/** The password was not reset while the Actions ran. */
export function checkPasswordUnchanged(login: Readonly<LoginProgress>): StepResult {
  const { tenant, user, outcome } = userLogin(login);
  const hasMoved = outcome?.kind === 'continue' && outcome.effects.primaryUser !== undefined;
  if (hasMoved || tenant.store.users.find(user.user_id)?.last_password_reset === user.last_password_reset) {
    return proceed();
  }
  return refuse(new errors.CustomOIDCProviderError('invalid_grant', 'Wrong email or password.'));
}
