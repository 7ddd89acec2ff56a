import { existsSync } from 'node:fs';
import type { ManagementClient } from 'auth0';
import { readEnvironment } from '../../configuration/environment.ts';
import { CONFIGURATION_FILE, loadConfiguration } from '../../configuration/load-configuration.ts';
import { connect } from '../../deployment/connect.ts';
import { trustCertificatesOfEnvFile } from '../trust-certificates.ts';

/**
 * The tenant of the environment, for commands that need no policy. Where there is a configuration, it must be for that tenant.
 *
 * @throws {ConfigurationError} where either is wrong
 * @throws {CliError} `certificates_unreadable`
 */
export async function tenantTarget(
  config: string | undefined,
): Promise<{ readonly management: ManagementClient; readonly domain: string }> {
  const configuration =
    config === undefined && !existsSync(CONFIGURATION_FILE) ? undefined : await loadConfiguration({ path: config });
  const environment = readEnvironment({ domain: configuration?.deployment.domain });
  trustCertificatesOfEnvFile();
  return { management: connect(environment), domain: environment.domain };
}
