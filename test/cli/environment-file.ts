import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tenant } from '../../src/tenant/tenant.ts';

/** Writes the `.env` of a project that works on a local tenant. */
export function writeEnvironmentFile(folder: string, { domain, caFile, management }: Tenant): void {
  const variables = {
    AUTH0_DOMAIN: domain,
    AUTH0_CLIENT_ID: management.clientId,
    AUTH0_CLIENT_SECRET: management.clientSecret,
    NODE_EXTRA_CA_CERTS: caFile,
  };
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(folder, '.env'), lines.join(''));
}
