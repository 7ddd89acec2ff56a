import type { Grant } from 'oidc-provider';
import { recordSessionDevice } from '../../../../sessions/device-store.ts';
import { tenantAccount } from '../../../provider/custom-claims.ts';
import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';
import { userIsGone } from '../user/check-user.ts';

/**
 * If an Action linked the user to a primary user, the login continues as that user. Session, grant and tokens then belong to
 * them. The trigger has checked that the user is one of their identities.
 */
export function moveToPrimaryUser(login: Readonly<LoginProgress>): StepResult {
  const { tenant, ctx, request, session, outcome } = userLogin(login);
  const primary = outcome?.kind === 'continue' ? outcome.effects.primaryUser : undefined;
  if (primary === undefined) return proceed();
  const user = tenant.store.users.find(primary);
  if (user === undefined) return refuse(userIsGone(login));
  if (session !== undefined) {
    session.accountId = primary;
    (ctx.oidc.grant as Grant).accountId = primary;
    ctx.oidc.entity('Account', tenantAccount(tenant.store, tenant.grants, ctx, primary));
    // The session's device was deleted with the user that was linked.
    recordSessionDevice(tenant.store, session.uid, primary, request);
  }
  return proceed({ user });
}
