import { createHash } from 'node:crypto';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import { resourceIndicator } from '../tokens/api-audience.ts';

/** The parameter under which the library keeps what the application really asked for. */
export const ORIGINAL = 'original_request';

/** Names that only the tenant itself may give to the library. */
const INTERNAL = [ORIGINAL, 'resource', 'claims', 'registration', 'web_message_uri', 'authorization_details'];

/** The library refuses these without `openid`; Auth0 does not. */
const FOR_OPENID_ONLY = ['acr_values', 'claims_locales', 'id_token_hint', 'max_age', 'nonce'];

/**
 * Says an authorization request in the library's words: Auth0 defaults the callback, takes plain PKCE, names an API
 * with `audience`, asks first-party applications for no consent, and does not mind parameters that it does not know.
 * What was asked is carried along, for the tenant's own rules and for the Actions.
 *
 * @param query the request's parameters, as they came.
 * @param ownAudiences audiences that stand for no API: the domain's own userinfo endpoint.
 * @param defaultAudience the API that is meant where none is named.
 * @example
 * const parameters = libraryParameters(query, client, new Set(['https://localhost:4000/userinfo']));
 * @see Auth0 docs: "Authorize Application" (Authentication API).
 */
export function libraryParameters(
  query: URLSearchParams,
  client: ClientRecord | undefined,
  ownAudiences: ReadonlySet<string>,
  defaultAudience?: string,
): URLSearchParams {
  const parameters = new URLSearchParams(query);
  for (const name of INTERNAL) parameters.delete(name);
  dropEmpty(parameters);

  const audience = parameters.get('audience') ?? defaultAudience;
  if (audience !== undefined && !ownAudiences.has(audience)) parameters.set('resource', resourceIndicator(audience));

  const callback = client?.callbacks[0];
  if (!parameters.has('redirect_uri') && callback !== undefined) parameters.set('redirect_uri', callback);

  const challenge = parameters.get('code_challenge');
  if (challenge !== null && (parameters.get('code_challenge_method') ?? 'plain') === 'plain') {
    // A verifier that equals the challenge has the challenge's digest.
    parameters.set('code_challenge', createHash('sha256').update(challenge).digest('base64url'));
    parameters.set('code_challenge_method', 'S256');
  }

  const prompts = wordsOf(parameters.get('prompt'))
    .filter((prompt) => prompt !== 'consent')
    .map((prompt) => (prompt === 'select_account' ? 'login' : prompt));
  if (prompts.length === 0) parameters.delete('prompt');
  else parameters.set('prompt', [...new Set(prompts)].join(' '));

  if (!wordsOf(parameters.get('scope')).includes('openid')) {
    const givesIdToken = wordsOf(parameters.get('response_type')).includes('id_token');
    for (const name of FOR_OPENID_ONLY) if (name !== 'nonce' || !givesIdToken) parameters.delete(name);
  }

  const original: Record<string, string> = Object.create(null);
  for (const [name, value] of query) original[name] ??= value;
  parameters.set(ORIGINAL, JSON.stringify(original));
  return parameters;
}

/** What the application asked for, of a login at any point of its way. */
export function originalRequest(parameters: Readonly<Record<string, unknown>> | undefined): Record<string, string> {
  const kept = parameters?.[ORIGINAL];
  return typeof kept === 'string' ? (JSON.parse(kept) as Record<string, string>) : {};
}

/** The members of a parameter that is a list, such as `scope`. */
export function wordsOf(value: string | null | undefined): string[] {
  return [...new Set((value ?? '').split(/\s+/).filter((word) => word !== ''))];
}

/** An empty parameter counts as one that is not there (RFC 6749, section 3.1). */
function dropEmpty(parameters: URLSearchParams): void {
  for (const name of new Set(parameters.keys())) {
    if (parameters.getAll(name).every((value) => value === '')) parameters.delete(name);
  }
}
