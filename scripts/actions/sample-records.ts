import type { ClientRecord } from '../../src/tenant/store/records/applications/client-repository.ts';
import type { ConnectionRecord } from '../../src/tenant/store/records/connection-repository.ts';
import type { UserRecord } from '../../src/tenant/store/records/users/user-row.ts';

const AT = '2026-01-01T00:00:00.000Z';

const client: ClientRecord = {
  client_id: 'client-1',
  client_secret: 'secret',
  name: 'Orders',
  app_type: 'regular_web',
  is_first_party: true,
  global: false,
  oidc_conformant: true,
  callbacks: ['https://apex.test/callback'],
  allowed_logout_urls: [],
  allowed_origins: [],
  web_origins: [],
  grant_types: ['authorization_code'],
  token_endpoint_auth_method: 'client_secret_post',
  client_metadata: { team: 'orders' },
  jwt_configuration: { alg: 'RS256', lifetime_in_seconds: 36_000, secret_encoded: false },
  refresh_token: {
    rotation_type: 'rotating',
    expiration_type: 'expiring',
    leeway: 0,
    token_lifetime: 2_592_000,
    idle_token_lifetime: 1_296_000,
    infinite_token_lifetime: false,
    infinite_idle_token_lifetime: false,
  },
  other: {},
  created_at: AT,
  updated_at: AT,
};

const connection: ConnectionRecord = {
  id: 'con_1',
  name: 'Username-Password-Authentication',
  strategy: 'auth0',
  options: {},
  enabled_clients: ['client-1'],
  realms: [],
  is_domain_connection: false,
  metadata: {},
  other: {},
};

const user: UserRecord = {
  user_id: 'auth0|1',
  email: 'ada@example.com',
  email_verified: true,
  name: 'Ada',
  user_metadata: {},
  app_metadata: {},
  identities: [{ connection: connection.name, provider: 'auth0', user_id: '1', isSocial: false }],
  created_at: AT,
  updated_at: AT,
  logins_count: 3,
};

/** A user, an application and a connection with the fewest possible members. */
export const RECORDS = { client, connection, user };
