import { errors } from 'oidc-provider';
import type { JsonObject } from '../../../store/json-value.ts';
import type { ClientRecord } from '../../../store/records/applications/client-repository.ts';
import type { ConnectionRecord } from '../../../store/records/connection-repository.ts';
import type {
  OrganizationConnection,
  OrganizationRecord,
} from '../../../store/records/organizations/organization-repository.ts';
import type { UserRecord } from '../../../store/records/users/user-row.ts';
import type { Store } from '../../../store/store.ts';

/**
 * The organization of a login. The application's `organization_usage` says whether it may or must name one. A name is
 * accepted instead of an id only if the tenant's `allow_organization_name_in_authentication_api` is on.
 *
 * @returns nothing if the login has no organization.
 * @throws `invalid_request`, in Auth0's words.
 * @example
 * const organization = requestedOrganization(store, client, { organization: 'org_abc' });
 * @see Auth0 docs: "Define Organization Behavior", "Use Organization Names in Authentication API".
 */
export function requestedOrganization(
  store: Store,
  client: ClientRecord,
  parameters: Readonly<Record<string, string>>,
): OrganizationRecord | undefined {
  const usage = client.other.organization_usage ?? 'deny';
  const requested = parameters.organization;
  if (!requested) {
    if (usage === 'require' && organizationQuestion(client) === undefined) {
      throw new errors.InvalidRequest('parameter organization is required for this client');
    }
    return undefined;
  }
  if (usage !== 'allow' && usage !== 'require') {
    throw new errors.InvalidRequest('parameter organization is not allowed for this client');
  }
  if (!requested.startsWith('org_') && !acceptsNames(store)) {
    throw new errors.InvalidRequest('authorization request parameter organization must be an organization id');
  }
  const found = findOrganization(store, requested);
  if (found === undefined) throw new errors.InvalidRequest('parameter organization is invalid');
  return found;
}

/**
 * When the users of an application that requires an organization are asked for one: for its name before they sign in, or for one of theirs
 * after it.
 *
 * @returns nothing if the application has to name the organization itself.
 * @see Auth0 docs: "Define Organization Behavior", "Login Flows for Organizations".
 */
export function organizationQuestion({ other }: ClientRecord): 'before' | 'after' | undefined {
  if (other.organization_usage !== 'require') return undefined;
  if (other.organization_require_behavior === 'pre_login_prompt') return 'before';
  return other.organization_require_behavior === 'post_login_prompt' ? 'after' : undefined;
}

/** The organizations that a user may choose from: the first twenty, as on Auth0. */
export function organizationChoices(store: Store, userId: string): readonly OrganizationRecord[] {
  return store.organizations.listByUser(userId, { page: 0, perPage: 20 }).rows;
}

/**
 * Finds an organization by id or by name.
 *
 * @example
 * findOrganization(store, 'org_abc');
 */
export function findOrganization(store: Store, idOrName: string): OrganizationRecord | undefined {
  return idOrName.startsWith('org_')
    ? store.organizations.find(idOrName)
    : store.organizations.findByName(idOrName.toLowerCase());
}

/** The placeholder in the left-most label of a host. It never stands for a whole domain. */
const NAME_PLACEHOLDER = /^([a-z][a-z0-9+.-]*:\/\/[a-z0-9-]*)\{organization_name\}(?=[a-z0-9-]*\.[^/?#])/i;

/**
 * The application's URLs with the organization's name in place of `{organization_name}`. URLs with the placeholder are left
 * out if the application or the login has no organization.
 *
 * @param idOrName the organization of the login
 * @example
 * organizationUrls(store, client, ['https://{organization_name}.example.com/cb'], 'org_abc'); // ['https://acme.example.com/cb']
 * @see Auth0 docs: "Subdomain URL Placeholders".
 */
export function organizationUrls(
  store: Store,
  client: ClientRecord,
  urls: readonly string[],
  idOrName: string | undefined,
): string[] {
  const hasUsage = ['allow', 'require'].includes(String(client.other.organization_usage));
  const name = hasUsage && idOrName ? findOrganization(store, idOrName)?.name : undefined;
  const named = name === undefined ? urls : urls.map((url) => url.replace(NAME_PLACEHOLDER, `$1${name}`));
  return named.filter((url) => !url.includes('{organization_name}'));
}

/**
 * Whether the organization has the connection enabled. Without an organization, every connection may be used.
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

/** The organization's own settings of a connection, if the organization has it and has it enabled. */
export function enabledIn(
  organization: OrganizationRecord,
  { id }: Pick<ConnectionRecord, 'id'>,
): OrganizationConnection | undefined {
  return organization.connections.find(({ connection_id, is_enabled = true }) => connection_id === id && is_enabled);
}

/**
 * Checks that the user is a member. A connection with `assign_membership_on_login` makes the user a member.
 *
 * @throws `access_denied` if the user is not a member.
 * @example
 * ensureMembership(store, organization, user, connection);
 * @see Auth0 docs: "Grant Just-In-Time Membership to an Organization Connection".
 */
export function ensureMembership(
  store: Store,
  organization: OrganizationRecord,
  user: UserRecord,
  connection: ConnectionRecord,
): void {
  // Organization and connection may have changed since the login began.
  const current = store.organizations.find(organization.id);
  const settings = current === undefined ? undefined : enabledIn(current, connection);
  if (current === undefined || settings === undefined) {
    throw new errors.AccessDenied(`the connection is not enabled for the ${organization.id} organization`);
  }
  if (store.organizations.isMember(current.id, user.user_id)) return;
  if (!settings.assign_membership_on_login) throw notAMember(user.user_id, current.id);
  store.organizations.addMembers(current.id, [user.user_id]);
}

/** Auth0's error for a user who is not a member of the organization. */
export function notAMember(userId: string, organizationId: string): Error {
  return new errors.AccessDenied(`user ${userId} is not part of the ${organizationId} organization`);
}

/**
 * Claims about the organization of a login; `org_name` only if the tenant accepts names.
 *
 * @example
 * organizationClaims(store, 'org_abc'); // { org_id: 'org_abc' }
 * @see Auth0 docs: "Work with Tokens and Organizations".
 */
export function organizationClaims(store: Store, organizationId: string | undefined): Record<string, string> {
  const organization = organizationId === undefined ? undefined : store.organizations.find(organizationId);
  if (organization === undefined) return {};
  return { org_id: organization.id, ...(acceptsNames(store) && { org_name: organization.name }) };
}

/** Whether organizations may be named in requests, and are in tokens. */
export function acceptsNames(store: Store): boolean {
  const settings = store.settings.get('tenant_settings');
  return (
    typeof settings === 'object' && (settings as JsonObject).allow_organization_name_in_authentication_api === true
  );
}
