import { readEnvironment } from '../../configuration/environment.ts';
import { connect } from '../../deployment/connect.ts';
import { listApplications } from '../../deployment/list-applications.ts';
import type { Terminal } from '../terminal.ts';
import { trustCertificatesOfEnvFile } from '../trust-certificates.ts';

/**
 * The names of the applications that people can sign in to, where the environment has credentials of that tenant.
 *
 * @returns `undefined` where it cannot be told; the first plan will say why
 */
export async function tenantApplications(domain: string, terminal: Terminal): Promise<string[] | undefined> {
  try {
    const environment = readEnvironment({ variables: terminal.environment, cwd: terminal.folder, domain });
    trustCertificatesOfEnvFile(terminal);
    return await listApplications(connect(environment));
  } catch {
    return undefined;
  }
}
