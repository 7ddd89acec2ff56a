import { errors } from 'oidc-provider';
import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';

/** The application needs no consent: this tenant has no page that asks for it. */
export function checkConsent(login: Readonly<LoginProgress>): StepResult {
  if (userLogin(login).client.is_first_party) return proceed();
  return refuse(new errors.ConsentRequired('Third-party applications need consent, which this tenant cannot ask for.'));
}
