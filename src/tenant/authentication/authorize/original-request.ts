import { createHash } from 'node:crypto';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import { resourceIndicator } from '../tokens/api-audience.ts';

/** The parameter in which the library keeps the application's original request. */
export const ORIGINAL = 'original_request';

/** Parameters that only the tenant itself may pass to the library. */
const INTERNAL = [ORIGINAL, 'resource', 'claims', 'registration', 'web_message_uri', 'authorization_details'];

/** The library refuses these without `openid`; Auth0 does not. */
const FOR_OPENID_ONLY = ['acr_values', 'claims_locales', 'id_token_hint', 'max_age', 'nonce'];

/**
 * Translates an authorization request into the library's parameters. Auth0 has a default callback, accepts plain PKCE,
 * names an API by `audience`, requires no consent for first-party applications, and ignores unknown parameters. The
 * original request is passed along for the tenant's own rules and for the Actions.
 *
 * @param query the original parameters of the request.
 * @param ownAudiences audiences that are not APIs: the domain's own userinfo endpoint.
 * @param defaultAudience the API to use if the request names none.
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
    // A plain verifier equals its challenge, so the digest of the challenge is the digest of the verifier.
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

/** The parameters of the application's original request, at any step of a login. */
export function originalRequest(parameters: Readonly<Record<string, unknown>> | undefined): Record<string, string> {
  const original = parameters?.[ORIGINAL];
  return typeof original === 'string' ? (JSON.parse(original) as Record<string, string>) : {};
}

/**
 * The library's parameters, with an organization that the user has chosen as if the application had named it.
 *
 * @example
 * withOrganization(interaction.params, 'org_abc');
 */
export function withOrganization(parameters: Readonly<Record<string, unknown>>, organization: string) {
  return { ...parameters, [ORIGINAL]: JSON.stringify({ ...originalRequest(parameters), organization }) };
}

/** The members of a parameter that is a list, such as `scope`. */
export function wordsOf(value: string | null | undefined): string[] {
  return [...new Set((value ?? '').split(/\s+/).filter((word) => word !== ''))];
}

/** Deletes empty parameters, which count as absent (RFC 6749, section 3.1). */
function dropEmpty(parameters: URLSearchParams): void {
  for (const name of new Set(parameters.keys())) {
    if (parameters.getAll(name).every((value) => value === '')) parameters.delete(name);
  }
}
