import { clientRecordOf } from '../../../provider/tenant-client.ts';
import type { LoginProgress } from '../../login-progress.ts';
import { proceed, refuse, type StepResult, suspend } from '../../login-step.ts';
import { findInvitation, invitationNotFound } from '../../organizations/invitation.ts';
import { organizationQuestion, requestedOrganization } from '../../organizations/organization.ts';
import { originalRequest } from '../../original-request.ts';

/**
 * The organization that the application names, if it may or must name one, and the invitation to it. This comes before the login page. Users of
 * an application that requires one may be asked for its name first.
 */
export function findOrganizationOfRequest(login: Readonly<LoginProgress>): StepResult {
  const { tenant, ctx, continues, kind } = login;
  const { oidc } = ctx;
  const client = clientRecordOf(oidc.client);
  const parameters = originalRequest(oidc.params);
  const organization = requestedOrganization(tenant.store, client, parameters);
  // Without a session, a silent login fails because the user has to sign in.
  const isAnswered = organization !== undefined || (kind === 'silent' && oidc.session?.accountId === undefined);
  if (organizationQuestion(client) === 'before' && !isAnswered) {
    return suspend({ waitsFor: 'organization', when: 'before' });
  }
  const invitation = findInvitation(tenant.store, parameters, organization);
  // A login that was suspended has used its invitation.
  if (parameters.invitation && invitation === undefined && continues === undefined) return refuse(invitationNotFound());
  return proceed({ organization, invitation });
}
