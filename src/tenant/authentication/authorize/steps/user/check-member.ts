import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';
import { notAMember } from '../../organizations/organization.ts';

/** The user still is a member of the login's organization. */
export function checkMember(login: Readonly<LoginProgress>): StepResult {
  const { tenant, organizationId, user } = userLogin(login);
  if (organizationId === undefined || tenant.store.organizations.isMember(organizationId, user.user_id)) {
    return proceed();
  }
  return refuse(notAMember(user.user_id, organizationId));
}
