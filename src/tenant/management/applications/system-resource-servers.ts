import type { ResourceServerRecord } from '../../store/records/applications/resource-server-repository.ts';

/** The identifier of the API through which the Okta Integration Network configures a tenant. */
export const expressIdentifier = 'urn:auth0:express-configure';

type SystemMembers = Omit<ResourceServerRecord, 'id' | 'identifier'>;

const shared = {
  // The Management API alone is a system API to logins.
  is_system: false,
  signing_alg: 'RS256',
  enforce_policies: true,
  token_dialect: 'access_token',
} as const;

const expressConfiguration: SystemMembers = {
  ...shared,
  name: 'Okta OIN Express Configuration API',
  scopes: [
    { value: 'express_configure:sso', description: 'Ability to create SSO configurations' },
    { value: 'express_configure:scim', description: 'Ability to create scim configurations' },
  ],
  token_lifetime: 300,
  token_lifetime_for_web: 7_200,
  allow_offline_access: false,
  skip_consent_for_verifiable_first_party_clients: false,
  other: {
    is_system: true,
    subject_type_authorization: { user: { policy: 'allow_all' }, client: { policy: 'deny_all' } },
  },
  given: ['name', 'scopes', 'enforce_policies'],
};

const myAccount: SystemMembers = {
  ...shared,
  name: 'Auth0 My Account API',
  scopes: [
    ['create:me:authentication_methods', 'Create Authentication Methods'],
    ['read:me:authentication_methods', 'Read Authentication Methods'],
    ['update:me:authentication_methods', 'Update Authentication Methods'],
    ['delete:me:authentication_methods', 'Delete Authentication Methods'],
    ['read:me:factors', 'Read Factors'],
    ['create:me:connected_accounts', 'Create Connected Accounts'],
    ['read:me:connected_accounts', 'Read Connected Accounts'],
    ['delete:me:connected_accounts', 'Delete Connected Accounts'],
  ].map(([value = '', description = '']) => ({ value, description })),
  token_lifetime: 600,
  token_lifetime_for_web: 600,
  allow_offline_access: true,
  skip_consent_for_verifiable_first_party_clients: true,
  other: {
    is_system: true,
    proof_of_possession: { mechanism: 'dpop', required: false },
    subject_type_authorization: { user: { policy: 'require_client_grant' }, client: { policy: 'deny_all' } },
  },
  given: ['name', 'scopes'],
};

/**
 * The members of an API that Auth0 provides and that appears when an API with its identifier is created.
 *
 * @param audience identifier of the Management API, whose host the others have
 * @see https://auth0.com/docs/manage-users/my-account-api
 */
export function systemMembers(identifier: string, audience: string): SystemMembers | undefined {
  if (identifier === expressIdentifier) return expressConfiguration;
  return identifier === new URL('/me/', audience).href ? myAccount : undefined;
}
