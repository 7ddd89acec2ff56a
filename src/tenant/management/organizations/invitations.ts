import { randomName } from '../../store/identifiers.ts';
import { objectOf } from '../../store/json-value.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { collection } from '../resources/collection.ts';
import { tenantSettingsName } from '../tenant/tenant-settings.ts';
import { findOrganization } from './organizations.ts';

const WEEK = 7 * 24 * 60 * 60;

/**
 * Invitations to an organization: `/organizations/{id}/invitations`. The link leads to the application's login, which sends the
 * person on to the tenant.
 *
 * @see https://auth0.com/docs/manage-users/organizations/configure-organizations/invite-members
 */
export const invitationOperations = collection({
  path: '/organizations/{id}/invitations',
  called: 'invitation to an organization',
  id: () => `uinv_${randomName(16)}`,
  missing: () => notFound('The invitation does not exist.', 'inexistent_invitation'),
  parent: ({ store }, { params }) => `organizations/${findOrganization(store, String(params.id)).id}`,
  beforeCreate: ({ ttl_sec, send_invitation_email: _, ...members }, { params }, dependencies) => {
    const organization = findOrganization(dependencies.store, String(params.id));
    const ticket = randomName(32);
    const seconds = typeof ttl_sec === 'number' && ttl_sec > 0 ? ttl_sec : WEEK;
    const link = `invitation=${ticket}&organization=${organization.id}&organization_name=${encodeURIComponent(organization.name)}`;
    return {
      ...members,
      organization_id: organization.id,
      ticket_id: ticket,
      invitation_url: `${loginPage(dependencies, String(members.client_id))}?${link}`,
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
