import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, type StepResult } from '../../login-step.ts';

/** Counts the login. This comes before the Actions, which see the user's number of logins. */
export function countLogin(login: Readonly<LoginProgress>): StepResult {
  const { tenant, request, user } = userLogin(login);
  return proceed({ user: tenant.store.users.recordLogin(user.user_id, new Date().toISOString(), request.ip) ?? user });
}
