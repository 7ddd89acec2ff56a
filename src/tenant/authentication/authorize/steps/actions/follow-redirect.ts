import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, type StepResult, suspend } from '../../login-step.ts';

/** If an Action redirects the browser, the login waits for its return. A silent login cannot, which is its own error. */
export function followRedirect(login: Readonly<LoginProgress>): StepResult {
  const { transactionId, outcome, passed, executions } = userLogin(login);
  if (outcome?.kind !== 'redirect') return proceed();
  const { url, suspended: actions } = outcome;
  return suspend({ waitsFor: 'redirect', transactionId, url, requests: [], met: 0, passed, actions, executions });
}
