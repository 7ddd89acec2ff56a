import { logInvitation } from '../../../http/login-log.ts';
import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';
import { acceptInvitation, notInvited } from '../../organizations/invitation.ts';
import { ensureMembership } from '../../organizations/organization.ts';

/**
 * The user is a member of the login's organization. An invitation makes the user a member, and so may a connection at the login.
 */
export function joinOrganization(login: Readonly<LoginProgress>): StepResult {
  const { tenant, organization, user, connection, invitation } = userLogin(login);
  const { store } = tenant;
  if (organization === undefined) return proceed();
  if (invitation !== undefined) {
    const result = acceptInvitation(store, invitation, user, connection);
    if (result !== 'used') logInvitation(login, invitation, result === 'accepted');
    if (result === 'refused') return refuse(notInvited());
  }
  ensureMembership(store, organization, user, connection);
  const member = invitation === undefined ? user : (store.users.find(user.user_id) ?? user);
  return proceed({ organizationId: organization.id, user: member });
}
