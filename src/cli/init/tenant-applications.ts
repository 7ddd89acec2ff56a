import { readEnvironment } from '../../configuration/environment.ts';
import { connect } from '../../deployment/connect.ts';
import { listApplications } from '../../deployment/list-applications.ts';
import type { Terminal } from '../terminal.ts';
import { trustCertificatesOfEnvFile } from '../trust-env-certificates.ts';

/**
 * Returns the names of the applications that users can sign in to, if the environment has credentials of that tenant.
 *
 * @returns `undefined` if they cannot be read; the first plan will report why
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
