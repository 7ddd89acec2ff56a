import type { EventRequest, EventTransaction, EventUser, PostLoginEvent } from '../../src/action/action-event.ts';

export const EMAIL = 'ann.private@mail.example';
export const SECRET = 'a-secret-that-must-stay-hidden';

export interface EventChanges {
  readonly application?: string;
  /** `'absent'` leaves out `event.authorization`; any other value becomes its `roles`, a list or not. */
  readonly roles?: unknown;
  readonly user?: Partial<EventUser>;
  readonly request?: Partial<EventRequest>;
  readonly transaction?: Partial<EventTransaction> | 'absent';
  readonly secrets?: Record<string, string>;
}

/** A browser's login at the guarded application by a verified user of no organisation, without roles. */
export function sampleEvent(changes: EventChanges = {}): PostLoginEvent {
  const { application = 'guarded-application', roles = [] } = changes;
  const transaction: EventTransaction = {
    protocol: 'oidc-basic-profile',
    redirect_uri: 'https://apex.example.com/ords/apex_authentication.callback',
    requested_scopes: ['openid'],
    response_type: ['code'],
    state: 'opaque',
    prompt: [],
    metadata: {},
  };
  return {
    authentication: { methods: [{ name: 'pwd', timestamp: '2026-01-01T00:00:00.000Z' }] },
    ...(roles === 'absent' ? {} : { authorization: { roles: roles as string[] } }),
    client: { client_id: application, name: 'Shop', metadata: {} },
    connection: { id: 'con_1', name: 'Username-Password-Authentication', strategy: 'auth0' },
    request: {
      ip: '127.0.0.1',
      method: 'GET',
      query: {},
      body: {},
      geoip: {},
      hostname: 'shop.eu.auth0.com',
      ...changes.request,
    },
    secrets: changes.secrets ?? { clientSecret: SECRET },
    stats: { logins_count: 1 },
    tenant: { id: 'shop' },
    ...(changes.transaction === 'absent' ? {} : { transaction: { ...transaction, ...changes.transaction } }),
    user: {
      user_id: 'auth0|65f0',
      email: EMAIL,
      email_verified: true,
      created_at: '2026-01-01T00:00:00.000Z',
      updated_at: '2026-01-01T00:00:00.000Z',
      app_metadata: {},
      user_metadata: {},
      identities: [],
      ...changes.user,
    },
  };
}
