import { errors } from 'oidc-provider';
import type { JsonObject } from '../../store/json-value.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type {
  OrganizationConnection,
  OrganizationRecord,
} from '../../store/records/organizations/organization-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';

/**
 * The organization that a login is for. What an application may and must ask for is its `organization_usage`; names
 * count where the tenant's `allow_organization_name_in_authentication_api` says so.
 *
 * @returns nothing where the login is for none.
 * @throws `invalid_request`, in Auth0's words.
 * @example
 * const organization = organizationAsked(store, client, { organization: 'org_abc' });
 * @see Auth0 docs: "Define Organization Behavior", "Use Organization Names in Authentication API".
 */
export function organizationAsked(
  store: Store,
  client: ClientRecord,
  asked: Readonly<Record<string, string>>,
): OrganizationRecord | undefined {
  if (asked.invitation) throw new errors.InvalidRequest('This tenant has no invitations to organizations.');
  const usage = client.other.organization_usage ?? 'deny';
  const wanted = asked.organization;
  if (!wanted) {
    if (usage === 'require') throw new errors.InvalidRequest('parameter organization is required for this client');
    return undefined;
  }
  if (usage !== 'allow' && usage !== 'require') {
    throw new errors.InvalidRequest('parameter organization is not allowed for this client');
  }
  if (!wanted.startsWith('org_') && !namesCount(store)) {
    throw new errors.InvalidRequest('authorization request parameter organization must be an organization id');
  }
  const found = organizationNamed(store, wanted);
  if (found === undefined) throw new errors.InvalidRequest('parameter organization is invalid');
  return found;
}

/**
 * By id, or by name.
 *
 * @example
 * organizationNamed(store, 'org_abc');
 */
export function organizationNamed(store: Store, wanted: string): OrganizationRecord | undefined {
  return wanted.startsWith('org_')
    ? store.organizations.find(wanted)
    : store.organizations.findByName(wanted.toLowerCase());
}

/**
 * How the organization has the connection enabled; without an organization every connection will do.
 *
 * @example
 * connections.filter((connection) => servesOrganization(organization, connection));
 */
export function servesOrganization(
  organization: OrganizationRecord | undefined,
  connection: Pick<ConnectionRecord, 'id'>,
): boolean {
  return organization === undefined || enabledIn(organization, connection) !== undefined;
}

/** The organization's own settings of a connection, where it has it and has not put it aside. */
export function enabledIn(
  organization: OrganizationRecord,
  { id }: Pick<ConnectionRecord, 'id'>,
): OrganizationConnection | undefined {
  return organization.connections.find(({ connection_id, is_enabled = true }) => connection_id === id && is_enabled);
}

/**
 * Lets members in, and makes a member of whoever comes through a connection that does so.
 *
 * @throws `access_denied` for everybody else.
 * @example
 * admitMember(store, organization, user, connection);
 * @see Auth0 docs: "Grant Just-In-Time Membership to an Organization Connection".
 */
export function admitMember(
  store: Store,
  organization: OrganizationRecord,
  user: UserRecord,
  connection: ConnectionRecord,
): void {
  // Both may have changed since the login began.
  const now = store.organizations.find(organization.id);
  const through = now === undefined ? undefined : enabledIn(now, connection);
  if (now === undefined || through === undefined) {
    throw new errors.AccessDenied(`the connection is not enabled for the ${organization.id} organization`);
  }
  if (store.organizations.isMember(now.id, user.user_id)) return;
  if (!through.assign_membership_on_login) throw notAMember(user.user_id, now.id);
  store.organizations.addMembers(now.id, [user.user_id]);
}

/** As Auth0 tells the application of somebody who does not belong to the organization. */
export function notAMember(userId: string, organizationId: string): Error {
  return new errors.AccessDenied(`user ${userId} is not part of the ${organizationId} organization`);
}

/**
 * What tokens say of the organization that a login is for: `org_name` only where the tenant takes names.
 *
 * @example
 * organizationClaims(store, 'org_abc'); // { org_id: 'org_abc' }
 * @see Auth0 docs: "Work with Tokens and Organizations".
 */
export function organizationClaims(store: Store, organizationId: string | undefined): Record<string, string> {
  const organization = organizationId === undefined ? undefined : store.organizations.find(organizationId);
  if (organization === undefined) return {};
  return { org_id: organization.id, ...(namesCount(store) && { org_name: organization.name }) };
}

function namesCount(store: Store): boolean {
  const settings = store.settings.get('tenant_settings');
  return (
    typeof settings === 'object' && (settings as JsonObject).allow_organization_name_in_authentication_api === true
  );
}
