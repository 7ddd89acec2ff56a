/** Paths of Auth0's published Authentication API that this tenant does not have; `{…}` stands for one segment. */
const UNSERVED = [
  '/mfa/challenge',
  '/mfa/associate',
  '/mfa/authenticators',
  '/mfa/authenticators/{id}',
  '/passwordless/start',
  '/passwordless/verify',
  '/oauth/device/code',
  '/oauth/access_token',
  '/oauth/ro',
  '/tokeninfo',
  '/delegation',
  '/users/{user_id}/impersonate',
  '/bc-authorize',
  '/oidc/register',
  '/samlp/{clientId}',
  '/samlp/metadata/{clientId}',
  '/samlp/{client_id}/logout',
  '/wsfed/{clientId}',
  '/wsfed/FederationMetadata/2007-06/FederationMetadata.xml',
  '/login/callback',
  '/login/unlink',
  '/oauth/global-token-revocation/connection/{connection_name}',
] as const;

const patterns = UNSERVED.map((path) => ({
  path,
  matches: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}));

/**
 * The endpoint of Auth0 that a request is for, if this tenant does not have that endpoint.
 *
 * @example
 * unservedPath('/mfa/authenticators/sms|1'); // '/mfa/authenticators/{id}'
 * @see Auth0's published description of the Authentication API.
 */
export function unservedPath(path: string): string | undefined {
  return patterns.find(({ matches }) => matches.test(path))?.path;
}
