import { ManagementClient } from 'auth0';
import type { Environment } from '../configuration/environment.ts';

/** A tenant on the free plan takes two requests a second: what it turns away is asked again when it says so. */
const MAX_RETRIES = 6;

/**
 * The official SDK, as the environment's credentials have it.
 *
 * @example
 * const management = connect(readEnvironment());
 */
export function connect(environment: Environment): ManagementClient {
  const { domain } = environment;
  if (environment.credentials === 'token') {
    return new ManagementClient({ domain, token: environment.accessToken, telemetry: false, maxRetries: MAX_RETRIES });
  }
  const { clientId, clientSecret } = environment;
  return new ManagementClient({ domain, clientId, clientSecret, telemetry: false, maxRetries: MAX_RETRIES });
}
