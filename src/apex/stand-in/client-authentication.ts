import { type ClientAuth, ClientSecretBasic, ClientSecretPost, None } from 'openid-client';
import type { TokenAuthMethod } from './scheme-attributes.ts';

/**
 * Returns the client authentication for APEX's *Token Authentication Method*.
 *
 * @param method `BASIC` (header), `BASIC_AND_CLID` (header, and the client id in the body), `BODY` (both in the body)
 *   or `CLID` (the client id alone)
 * @returns the function that `openid-client` calls before each token request
 * @example clientAuthentication('BODY', 'secret')
 * @see Oracle APEX, Social Sign-In, attribute "Token Authentication Method"
 */
export function clientAuthentication(method: TokenAuthMethod, clientSecret: string): ClientAuth {
  switch (method) {
    case 'BASIC':
      return ClientSecretBasic(clientSecret);
    case 'BASIC_AND_CLID': {
      const basic = ClientSecretBasic(clientSecret);
      return (server, client, body, headers) => {
        basic(server, client, body, headers);
        body.set('client_id', client.client_id);
      };
    }
    case 'BODY':
      return ClientSecretPost(clientSecret);
    case 'CLID':
      return None();
  }
}
