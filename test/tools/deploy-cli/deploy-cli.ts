import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Tenant } from '../../../src/tenant/tenant.ts';
import { installTool } from '../install-tool.ts';

/** The exit status of a run, and its output, both streams together. */
export interface DeployCliRun {
  readonly code: number;
  readonly output: string;
}

/** Runs `a0deploy`, with only the environment that its users give it. */
export type DeployCli = (parameters: readonly string[], settings?: Record<string, string>) => Promise<DeployCliRun>;

/** Installs the published version of Auth0's deploy CLI for one tenant; `folder` is its working directory. */
export async function installDeployCli(tenant: Tenant, folder: string): Promise<DeployCli> {
  const installed = await installTool('auth0-deploy-cli', '8.44.0');
  const script = join(installed, 'node_modules', 'auth0-deploy-cli', 'lib', 'index.js');
  const environment = {
    PATH: process.env.PATH,
    NODE_EXTRA_CA_CERTS: tenant.caFile,
    AUTH0_DOMAIN: tenant.domain,
    AUTH0_CLIENT_ID: tenant.management.clientId,
    AUTH0_CLIENT_SECRET: tenant.management.clientSecret,
  };
  return (parameters, settings = {}) =>
    new Promise((resolve, reject) => {
      const options = {
        cwd: folder,
        env: { ...environment, ...settings },
        maxBuffer: 16 * 1024 * 1024,
      };
      execFile(process.execPath, [script, ...parameters], options, (error, stdout, stderr) => {
        const output = `${stdout}${stderr}`;
        // A process that a signal ended has no exit status.
        if (error !== null && typeof error.code !== 'number') reject(new Error(`a0deploy did not finish:\n${output}`));
        else resolve({ code: error === null ? 0 : Number(error.code), output });
      });
    });
}
