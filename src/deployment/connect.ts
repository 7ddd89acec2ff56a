import { ManagementClient } from 'auth0';
import type { Environment } from '../configuration/environment.ts';

/**
 * The official SDK, as the environment's credentials have it.
 *
 * @example
 * const management = connect(readEnvironment());
 */
export function connect(environment: Environment): ManagementClient {
  const { domain } = environment;
  if (environment.credentials === 'token') {
    return new ManagementClient({ domain, token: environment.accessToken, telemetry: false });
  }
  const { clientId, clientSecret } = environment;
  return new ManagementClient({ domain, clientId, clientSecret, telemetry: false });
}
