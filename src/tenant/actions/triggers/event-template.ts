import type { JsonObject } from '../../store/json-value.ts';

/** An example of a location in `event.request.geoip`. */
export const EXAMPLE_GEOIP = {
  cityName: 'Hamburg',
  continentCode: 'EU',
  countryCode: 'DE',
  countryCode3: 'DEU',
  countryName: 'Germany',
  latitude: 53.55,
  longitude: 9.99,
  subdivisionCode: 'HH',
  subdivisionName: 'Hamburg',
  timeZone: 'Europe/Berlin',
};

/**
 * Makes a complete `event` of post-login v3, without its secrets: an invented user who signs in with a password to an invented
 * application. For running an Action without a login. Source of its fields: Auth0's documentation, "Actions Triggers: post-login - Event
 * Object".
 *
 * @example
 * const event = postLoginEventTemplate();
 */
export function postLoginEventTemplate(): JsonObject {
  const signedUp = '2026-01-05T08:00:00.000Z';
  const signedIn = '2026-11-02T09:30:00.000Z';
  return {
    authentication: { methods: [{ name: 'pwd', timestamp: signedIn }] },
    authorization: { roles: [] },
    client: { client_id: 'exampleClientId0123456789abcdefgh', name: 'Example Application', metadata: {} },
    configuration: {},
    connection: {
      id: 'con_ExampleDatabase1',
      name: 'Username-Password-Authentication',
      strategy: 'auth0',
      metadata: {},
    },
    request: {
      ip: '203.0.113.7',
      method: 'GET',
      hostname: 'example.eu.auth0.com',
      query: {
        client_id: 'exampleClientId0123456789abcdefgh',
        redirect_uri: 'https://app.example.com/callback',
        response_type: 'code',
        scope: 'openid profile email',
        state: 'example-state',
      },
      body: {},
      geoip: { ...EXAMPLE_GEOIP },
      language: 'en',
      user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    },
    session: {
      id: 'exampleSessionId',
      user_id: 'auth0|0123456789abcdef01234567',
      created_at: signedIn,
      authenticated_at: signedIn,
    },
    stats: { logins_count: 3 },
    tenant: { id: 'example' },
    transaction: {
      id: 'exampleTransactionId',
      acr_values: [],
      locale: 'en',
      metadata: {},
      prompt: [],
      protocol: 'oidc-basic-profile',
      redirect_uri: 'https://app.example.com/callback',
      requested_scopes: ['openid', 'profile', 'email'],
      response_type: ['code'],
      state: 'example-state',
      ui_locales: [],
    },
    user: {
      user_id: 'auth0|0123456789abcdef01234567',
      app_metadata: {},
      created_at: signedUp,
      email: 'ada@example.com',
      email_verified: true,
      enrolledFactors: [],
      family_name: 'Example',
      given_name: 'Ada',
      identities: [
        {
          connection: 'Username-Password-Authentication',
          provider: 'auth0',
          user_id: '0123456789abcdef01234567',
          userId: '0123456789abcdef01234567',
          isSocial: false,
        },
      ],
      multifactor: [],
      name: 'Ada Example',
      nickname: 'ada',
      picture: 'https://app.example.com/ada.png',
      updated_at: signedIn,
      user_metadata: {},
    },
  };
}
