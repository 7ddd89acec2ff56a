import { errors } from 'oidc-provider';
import { type JsonObject, objectOf } from '../../../store/json-value.ts';
import type { ConnectionRecord } from '../../../store/records/connection-repository.ts';
import type { OrganizationRecord } from '../../../store/records/organizations/organization-repository.ts';
import type { UserRecord } from '../../../store/records/users/user-row.ts';
import type { Store } from '../../../store/store.ts';

/** An invitation to an organization that was not used yet. */
export interface Invitation {
  readonly id: string;
  readonly organizationId: string;
  /** The address that it was sent to. */
  readonly email: string;
  /** The connection that the user has to sign in with, if the invitation names one. */
  readonly connectionId: string | undefined;
  /** Ids of the roles that the user gets in the organization. */
  readonly roles: readonly string[];
  readonly userMetadata: JsonObject;
  readonly appMetadata: JsonObject;
  /** The invitation as the log shows it. */
  readonly logged: JsonObject;
}

const KIND = '/organizations/{id}/invitations';

/**
 * The invitation that an authorization request brings along.
 *
 * @param parameters the application's parameters: `invitation` is the ticket of the link that the user followed
 * @param organization the organization that the request names
 * @returns nothing if there is no such invitation, or it was used or has expired
 * @example
 * findInvitation(store, { invitation: 'LIu3…' }, organization); // { email: 'una@example.com', … }
 * @see Auth0 docs: "Invite Organization Members".
 */
export function findInvitation(
  store: Store,
  parameters: Readonly<Record<string, string>>,
  organization: OrganizationRecord | undefined,
): Invitation | undefined {
  if (!parameters.invitation || organization === undefined) return undefined;
  const place = { kind: KIND, parent: `organizations/${organization.id}` };
  const found = store.records.at(place).find(({ members }) => members.ticket_id === parameters.invitation);
  if (found === undefined || Date.parse(String(found.members.expires_at)) <= Date.now()) return undefined;
  const { client_id = '', invitee, inviter, connection_id, expires_at = '', ticket_id = '' } = found.members;
  const { roles = [], user_metadata, app_metadata } = found.members;
  const { id, created_at } = found;
  return {
    id,
    organizationId: organization.id,
    email: String(objectOf(invitee).email),
    connectionId: typeof connection_id === 'string' ? connection_id : undefined,
    roles: Array.isArray(roles) ? roles.map(String) : [],
    userMetadata: objectOf(user_metadata),
    appMetadata: objectOf(app_metadata),
    logged: {
      id,
      client_id,
      created_at,
      expires_at,
      invitee: objectOf(invitee),
      inviter: { ...objectOf(inviter), organization_id: organization.id },
      roles,
      ticket_id,
    },
  };
}

/** Auth0's error for an invitation that does not exist (any more). */
export function invitationNotFound(): Error {
  return new errors.InvalidRequest('invitation not found or already used');
}

/** Auth0's message for another account than the invited one. */
export const NOT_INVITED = 'the specified account is not allowed to accept the current invitation';

/** Auth0's error for another account than the invited one. */
export function notInvited(): Error {
  return new errors.AccessDenied(NOT_INVITED);
}

/**
 * Makes the invited user a member of the organization, with the roles and the metadata of the invitation. The invitation is used up,
 * even if it was for another account.
 *
 * @returns `accepted` by the invited user: with the invited address, through the connection that the invitation names. `used` if another
 * login was faster.
 * @example
 * if (acceptInvitation(store, invitation, user, connection) === 'refused') return refuse(notInvited());
 * @see Auth0 support: "Organization Invitation Disappears Without Being Accepted".
 */
export function acceptInvitation(
  store: Store,
  { id, organizationId, email, connectionId, roles, userMetadata, appMetadata }: Invitation,
  user: UserRecord,
  connection: ConnectionRecord,
): 'accepted' | 'refused' | 'used' {
  return store.transaction(() => {
    const isOpen = store.records.remove({ kind: KIND, parent: `organizations/${organizationId}` }, id);
    if (!isOpen) return 'used';
    const isInvited = user.email?.toLowerCase() === email.toLowerCase();
    if (!isInvited || (connectionId !== undefined && connectionId !== connection.id)) return 'refused';
    store.organizations.addMembers(organizationId, [user.user_id]);
    const existing = roles.filter((role) => store.roles.find(role) !== undefined);
    if (existing.length > 0) store.organizations.assignMemberRoles(organizationId, user.user_id, existing);
    const hasMetadata = Object.keys({ ...userMetadata, ...appMetadata }).length > 0;
    if (hasMetadata) {
      store.users.update({
        ...user,
        user_metadata: { ...user.user_metadata, ...userMetadata },
        app_metadata: { ...user.app_metadata, ...appMetadata },
      });
    }
    return 'accepted';
  });
}
