import { recordSessionDevice } from '../../../../sessions/device-store.ts';
import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, type StepResult } from '../../login-step.ts';

/** Records the address and the browser of the session's latest login. */
export function recordDevice(login: Readonly<LoginProgress>): StepResult {
  const { tenant, request, user, session } = userLogin(login);
  if (session !== undefined) recordSessionDevice(tenant.store, session.uid, user.user_id, request);
  return proceed();
}
