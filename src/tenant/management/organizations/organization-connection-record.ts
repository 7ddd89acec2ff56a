import type { Management } from 'auth0';
import type { OrganizationConnection } from '../../store/records/organizations/organization-repository.ts';
import type { Store } from '../../store/store.ts';
import { findConnection } from '../connections/connections.ts';
import { invalidBody } from '../http/api-error.ts';

type Members = Management.UpdateOrganizationConnectionRequestParameters;

/** @throws ApiError 404 if the connection does not exist, 400 if it cannot have the requested members */
export function newOrganizationConnection(
  store: Store,
  { connection_id, ...given }: Members & { connection_id: string },
): OrganizationConnection {
  const blank = { connection_id: findConnection(store, connection_id).id, assign_membership_on_login: false };
  return withConnectionMembers(store, { ...blank, show_as_button: true, is_signup_enabled: false }, given);
}

/** @throws ApiError 400 `invalid_body` if users could sign up without becoming members */
export function withConnectionMembers(
  store: Store,
  present: OrganizationConnection,
  given: Members,
): OrganizationConnection {
  const { organization_connection_name, organization_access_level, is_enabled } = { ...present, ...given };
  const next = {
    connection_id: present.connection_id,
    assign_membership_on_login: given.assign_membership_on_login ?? present.assign_membership_on_login,
    show_as_button: given.show_as_button ?? present.show_as_button,
    is_signup_enabled: given.is_signup_enabled ?? present.is_signup_enabled,
    ...(organization_connection_name && { organization_connection_name }),
    ...(organization_access_level && { organization_access_level }),
    ...(typeof is_enabled === 'boolean' && { is_enabled }),
  };
  if (next.is_signup_enabled && !(isDatabase(store, next) && next.assign_membership_on_login)) {
    throw invalidBody(
      'Only database connections with assign_membership_on_login = true support is_signup_enabled = true.',
    );
  }
  return next;
}

/** An organization's connection as `enabled_connections` returns it: only users of a database can sign up. */
export function olderConnection(store: Store, one: OrganizationConnection): Partial<OrganizationConnection> {
  const { connection_id, assign_membership_on_login, show_as_button, is_signup_enabled } = one;
  const shared = { connection_id, assign_membership_on_login, show_as_button };
  return isDatabase(store, one) ? { ...shared, is_signup_enabled } : shared;
}

/** An organization's connection as `connections` returns it. A disabled one stays assigned, but no user can sign in through it. */
export function newerConnection(store: Store, one: OrganizationConnection): Partial<OrganizationConnection> {
  const { is_enabled = true, organization_access_level = 'none', organization_connection_name: name } = one;
  return {
    ...olderConnection(store, one),
    ...(name !== undefined && { organization_connection_name: name }),
    is_enabled,
    organization_access_level,
  };
}

function isDatabase(store: Store, { connection_id }: OrganizationConnection): boolean {
  return store.connections.find(connection_id)?.strategy === 'auth0';
}
