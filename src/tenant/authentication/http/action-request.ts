import type { JsonObject } from '../../store/json-value.ts';
import type { RequestInfo } from './request-info.ts';

/** Credentials, which Actions must not see. */
const CREDENTIALS = ['client_secret', 'client_assertion', 'password'];

/**
 * `event.request` of all triggers except post-login. The engine adds the location of the request.
 *
 * @param body whether the event shows the body, as it does at client credentials exchanges and registrations
 * @example
 * actionRequest(facts, { body: true }); // { ip, method: 'POST', hostname, body: { email: 'ann@example.com' }, … }
 * @see Auth0 docs: "Event Object" of `credentials-exchange`, `pre-user-registration`, `post-change-password`.
 */
export function actionRequest(facts: RequestInfo, { body }: { readonly body: boolean }): JsonObject {
  const { ip, method, hostname, language, userAgent } = facts;
  return {
    ip,
    method,
    hostname,
    geoip: {},
    ...(body && { body: bodyOf(facts) }),
    ...(language !== undefined && { language }),
    ...(userAgent !== undefined && { user_agent: userAgent }),
  };
}

function bodyOf({ form, json }: RequestInfo): JsonObject {
  const members = json === undefined ? [...form] : Object.entries(json as JsonObject);
  return Object.fromEntries(members.filter(([name]) => !CREDENTIALS.includes(name)));
}
