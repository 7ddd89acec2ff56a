import { errors } from 'oidc-provider';
import type { LoginProgress } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';

/** No Action denied the login, and none failed. */
export function obeyDenial({ outcome }: Readonly<LoginProgress>): StepResult {
  switch (outcome?.kind) {
    case 'deny':
      return refuse(new errors.AccessDenied(outcome.reason));
    case 'error':
      return refuse(new errors.AccessDenied(outcome.message));
    default:
      return proceed();
  }
}
