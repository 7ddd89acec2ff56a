import { errors } from 'oidc-provider';
import type { LoginProgress } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';

/**
 * No Action redirects: there is no browser.
 *
 * @see Auth0 docs: "Redirect with Actions", restrictions.
 */
export function refuseRedirect({ outcome }: Readonly<LoginProgress>): StepResult {
  if (outcome?.kind !== 'redirect') return proceed();
  return refuse(new errors.AccessDenied('External interaction required, which this grant has no browser for.'));
}
