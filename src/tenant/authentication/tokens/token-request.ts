import type { IncomingHttpHeaders } from 'node:http';
import type { Store } from '../../store/store.ts';
import { wordsOf } from '../authorize/original-request.ts';
import { authenticationSettings } from '../provider/authentication-settings.ts';
import { assertedClientId } from '../provider/client-assertion.ts';
import { resourceIndicator } from './api-audience.ts';

/** A token request in the library's words, or why there is none to be made of it. */
export interface TokenRequest {
  readonly form: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Says a request to `/oauth/token` or `/oauth/revoke` in the library's words: credentials from a Basic header go into
 * the body, an API is named by `audience`, the callback may be left out where it was left out before, and scopes that
 * a refresh token does not have are dropped.
 *
 * @param form the body's members, whether it was a form or JSON.
 * @example
 * const { form, headers } = tokenRequest(store, facts.form, request.headers, ownAudiences);
 * @see Auth0 docs: "Get Token" (Authentication API); RFC 6749, section 2.3.1.
 */
export function tokenRequest(
  store: Store,
  form: URLSearchParams,
  headers: IncomingHttpHeaders,
  ownAudiences: ReadonlySet<string>,
): TokenRequest {
  const parameters = new URLSearchParams(form);
  parameters.delete('resource');
  const { authorization, ...rest } = headers;
  const basic = basicCredentials(authorization);
  const forwarded: IncomingHttpHeaders = { ...rest, accept: 'application/json' };
  // Clients of other schemes do not prove themselves with that header; some send an old token along.
  const readable = !/^Basic\b/i.test(authorization ?? '') || (basic !== undefined && agrees(parameters, basic));
  if (basic !== undefined && readable) {
    parameters.set('client_id', basic.id);
    parameters.set('client_secret', basic.secret);
  }
  const asserted = assertedClientId(parameters.get('client_assertion'));
  const client = store.clients.find(parameters.get('client_id') ?? asserted ?? '');
  // Neither of two contradicting credentials, and no header that cannot be read, may be overlooked.
  if (!readable || (parameters.has('client_assertion') && parameters.has('client_secret'))) {
    parameters.delete('client_assertion');
    parameters.set('client_secret', '\u0000');
  } else if (client?.token_endpoint_auth_method === 'none') parameters.delete('client_secret');

  switch (parameters.get('grant_type')) {
    case 'client_credentials':
    case 'password':
    case 'http://auth0.com/oauth/grant-type/password-realm': {
      const audience = parameters.get('audience') || authenticationSettings(store).defaultAudience;
      if (audience !== undefined && !ownAudiences.has(audience)) {
        parameters.set('resource', resourceIndicator(audience));
      }
      break;
    }
    case 'authorization_code': {
      const callback = client?.callbacks[0];
      if (!parameters.has('redirect_uri') && callback !== undefined) parameters.set('redirect_uri', callback);
      break;
    }
    case 'refresh_token': {
      const granted = store.artifacts.find('RefreshToken', parameters.get('refresh_token') ?? '')?.scope;
      const known = wordsOf(typeof granted === 'string' ? granted : '');
      const scopes = wordsOf(parameters.get('scope')).filter((scope) => known.includes(scope));
      if (scopes.length === 0) parameters.delete('scope');
      else parameters.set('scope', scopes.join(' '));
      break;
    }
  }
  return { form: parameters, headers: forwarded };
}

interface Credentials {
  readonly id: string;
  readonly secret: string;
}

function basicCredentials(authorization: string | undefined): Credentials | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/_=-]+) *$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  return { id: formDecoded(id), secret: formDecoded(secret) };
}

/** RFC 6749 has both parts form-encoded first; a part that cannot be decoded was not. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function agrees(parameters: URLSearchParams, basic: Credentials): boolean {
  const id = parameters.get('client_id');
  const secret = parameters.get('client_secret');
  return (id === null || id === basic.id) && (secret === null || secret === basic.secret);
}
