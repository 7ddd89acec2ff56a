import { errors } from 'oidc-provider';
import { pageOf } from '../../../multifactor/factor-addresses.ts';
import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, refuse, type StepResult, suspend } from '../../login-step.ts';

/** Auth0's message if a login that cannot ask requires a factor. Its libraries distinguish it from an ended session. */
export const MFA_REQUIRED = 'Multifactor authentication required';

/** If the Actions ask for a factor, the login waits until the user has passed it. */
export function askForFactors(login: Readonly<LoginProgress>): StepResult {
  const { transactionId, outcome, factors, passed, executions } = userLogin(login);
  if (outcome?.kind !== 'factors') return proceed();
  if (factors?.kind !== 'ask') return refuse(factorError(login));
  const { asked: requests, suspended: actions } = outcome;
  const url = pageOf(factors);
  return suspend({ waitsFor: 'factors', transactionId, url, requests, met: 0, passed, actions, executions });
}

/** The Actions ask for no factor: there is neither a page nor an `mfa_token` that could ask for it. */
export function refuseFactors(login: Readonly<LoginProgress>): StepResult {
  return login.outcome?.kind === 'factors' ? refuse(factorError(login)) : proceed();
}

function factorError({ kind, factors }: Readonly<LoginProgress>): Error {
  if (factors?.kind === 'failed') return new errors.AccessDenied(factors.reason);
  return new errors.CustomOIDCProviderError(kind === 'silent' ? 'login_required' : 'mfa_required', MFA_REQUIRED);
}
