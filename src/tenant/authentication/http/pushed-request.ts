import type { IncomingHttpHeaders } from 'node:http';
import type { Store } from '../../store/store.ts';
import { libraryParameters } from '../authorize/original-request.ts';
import { authenticationSettings } from '../provider/authentication-settings.ts';
import { assertedClientId } from '../provider/client-assertion.ts';
import { type TokenRequest, tokenRequest } from '../tokens/token-request.ts';

/** Parameters that authenticate the application. They are not part of the authorization request. */
const CREDENTIALS = ['client_secret', 'client_assertion', 'client_assertion_type'];

/**
 * Translates a pushed authorization request into the library's parameters. The application authenticates as at the token
 * endpoint. Its secret is not stored with the request.
 *
 * @param form the members of the body, from a form or from JSON.
 * @example
 * const { form, headers } = pushedRequest(store, facts.form, request.headers, ownAudiences);
 * @see Auth0 docs: "Authorization Code Flow with Pushed Authorization Requests"; RFC 9126, section 2.1.
 */
export function pushedRequest(
  store: Store,
  form: URLSearchParams,
  headers: IncomingHttpHeaders,
  ownAudiences: ReadonlySet<string>,
): TokenRequest {
  const authenticated = tokenRequest(store, form, headers, ownAudiences);
  const requested = new URLSearchParams(form);
  for (const name of CREDENTIALS) requested.delete(name);
  const clientId =
    authenticated.form.get('client_id') ?? assertedClientId(authenticated.form.get('client_assertion')) ?? null;
  if (clientId !== null && !requested.has('client_id')) requested.set('client_id', clientId);
  const client = store.clients.find(clientId ?? '');
  const parameters = libraryParameters(requested, client, ownAudiences, authenticationSettings(store).defaultAudience);
  for (const name of CREDENTIALS) for (const value of authenticated.form.getAll(name)) parameters.append(name, value);
  return { form: parameters, headers: authenticated.headers };
}

/**
 * The parameters for an authorization request that was pushed before. All other parameters of the URL are ignored.
 *
 * @returns nothing if the request was not pushed, or the tenant does not accept pushed requests.
 * @example
 * pushedReference(store, new URLSearchParams('client_id=a&request_uri=urn:…&scope=admin')); // client_id and request_uri
 * @see RFC 9126, section 4.
 */
export function pushedReference(store: Store, query: URLSearchParams): URLSearchParams | undefined {
  const reference = query.get('request_uri');
  if (reference === null || !authenticationSettings(store).pushedRequests) return undefined;
  return new URLSearchParams({ client_id: query.get('client_id') ?? '', request_uri: reference });
}
