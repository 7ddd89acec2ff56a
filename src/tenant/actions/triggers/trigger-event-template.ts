import type { JsonObject, JsonValue } from '../../store/json-value.ts';
import type { RunTrigger } from '../library/published-triggers.ts';
import { postLoginEventTemplate } from './event-template.ts';

/**
 * Makes a complete `event` of a trigger, without its secrets, with the users and the application of
 * {@link postLoginEventTemplate}. Source: Auth0's documentation, "Event Object" of each trigger.
 *
 * @example
 * const event = eventTemplate('pre-user-registration');
 */
export function eventTemplate(trigger: RunTrigger): JsonObject {
  const login = postLoginEventTemplate();
  const { client, connection, tenant, user } = login;
  const { query: _query, body: _body, ...seen } = login.request as JsonObject;
  const request = { ...seen, method: 'POST' };
  const clientId = 'exampleClientId0123456789abcdefgh';
  switch (trigger) {
    case 'post-login':
      return login;
    case 'credentials-exchange': {
      const audience = 'https://api.example.com/';
      const { language: _language, ...asked } = request as typeof request & { readonly language?: JsonValue };
      const form = { grant_type: 'client_credentials', client_id: clientId, audience };
      return known({
        accessToken: { customClaims: {}, scope: ['read:orders'] },
        client,
        configuration: {},
        request: { ...asked, user_agent: 'node', body: form },
        resource_server: { identifier: audience },
        tenant,
        transaction: { requested_scopes: [], target_scopes: ['read:orders'] },
      });
    }
    case 'pre-user-registration': {
      const { app_metadata, email, name, nickname, picture, user_metadata } = user as JsonObject;
      return known({
        client,
        configuration: {},
        connection,
        request: {
          ...request,
          body: { client_id: clientId, connection: 'Username-Password-Authentication', email: email ?? null },
        },
        tenant,
        transaction: exampleTransaction(login.transaction as JsonObject),
        user: known({ app_metadata, email, name, nickname, picture, user_metadata }),
      });
    }
    case 'post-user-registration':
      return known({
        client,
        configuration: {},
        connection,
        request,
        tenant,
        transaction: exampleTransaction(login.transaction as JsonObject),
        user: { ...unregisteredUser(user as JsonObject), email_verified: false },
      });
    case 'post-change-password': {
      const { app_metadata, email, email_verified, updated_at, user_id, user_metadata } = user as JsonObject;
      return known({
        configuration: {},
        connection,
        request,
        tenant,
        user: known({ app_metadata, email, email_verified, last_password_reset: updated_at, user_id, user_metadata }),
      });
    }
  }
}

/** Leaves out the id and metadata, which a transaction has only in a login. */
function exampleTransaction({ id: _id, metadata: _metadata, ...asked }: JsonObject): JsonObject {
  return asked;
}

/** Leaves out the members that only logins have. */
function unregisteredUser({ enrolledFactors: _factors, multifactor: _multifactor, ...user }: JsonObject): JsonObject {
  return user;
}

function known(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
}
