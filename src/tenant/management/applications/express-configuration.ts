import type { Management } from 'auth0';
import { prefixedId } from '../../store/identifiers.ts';
import type { ClientGrantRecord } from '../../store/records/applications/client-grant-repository.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';

type NewClientBody = Management.CreateClientRequestContent;

const appType = 'express_configuration';

/** Management API scopes that such an application has from its creation. */
const scope = [
  'read:clients',
  'read:user_attribute_profiles',
  'read:connection_profiles',
  'read:organizations_summary',
  'read:connections',
  'create:connections',
  'update:connections',
  'read:connections_options',
  'update:connections_options',
  'read:organization_connections',
  'create:organization_connections',
  'update:organization_connections',
  'create:scim_config',
  'read:scim_token',
  'create:scim_token',
  'delete:scim_token',
];

/**
 * The body of a new application, with the members that Auth0 sets for one through which the Okta Integration Network configures the tenant.
 *
 * @see Auth0 docs: "Express Configuration"
 */
export function withExpressConfiguration(body: NewClientBody): NewClientBody {
  if (body.app_type !== appType) return body;
  return {
    oidc_conformant: true,
    callbacks: ['https://system-admin.okta.com/admin/app/generic/oauth20redirect'],
    jwt_configuration: { alg: 'RS256' },
    grant_types: ['authorization_code', 'client_credentials'],
    organization_usage: 'require',
    organization_require_behavior: 'pre_login_prompt',
    client_authentication_methods: { private_key_jwt: { credentials: [] } },
    ...body,
  };
}

/** Whether it authenticates with a key only: its secret is never returned. */
export function isExpressConfiguration(client: ClientRecord): boolean {
  return client.app_type === appType;
}

/** The grant that is created with such an application, or `undefined` for any other. */
export function expressGrant(client: ClientRecord, audience: string): ClientGrantRecord | undefined {
  if (!isExpressConfiguration(client)) return undefined;
  return {
    id: prefixedId('cgr'),
    client_id: client.client_id,
    audience,
    scope,
    subject_type: 'client',
    other: { is_system: true },
  };
}
