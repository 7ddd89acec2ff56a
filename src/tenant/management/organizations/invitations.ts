import { type MailRequest, sendMail } from '../../mails/send-mail.ts';
import { randomName } from '../../store/identifiers.ts';
import { type JsonObject, objectOf } from '../../store/json-value.ts';
import type { OrganizationRecord } from '../../store/records/organizations/organization-repository.ts';
import type { Store } from '../../store/store.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { collection } from '../resources/collection.ts';
import { tenantSettingsName } from '../tenant/tenant-settings.ts';
import { findOrganization } from './organizations.ts';

const WEEK = 7 * 24 * 60 * 60;

/**
 * Invitations to an organization: `/organizations/{id}/invitations`. The link leads to the application's login, which sends the
 * person on to the tenant. The mail with it is in the outbox.
 *
 * @see https://auth0.com/docs/manage-users/organizations/configure-organizations/invite-members
 */
export const invitationOperations = collection({
  path: '/organizations/{id}/invitations',
  called: 'invitation to an organization',
  id: () => `uinv_${randomName(16)}`,
  missing: () => notFound('The invitation does not exist.', 'inexistent_invitation'),
  parent: ({ store }, { params }) => `organizations/${findOrganization(store, String(params.id)).id}`,
  beforeCreate: ({ ttl_sec, send_invitation_email, ...members }, { params }, dependencies) => {
    const organization = findOrganization(dependencies.store, String(params.id));
    const ticket = randomName(32);
    const seconds = typeof ttl_sec === 'number' && ttl_sec > 0 ? ttl_sec : WEEK;
    const link = `invitation=${ticket}&organization=${organization.id}&organization_name=${encodeURIComponent(organization.name)}`;
    const invitation_url = `${loginPage(dependencies, String(members.client_id))}?${link}`;
    if (send_invitation_email !== false) {
      sendMail(dependencies.store, invitationMail(dependencies.store, members, organization, invitation_url));
    }
    return {
      ...members,
      organization_id: organization.id,
      ticket_id: ticket,
      invitation_url,
      expires_at: new Date(Date.now() + seconds * 1000).toISOString(),
    };
  },
  present: ({ id, client_id, inviter, invitee, ...shown }, { created_at }) => ({
    id,
    client_id,
    inviter,
    invitee,
    ...shown,
    created_at,
  }),
});

function invitationMail(
  store: Store,
  { inviter, invitee, client_id }: JsonObject,
  { id, name, display_name = name }: OrganizationRecord,
  url: string,
): MailRequest {
  return {
    template: 'user_invitation',
    to: String(objectOf(invitee).email),
    subject: `You are invited to ${display_name}`,
    text: `${String(objectOf(inviter).name)} invites you to ${display_name}. To accept the invitation, follow this link:

${url}
`,
    facts: {
      client: store.clients.find(String(client_id)),
      organization: { id, name, display_name },
      inviter: objectOf(inviter),
      url,
    },
  };
}

/** @throws ApiError 400 if there is no such application, or nothing says where people sign in */
function loginPage({ store }: ManagementDependencies, clientId: string): string {
  const client = store.clients.find(clientId);
  if (client === undefined) throw new ApiError(400, 'The client_id is not valid.', 'invalid_body');
  const page =
    client.other.initiate_login_uri ?? objectOf(store.settings.get(tenantSettingsName)).default_redirection_uri;
  if (typeof page !== 'string') {
    throw new ApiError(400, 'A default login route is required to generate the invitation url.', 'invalid_body');
  }
  return page;
}
