import type { ClientRecord } from '../../../src/tenant/store/records/applications/client-repository.ts';
import type { UserRecord } from '../../../src/tenant/store/records/users/user-row.ts';

/** A user of the database connection `db`, with a numbered id. */
export function userNumber(number: number, members: Partial<UserRecord> = {}): UserRecord {
  return {
    user_id: `auth0|${number}`,
    email: `user${number}@example.com`,
    email_verified: true,
    user_metadata: {},
    app_metadata: {},
    identities: [{ connection: 'db', provider: 'auth0', user_id: `${number}`, isSocial: false }],
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
    logins_count: 0,
    ...members,
  };
}

export function clientNamed(client_id: string, members: Partial<ClientRecord> = {}): ClientRecord {
  return {
    client_id,
    client_secret: 'secret',
    name: client_id,
    app_type: 'regular_web',
    is_first_party: true,
    global: false,
    oidc_conformant: true,
    callbacks: [],
    allowed_logout_urls: [],
    allowed_origins: [],
    web_origins: [],
    grant_types: [],
    token_endpoint_auth_method: 'client_secret_post',
    client_metadata: {},
    jwt_configuration: { alg: 'RS256', lifetime_in_seconds: 36_000, secret_encoded: false },
    refresh_token: {
      rotation_type: 'non-rotating',
      expiration_type: 'non-expiring',
      leeway: 0,
      token_lifetime: 1,
      idle_token_lifetime: 1,
      infinite_token_lifetime: true,
      infinite_idle_token_lifetime: true,
    },
    other: {},
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
    ...members,
  };
}
