import { enrolRecoveryCode, newRecoveryCode } from '../../../../factors/enrolment.ts';
import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, type StepResult } from '../../login-step.ts';

/** Adds a new recovery code to the tokens if the login used one, since a code can be used once. */
export function renewRecoveryCode(login: Readonly<LoginProgress>): StepResult {
  const { tenant, ctx, user, code } = userLogin(login);
  if (code?.factor !== 'recovery-code') return proceed();
  const recovery_code = newRecoveryCode();
  enrolRecoveryCode(tenant.store, user, recovery_code);
  ctx.body = { ...(ctx.body as object), recovery_code };
  return proceed();
}
