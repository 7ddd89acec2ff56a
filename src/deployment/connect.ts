import { ManagementClient } from 'auth0';
import type { Environment } from '../configuration/environment.ts';
import { pacedFetch } from './paced-fetch.ts';

/** A tenant on the free plan allows two requests a second. A refused request is repeated when the tenant says so. */
const MAX_RETRIES = 6;

/**
 * Returns the official SDK with the environment's credentials. It stays below the tenant's rate limit by itself.
 *
 * @example
 * const management = connect(readEnvironment());
 */
export function connect(environment: Environment): ManagementClient {
  const { domain } = environment;
  const options = { domain, telemetry: false, maxRetries: MAX_RETRIES, fetch: pacedFetch() };
  if (environment.credentials === 'token') return new ManagementClient({ ...options, token: environment.accessToken });
  const { clientId, clientSecret } = environment;
  return new ManagementClient({ ...options, clientId, clientSecret });
}
