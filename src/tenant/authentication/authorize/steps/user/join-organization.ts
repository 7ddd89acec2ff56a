import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, type StepResult } from '../../login-step.ts';
import { ensureMembership } from '../../organization.ts';

/** The user is a member of the login's organization. A connection may make the user a member at the login. */
export function joinOrganization(login: Readonly<LoginProgress>): StepResult {
  const { tenant, organization, user, connection } = userLogin(login);
  if (organization === undefined) return proceed();
  ensureMembership(tenant.store, organization, user, connection);
  return proceed({ organizationId: organization.id });
}
