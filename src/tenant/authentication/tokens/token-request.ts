import type { IncomingHttpHeaders } from 'node:http';
import type { Store } from '../../store/store.ts';
import { wordsOf } from '../authorize/original-request.ts';
import { authenticationSettings } from '../provider/authentication-settings.ts';
import { assertedClientId } from '../provider/client-assertion.ts';
import { resourceIndicator } from './api-audience.ts';

/** A token request in the library's parameters. */
export interface TokenRequest {
  readonly form: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Translates a request to `/oauth/token` or `/oauth/revoke` into the library's parameters. Credentials of a Basic header
 * move into the body. An API is named by `audience`. The callback may be omitted if the authorization request omitted it.
 * Scopes that a refresh token does not have are dropped.
 *
 * @param form the members of the body, from a form or from JSON.
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
  // Other schemes of this header do not authenticate the client: some clients send an old token.
  const readable = !/^Basic\b/i.test(authorization ?? '') || (basic !== undefined && matchesBody(parameters, basic));
  if (basic !== undefined && readable) {
    parameters.set('client_id', basic.id);
    parameters.set('client_secret', basic.secret);
  }
  const asserted = assertedClientId(parameters.get('client_assertion'));
  const client = store.clients.find(parameters.get('client_id') ?? asserted ?? '');
  // Contradicting credentials and an unreadable header must be refused, not ignored.
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

/** Decodes a part of a Basic header. RFC 6749 form-encodes both parts; a part that cannot be decoded was not encoded. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function matchesBody(parameters: URLSearchParams, basic: Credentials): boolean {
  const id = parameters.get('client_id');
  const secret = parameters.get('client_secret');
  return (id === null || id === basic.id) && (secret === null || secret === basic.secret);
}
