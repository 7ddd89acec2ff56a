import { STANDARD_CLAIMS, STANDARD_SCOPES } from '../tokens/profile-claims.ts';

/** Algorithms that Auth0 accepts for client assertions. */
export const ASSERTION_ALGORITHMS = ['RS256', 'RS384', 'PS256'] as const;

/**
 * The document at `/.well-known/openid-configuration`: Auth0's members in Auth0's order, without those that this tenant
 * does not serve.
 *
 * @param issuer the domain, with its trailing slash.
 * @param pushedRequests whether the tenant accepts pushed authorization requests.
 * @example
 * discoveryDocument('https://localhost:4000/').authorization_endpoint; // 'https://localhost:4000/authorize'
 * @see Auth0 docs: "Configure Applications with OIDC Discovery"; OpenID Connect Discovery 1.0, section 3.
 */
export function discoveryDocument(issuer: string, pushedRequests = false) {
  return {
    issuer,
    authorization_endpoint: `${issuer}authorize`,
    token_endpoint: `${issuer}oauth/token`,
    userinfo_endpoint: `${issuer}userinfo`,
    jwks_uri: `${issuer}.well-known/jwks.json`,
    revocation_endpoint: `${issuer}oauth/revoke`,
    scopes_supported: STANDARD_SCOPES,
    response_types_supported: [
      'code',
      'id_token',
      'code token',
      'code id_token',
      'token id_token',
      'code token id_token',
    ],
    code_challenge_methods_supported: ['S256', 'plain'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    claims_supported: STANDARD_CLAIMS,
    request_uri_parameter_supported: false,
    request_parameter_supported: false,
    id_token_signing_alg_values_supported: ['HS256', 'RS256'],
    end_session_endpoint: `${issuer}oidc/logout`,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    ...(pushedRequests && {
      pushed_authorization_request_endpoint: `${issuer}oauth/par`,
      require_pushed_authorization_requests: false,
    }),
  } as const;
}
