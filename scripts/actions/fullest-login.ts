import { createHash } from 'node:crypto';
import type { LoginTransaction } from '../../src/tenant/actions/run/login-transaction.ts';
import { recordRefreshTokenDevice, recordSessionDevice } from '../../src/tenant/sessions/device-store.ts';
import { keepRefreshTokenMetadata, keepSessionMetadata } from '../../src/tenant/sessions/session-store.ts';
import type { ClientRecord } from '../../src/tenant/store/records/applications/client-repository.ts';
import type { ConnectionRecord } from '../../src/tenant/store/records/connection-repository.ts';
import type { UserRecord } from '../../src/tenant/store/records/users/user-row.ts';
import type { Store } from '../../src/tenant/store/store.ts';

/**
 * A login with all data that the tenant can know. No real login has all of it: the exchange of a refresh token has
 * no callback, for example. Its session and its refresh token are put into the store.
 *
 * @example
 * const transaction = fullestLogin(store, { client, connection, user });
 */
export function fullestLogin(
  store: Store,
  { client, connection, user }: { client: ClientRecord; connection: ConnectionRecord; user: UserRecord },
): LoginTransaction {
  const at = '2026-01-02T00:00:00.000Z';
  const ends = Math.floor(Date.parse('2100-01-01T00:00:00.000Z') / 1000);
  const session = { uid: 'ses_full', accountId: user.user_id, exp: ends, authorizations: { [client.client_id]: {} } };
  store.artifacts.upsert('Session', 'cookie', session, ends);
  const token = { accountId: user.user_id, grantId: 'grant', sessionUid: 'ses_full', iat: ends - 10, iiat: ends - 20 };
  const scoped = { ...token, resource: 'https://api.test/', scope: 'openid read:orders' };
  store.artifacts.upsert('RefreshToken', 'token', scoped, ends);
  keepSessionMetadata(store, 'ses_full', user.user_id, { till: '7' });
  keepRefreshTokenMetadata(store, 'grant', user.user_id, { till: '8' });
  const device = { ip: '127.0.0.1', userAgent: 'browser/1' };
  recordSessionDevice(store, 'ses_full', user.user_id, device);
  recordRefreshTokenDevice(store, 'grant', user.user_id, device);
  return {
    id: 'txn_full',
    user: {
      ...user,
      family_name: 'Lovelace',
      given_name: 'Ada',
      last_password_reset: at,
      nickname: 'ada',
      phone_number: '+4940123456',
      phone_verified: true,
      picture: 'https://example.com/ada.png',
      username: 'ada',
      identities: user.identities.map((identity) => ({ ...identity, profileData: { email: 'ada@example.com' } })),
    },
    client: {
      ...client,
      refresh_token: {
        ...client.refresh_token,
        policies: [{ audience: 'https://api.test/', scope: ['read:orders'] }],
      },
    },
    connection: { ...connection, metadata: { region: 'north' } },
    organization: { id: 'org_1', name: 'acme', display_name: 'Acme', metadata: { plan: 'gold' } } as never,
    request: {
      ip: '127.0.0.1',
      method: 'GET',
      hostname: 'tenant.test',
      query: { 'ext-shop': '7' },
      body: { answer: 'yes' },
      userAgent: 'browser/1',
      language: 'de',
    },
    protocol: 'oidc-basic-profile',
    requestedScopes: ['openid'],
    redirectUri: 'https://apex.test/callback',
    responseType: ['code'],
    responseMode: 'form_post',
    prompt: ['login'],
    state: 'rp-state',
    acrValues: ['urn:acr'],
    uiLocales: ['de'],
    loginHint: 'ada',
    locale: 'de',
    resourceServer: 'https://api.test/',
    authenticationMethods: [
      { name: 'pwd', timestamp: at },
      { name: 'mfa', timestamp: at, type: 'otp' },
    ],
    session: { id: 'ses_full', createdAt: at, authenticatedAt: at },
    refreshToken: {
      id: createHash('sha256').update('token').digest('base64url').slice(0, 22),
      createdAt: at,
      expiresAt: '2100-01-01T00:00:00.000Z',
    },
    customDomain: 'login.test',
  };
}
