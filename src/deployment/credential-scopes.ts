import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import type { Environment } from '../configuration/environment.ts';
import { managementAudience } from './desired-state.ts';

/**
 * Returns the Management API scopes of the credentials in use, from their token.
 *
 * @throws {Error} of `openid-client`, if the tenant issues no token
 * @example await credentialScopes(readEnvironment()) // ['read:clients', 'update:clients', …]
 */
export async function credentialScopes(environment: Environment): Promise<readonly string[]> {
  const { scope } = decodeJwt<{ scope?: unknown }>(await accessToken(environment));
  return typeof scope === 'string' ? scope.split(' ').filter((one) => one !== '') : [];
}

async function accessToken(environment: Environment): Promise<string> {
  if (environment.credentials === 'token') return environment.accessToken;
  const { domain, clientId, clientSecret } = environment;
  const tenant = await client.discovery(new URL(`https://${domain}/`), clientId, clientSecret);
  const { access_token } = await client.clientCredentialsGrant(tenant, { audience: managementAudience(domain) });
  return access_token;
}
