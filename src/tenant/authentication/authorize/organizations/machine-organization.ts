import { errors } from 'oidc-provider';
import { objectOf } from '../../../store/json-value.ts';
import type { ClientGrantRecord } from '../../../store/records/applications/client-grant-repository.ts';
import type { ClientRecord } from '../../../store/records/applications/client-repository.ts';
import type { OrganizationRecord } from '../../../store/records/organizations/organization-repository.ts';
import type { Store } from '../../../store/store.ts';
import { acceptsNames, findOrganization } from './organization.ts';

/**
 * The organization of a client credentials exchange: the one that the request names, or the application's default. The client grant says
 * whether it may or must be for an organization, and for which.
 *
 * @returns nothing if the exchange has no organization
 * @throws `invalid_request` if the organization is missing or does not exist, `access_denied` if the grant is not for it
 * @example
 * organizationOfGrant(store, client, grant, 'org_abc')?.name;
 * @see Auth0 docs: "Machine-to-Machine Access for Organizations"
 */
export function organizationOfGrant(
  store: Store,
  client: ClientRecord,
  grant: ClientGrantRecord | undefined,
  requested: string | undefined,
): OrganizationRecord | undefined {
  const { organization_usage: usage = 'deny', allow_any_organization } = grant?.other ?? {};
  const isAllowed = usage === 'allow' || usage === 'require';
  // A grant that is for no organization does not get one by default.
  const named = requested || (isAllowed ? defaultOrganization(client) : undefined);
  if (named === undefined) {
    if (usage !== 'require') return undefined;
    throw new errors.InvalidRequest('parameter organization is required for this client');
  }
  if (grant === undefined || !isAllowed) {
    throw new errors.InvalidRequest('parameter organization is not allowed for this client');
  }
  if (!named.startsWith('org_') && !acceptsNames(store)) {
    throw new errors.InvalidRequest('parameter organization must be an organization id');
  }
  const organization = findOrganization(store, named);
  if (organization === undefined) throw new errors.InvalidRequest('parameter organization is invalid');
  const isAssociated = store.organizationGrants.list(organization.id).some(({ id }) => id === grant.id);
  if (isAssociated || allow_any_organization === true) return organization;
  throw new errors.AccessDenied(
    `Client "${client.client_id}" is not authorized to access resource server "${grant.audience}" for the ${organization.id} organization.`,
  );
}

function defaultOrganization({ other }: ClientRecord): string | undefined {
  const { organization_id, flows } = objectOf(other.default_organization);
  const isFor = Array.isArray(flows) && flows.includes('client_credentials');
  return isFor && typeof organization_id === 'string' ? organization_id : undefined;
}
