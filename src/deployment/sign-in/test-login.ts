import type { Management } from 'auth0';
import * as client from 'openid-client';

/** A login that waits for its user. */
export interface TestLogin {
  /** The address that the browser has to open. */
  readonly url: URL;
  /**
   * @param callback the address that the browser was sent back to
   * @returns the claims of the ID token
   * @throws {client.AuthorizationResponseError} if the login was refused
   */
  finish(callback: URL): Promise<Readonly<Record<string, unknown>>>;
}

/**
 * Begins a login like the application itself does: authorization code with PKCE and the application's own secret.
 *
 * Sources: RFC 6749, section 4.1; RFC 7636; Oracle APEX requests the same scopes.
 *
 * @param application the application, with its secret if it has one
 * @param redirectUri a callback URL that the application allows
 * @example
 * const login = await beginTestLogin('example.eu.auth0.com', application, 'http://localhost:53211/portcullis-sign-in');
 */
export async function beginTestLogin(
  domain: string,
  { client_id = '', client_secret, token_endpoint_auth_method: method }: Management.Client,
  redirectUri: string,
): Promise<TestLogin> {
  const authentication =
    method === 'none' || client_secret === undefined
      ? client.None()
      : method === 'client_secret_basic'
        ? client.ClientSecretBasic(client_secret)
        : client.ClientSecretPost(client_secret);
  const tenant = await client.discovery(new URL(`https://${domain}/`), client_id, undefined, authentication);
  const [verifier, state, nonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(tenant, {
    redirect_uri: redirectUri,
    scope: 'openid profile email',
    // An existing session would sign in a user without asking.
    prompt: 'login',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
  return {
    url,
    async finish(callback) {
      const tokens = await client.authorizationCodeGrant(tenant, callback, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      return { ...tokens.claims() };
    },
  };
}
