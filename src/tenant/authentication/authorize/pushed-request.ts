import type { IncomingHttpHeaders } from 'node:http';
import type { Store } from '../../store/store.ts';
import { authenticationSettings } from '../provider/authentication-settings.ts';
import { assertedClientId } from '../provider/client-assertion.ts';
import { type TokenRequest, tokenRequest } from '../tokens/token-request.ts';
import { libraryParameters } from './original-request.ts';

/** How an application proves who it is; no part of what it asks for. */
const CREDENTIALS = ['client_secret', 'client_assertion', 'client_assertion_type'];

/**
 * Says a pushed authorization request in the library's words. The application proves who it is as at the token
 * endpoint; its secret is not kept with the request.
 *
 * @param form the body's members, whether it was a form or JSON.
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
  const proven = tokenRequest(store, form, headers, ownAudiences);
  const asked = new URLSearchParams(form);
  for (const name of CREDENTIALS) asked.delete(name);
  const clientId = proven.form.get('client_id') ?? assertedClientId(proven.form.get('client_assertion')) ?? null;
  if (clientId !== null && !asked.has('client_id')) asked.set('client_id', clientId);
  const client = store.clients.find(clientId ?? '');
  const parameters = libraryParameters(asked, client, ownAudiences, authenticationSettings(store).defaultAudience);
  for (const name of CREDENTIALS) for (const value of proven.form.getAll(name)) parameters.append(name, value);
  return { form: parameters, headers: proven.headers };
}

/**
 * What the library is given of an authorization request that was pushed before: nothing else in the address counts.
 *
 * @returns nothing where the request was not pushed, or the tenant takes none.
 * @example
 * pushedReference(store, new URLSearchParams('client_id=a&request_uri=urn:…&scope=admin')); // client_id and request_uri
 * @see RFC 9126, section 4.
 */
export function pushedReference(store: Store, query: URLSearchParams): URLSearchParams | undefined {
  const reference = query.get('request_uri');
  if (reference === null || !authenticationSettings(store).pushedRequests) return undefined;
  return new URLSearchParams({ client_id: query.get('client_id') ?? '', request_uri: reference });
}
