import type { ManagementClient } from 'auth0';
import { findConfiguration } from '../../configuration/configuration-file.ts';
import { readEnvironment } from '../../configuration/environment.ts';
import { loadConfiguration } from '../../configuration/load-configuration.ts';
import { connect } from '../../deployment/connect.ts';
import type { Terminal } from '../terminal.ts';
import { trustCertificatesOfEnvFile } from '../trust-env-certificates.ts';

/**
 * Returns the tenant of the environment, for commands that need no policy. If there is a configuration, it must be for that tenant.
 *
 * @throws {Problem} if either is wrong
 * @throws {Problem} `certificates_unreadable`
 */
export async function tenantTarget(
  config: string | undefined,
  terminal: Terminal,
): Promise<{ readonly management: ManagementClient; readonly domain: string }> {
  const { environment: variables, folder: cwd } = terminal;
  const isThere = config !== undefined || findConfiguration(cwd) !== undefined;
  const configuration = isThere ? await loadConfiguration({ path: config, cwd }) : undefined;
  const environment = readEnvironment({ variables, cwd, domain: configuration?.deployment.domain });
  trustCertificatesOfEnvFile(terminal);
  return { management: connect(environment), domain: environment.domain };
}
