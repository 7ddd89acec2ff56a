import { clientRecordOf } from '../../../provider/tenant-client.ts';
import type { LoginProgress } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';
import { findInvitation, invitationNotFound } from '../../organizations/invitation.ts';
import { requestedOrganization } from '../../organizations/organization.ts';
import { originalRequest } from '../../original-request.ts';

/**
 * The organization that the application names, if it may or must name one, and the invitation to it. This comes before the login page.
 */
export function findOrganizationOfRequest({ tenant, ctx: { oidc }, continues }: Readonly<LoginProgress>): StepResult {
  const client = clientRecordOf(oidc.client);
  const parameters = originalRequest(oidc.params);
  const organization = requestedOrganization(tenant.store, client, parameters);
  const invitation = findInvitation(tenant.store, parameters, organization);
  // A login that was suspended has used its invitation.
  if (parameters.invitation && invitation === undefined && continues === undefined) return refuse(invitationNotFound());
  return proceed({ organization, invitation });
}
