import { errors } from 'oidc-provider';
import { findFactorDialog, removeFactorDialog } from '../../../multifactor/factor-dialogs.ts';
import { factorStatus } from '../../../multifactor/factor-status.ts';
import { saveSessionFactors } from '../../../multifactor/session-factors.ts';
import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';
import { MFA_REQUIRED } from './ask-for-factors.ts';

/** The user has passed the factors on the pages that the browser returns from. They are stored with the session. */
export function concludeFactors(login: Readonly<LoginProgress>): StepResult {
  const { tenant, ctx, user, session, continues } = userLogin(login);
  if (continues?.waitsFor !== 'factors' || session === undefined) return proceed();
  const { store } = tenant;
  const state = ctx.oidc.entities.Interaction?.uid ?? '';
  const dialog = findFactorDialog(store, state);
  const reached = dialog && factorStatus(store, ctx, user, continues.requests, continues.passed, dialog);
  if (reached?.kind === 'failed') return refuse(new errors.AccessDenied(reached.reason));
  if (reached?.kind !== 'done') return refuse(new errors.AccessDenied(MFA_REQUIRED));
  removeFactorDialog(store, state);
  saveSessionFactors(store, session, dialog?.passed ?? []);
  return proceed({ passed: reached.passed });
}
