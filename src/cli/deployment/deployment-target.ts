import type { ManagementClient } from 'auth0';
import { type Environment, readEnvironment } from '../../configuration/environment.ts';
import { type Configuration, loadConfiguration } from '../../configuration/load-configuration.ts';
import { connect } from '../../deployment/connect.ts';
import type { DesiredState } from '../../deployment/desired-state.ts';
import { wantedUrls } from '../../deployment/wanted-urls.ts';
import type { Terminal } from '../terminal.ts';
import { trustCertificatesOfEnvFile } from '../trust-env-certificates.ts';

/** The tenant of the environment, and the state that the configuration wants it to have. */
export interface DeploymentTarget {
  readonly management: ManagementClient;
  /** Holds secrets: never print it. */
  readonly environment: Environment;
  readonly configuration: Configuration;
  readonly desired: DesiredState;
}

/**
 * Reads the configuration and the environment. It does not contact the tenant yet.
 *
 * @param config the configuration file; portcullis.config.ts of this folder unless given
 * @throws {Problem} if either is wrong
 * @throws {Problem} `certificates_unreadable`
 */
export async function deploymentTarget(config: string | undefined, terminal: Terminal): Promise<DeploymentTarget> {
  const { environment: variables, folder: cwd } = terminal;
  const configuration = await loadConfiguration({ path: config, cwd });
  const { policy, deployment } = configuration;
  const environment = readEnvironment({ variables, cwd, domain: deployment.domain });
  trustCertificatesOfEnvFile(terminal);
  return {
    management: connect(environment),
    environment,
    configuration,
    desired: {
      domain: environment.domain,
      policy,
      logoutOrigins: {},
      ...wantedUrls(policy, deployment),
      ...(deployment.position === undefined ? {} : { position: deployment.position }),
    },
  };
}
