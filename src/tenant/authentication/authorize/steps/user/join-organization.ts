import { errors } from 'oidc-provider';
import { logInvitation } from '../../../http/login-log.ts';
import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, refuse, type StepResult, suspend } from '../../login-step.ts';
import { acceptInvitation, notInvited } from '../../organizations/invitation.ts';
import { ensureMembership, organizationChoices, organizationQuestion } from '../../organizations/organization.ts';

/**
 * The user is a member of the login's organization. An invitation makes the user a member, and so may a connection at the login. A user of
 * several organizations may have to choose one.
 */
export function joinOrganization(login: Readonly<LoginProgress>): StepResult {
  const { tenant, user, client, connection, invitation } = userLogin(login);
  const { store } = tenant;
  const isAsked = login.organization === undefined && organizationQuestion(client) === 'after';
  const choices = isAsked ? organizationChoices(store, user.user_id) : [];
  if (choices.length > 1) return suspend({ waitsFor: 'organization', when: 'after' });
  const organization = login.organization ?? choices[0];
  if (organization === undefined) return isAsked ? refuse(inNoOrganization()) : proceed();
  if (invitation !== undefined) {
    const result = acceptInvitation(store, invitation, user, connection);
    if (result !== 'used') logInvitation(login, invitation, result === 'accepted');
    if (result === 'refused') return refuse(notInvited());
  }
  ensureMembership(store, organization, user, connection);
  const member = invitation === undefined ? user : (store.users.find(user.user_id) ?? user);
  return proceed({ organization, organizationId: organization.id, user: member });
}

/** Auth0's error for a user without an organization, in an application that requires one. */
function inNoOrganization(): Error {
  const message = 'client requires organization membership, but user does not belong to any organization';
  return new errors.InvalidRequest(message);
}
