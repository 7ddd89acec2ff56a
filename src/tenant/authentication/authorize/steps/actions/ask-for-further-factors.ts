import { errors } from 'oidc-provider';
import { factorStatus } from '../../../multifactor/factor-status.ts';
import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, refuse, type StepResult, suspend } from '../../login-step.ts';

/** The code that was sent meets the last of the factor requests. If it does not, the application has to send another one. */
export function askForFurtherFactors(login: Readonly<LoginProgress>): StepResult {
  const { tenant, ctx, user, continues, passed, met } = userLogin(login);
  if (continues === undefined) return proceed();
  const status = factorStatus(tenant.store, ctx, user, continues.requests, passed, { met, passed: [] });
  if (status.kind === 'failed') return refuse(new errors.AccessDenied(status.reason));
  return status.kind === 'ask' ? suspend({ ...continues, met, passed }) : proceed();
}
